import { isFields, isList } from './equalValues.ts';
import { giveNumbers, type NewNumber } from './giveNumbers.ts';
import { ValueMerge, type Disagreement } from './mergeValues.ts';
import { separateAssets, type NewAsset } from './separateAssets.ts';
import { separateScenes, type Separated } from './separateScenes.ts';
import { settleMoves, type Texts, type TextVersions } from './settleMoves.ts';

export interface NewFolder {
  readonly from: string;
  readonly to: string;
}

export interface MergedTexts {
  readonly texts: Texts;
  readonly disagreements: readonly Disagreement[];
  readonly newNumbers: readonly NewNumber[];
  readonly newAssets: readonly NewAsset[];
  /** Shot lists and texts of assets of the other branch that have got another path, by the one they had. */
  readonly moved: Separated['moved'];
  /** Of shots that have got another folder: where their takes lie, and where they belong. */
  readonly newFolders: readonly NewFolder[];
}

/**
 * Merges what two branches have made of the film's texts; the first step of each path is the file.
 * @param twins paths at which each branch has made the shot list of a scene, or the text of an asset, of its own
 */
export function mergeTexts(all: TextVersions, twins: readonly string[] = []): MergedTexts {
  const merge = new ValueMerge();
  const scenes = separateScenes(all, twins);
  const { versions, newAssets, moved } = separateAssets(scenes.versions, twins);
  const { base, ours, theirs } = settleMoves(versions, merge);
  const paths = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  const texts = [...paths].map((path): [string, unknown] => [
    path,
    merge.merge({ base: base[path], ours: ours[path], theirs: theirs[path] }, [path]),
  ]);
  const merged = structuredClone(Object.fromEntries(texts));
  return {
    texts: merged,
    newNumbers: [...scenes.newNumbers, ...giveNumbers(merged, versions.ours)],
    disagreements: merge.disagreements,
    newAssets,
    moved: new Map([...scenes.moved, ...moved]),
    newFolders: newFolders(all.theirs, merged),
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

function newFolders(theirs: Texts, merged: Texts): readonly NewFolder[] {
  const now = new Map(Object.values(merged).flatMap(foldersIn));
  return Object.values(theirs)
    .flatMap(foldersIn)
    .map(([id, from]): NewFolder => ({ from, to: now.get(id) ?? from }))
    .filter(({ from, to }) => from !== to);
}

function foldersIn(text: unknown): readonly (readonly [id: string, folder: string])[] {
  const shots = isFields(text) ? text['shots'] : undefined;
  return (isList(shots) ? shots : []).flatMap((shot) => {
    const { id, folder } = isFields(shot) ? shot : {};
    return typeof id === 'string' && typeof folder === 'string' ? [[id, folder] as const] : [];
  });
}
