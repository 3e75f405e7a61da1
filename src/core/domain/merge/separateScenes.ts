import { slateCode } from '../../model/address.ts';
import { shotListPath } from '../numbering.ts';
import { isFields, isList, isRecord } from './equalValues.ts';
import type { NewNumber } from './giveNumbers.ts';
import type { Texts, TextVersions } from './settleMoves.ts';

export interface Separated {
  readonly versions: TextVersions;
  readonly newNumbers: readonly NewNumber[];
  /** By the path that both branches gave to their shot list, that of the list of the other branch. */
  readonly moved: ReadonlyMap<string, string>;
}

type Fields = Record<string, unknown>;

/**
 * Where both branches made a scene of one number, and so a shot list at one path, that of the other branch gets the
 * next number, and its list and its shots places of their own.
 * @param paths of such lists
 */
export function separateScenes(versions: TextVersions, paths: readonly string[]): Separated {
  const sides = structuredClone(versions);
  const [ours, theirs] = [sides.ours, sides.theirs].map((texts) =>
    fieldsAt(texts['project.json'], 'narrative'),
  );
  const newNumbers: NewNumber[] = [];
  const moved = new Map<string, string>();
  const places: Fields = {};
  for (const path of paths) {
    const list = sides.theirs[path];
    const found = isRecord(list) ? sceneIn(theirs, list['sceneId']) : undefined;
    if (!isRecord(list) || found === undefined || theirs === undefined) continue;
    const { scene, chapter } = found;
    const [from, to] = [Number(scene['number']), nextNumber([ours, theirs])];
    const place = shotListPath(Number(chapter['number']), to);
    Object.assign(scene, { number: to, shotList: place });
    theirs['nextSceneNumber'] = to + 1;
    for (const shot of recordsAt(list, 'shots')) shot['folder'] = folderIn(shot['folder'], to);
    places[place] = list;
    moved.set(path, place);
    newNumbers.push({ what: 'scene', id: String(scene['id']), from, to });
  }
  const without = (all: Texts): Texts =>
    Object.fromEntries(Object.entries(all).filter(([path]) => !moved.has(path)));
  const separate = {
    base: without(sides.base),
    ours: sides.ours,
    theirs: { ...without(sides.theirs), ...places },
  };
  return { versions: separate, newNumbers, moved };
}

function sceneIn(narrative: Fields | undefined, id: unknown): { scene: Fields; chapter: Fields } | undefined {
  return recordsAt(narrative, 'chapters')
    .flatMap((chapter) => recordsAt(chapter, 'scenes').map((scene) => ({ scene, chapter })))
    .find(({ scene }) => scene['id'] === id);
}

function nextNumber(narratives: readonly (Fields | undefined)[]): number {
  const numbers = narratives.flatMap((narrative) => [
    Number(narrative?.['nextSceneNumber'] ?? 1),
    ...recordsAt(narrative, 'chapters')
      .flatMap((chapter) => recordsAt(chapter, 'scenes'))
      .map((scene) => Number(scene['number']) + 1),
  ]);
  return Math.max(...numbers);
}

function folderIn(folder: unknown, scene: number): unknown {
  return typeof folder === 'string'
    ? folder.replace(/Scene_\d+(?=\/Shot_\d+$)/, `Scene_${slateCode(scene)}`)
    : folder;
}

function fieldsAt(holder: unknown, name: string): Fields | undefined {
  const fields = isFields(holder) ? holder[name] : undefined;
  return isRecord(fields) ? fields : undefined;
}

function recordsAt(holder: unknown, name: string): readonly Fields[] {
  const members = isFields(holder) ? holder[name] : undefined;
  return isList(members) ? members.filter(isRecord) : [];
}
