import { isFields, isList } from './equalValues.ts';
import { giveNumbers, type NewNumber } from './giveNumbers.ts';
import { ValueMerge, type Disagreement } from './mergeValues.ts';
import { settleMoves, type Texts, type TextVersions } from './settleMoves.ts';

export interface MergedTexts {
  readonly texts: Texts;
  readonly disagreements: readonly Disagreement[];
  readonly newNumbers: readonly NewNumber[];
}

/** Merges what two branches have made of the film's texts; the first step of each path is the file. */
export function mergeTexts(versions: TextVersions): MergedTexts {
  const merge = new ValueMerge();
  const { base, ours, theirs } = settleMoves(versions, merge);
  const texts = Object.keys(ours).map((path): [string, unknown] => [
    path,
    merge.merge({ base: base[path], ours: ours[path], theirs: theirs[path] }, [path]),
  ]);
  const merged = structuredClone(Object.fromEntries(texts));
  return {
    texts: merged,
    newNumbers: giveNumbers(merged, versions.ours),
    disagreements: merge.disagreements,
  };
}

/** The ids of what is in a shot list. */
export function shotIdsIn(text: unknown): readonly string[] {
  const shots = isFields(text) ? text['shots'] : undefined;
  return (isList(shots) ? shots : []).flatMap((shot) => {
    const id = isFields(shot) ? shot['id'] : undefined;
    return typeof id === 'string' ? [id] : [];
  });
}
