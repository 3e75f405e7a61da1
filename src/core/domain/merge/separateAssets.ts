import { folderKey, safeFolderName } from '../names.ts';
import { isFields, isList, isRecord } from './equalValues.ts';
import type { Texts, TextVersions } from './settleMoves.ts';

/** An asset of the other branch that has got a name and a folder of its own. */
export interface NewAsset {
  readonly id: string;
  readonly name: string;
  readonly before: string;
  readonly from: string;
  readonly to: string;
}

export interface SeparatedAssets {
  readonly versions: TextVersions;
  readonly newAssets: readonly NewAsset[];
  /** By the path that both branches gave to their text, that of the text of the other branch. */
  readonly moved: ReadonlyMap<string, string>;
}

type Fields = Record<string, unknown>;

/**
 * Where both branches made an asset of one name, and so a text at one path, that of the other branch gets the next
 * name that is free, and its text a folder of its own.
 * @param paths of such texts
 */
export function separateAssets(versions: TextVersions, paths: readonly string[]): SeparatedAssets {
  const sides = structuredClone(versions);
  const newAssets: NewAsset[] = [];
  const moved = new Map<string, string>();
  const places: Fields = {};
  for (const path of paths) {
    const from = path.replace(/\/asset\.json$/, '');
    const text = sides.theirs[path];
    const asset = assetsIn(sides.theirs).find(({ id, folder }) => id === idOf(text) && folder === from);
    if (from === path || !isRecord(text) || asset === undefined) continue;
    const before = String(asset['name']);
    const { name, folder: to } = freePlace(before, from, [
      ...assetsIn(sides.ours),
      ...assetsIn(sides.theirs),
    ]);
    Object.assign(asset, { name, folder: to });
    Object.assign(text, { name });
    places[`${to}/asset.json`] = text;
    moved.set(path, `${to}/asset.json`);
    newAssets.push({ id: String(asset['id']), name, before, from, to });
  }
  const without = (all: Texts): Texts =>
    Object.fromEntries(Object.entries(all).filter(([path]) => !moved.has(path)));
  const separate = {
    base: without(sides.base),
    ours: sides.ours,
    theirs: { ...without(sides.theirs), ...places },
  };
  return { versions: separate, newAssets, moved };
}

function freePlace(before: string, from: string, all: readonly Fields[]): { name: string; folder: string } {
  const parent = from.split('/').slice(0, -1).join('/');
  const taken = new Set(
    all.flatMap(({ name, folder }) => [folderKey(String(name)), folderKey(String(folder))]),
  );
  for (let number = 2; ; number++) {
    const name = `${before} ${number}`;
    const folder = `${parent}/${safeFolderName(name)}`;
    if (!taken.has(folderKey(name)) && !taken.has(folderKey(folder))) return { name, folder };
  }
}

function assetsIn(texts: Texts): readonly Fields[] {
  const manifest = texts['project.json'];
  const assets = isFields(manifest) ? manifest['assets'] : undefined;
  return Object.values(isFields(assets) ? assets : {}).flatMap((refs) =>
    isList(refs) ? refs.filter(isRecord) : [],
  );
}

function idOf(text: unknown): unknown {
  return isFields(text) ? text['id'] : undefined;
}
