import { copyFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { NewAsset } from '../../domain/merge/separateAssets.ts';
import { systemCode } from '../../errors.ts';
import { makeFolderDurably, moveExclusively, syncFile } from '../atomicFile.ts';
import type { Git } from '../git.ts';
import { isThere } from '../locate.ts';
import { resolveInside } from '../projectPath.ts';
import { checkOut } from './resolveTakes.ts';
import { unmergedStages } from './unmergedStages.ts';

interface Sides {
  readonly ours: ReadonlyMap<string, string>;
  readonly theirs: ReadonlyMap<string, string>;
  readonly unmerged: ReadonlySet<string>;
}

const heads: Readonly<Record<string, string>> = {
  merge: 'MERGE_HEAD',
  rebase: 'REBASE_HEAD',
  'cherry-pick': 'CHERRY_PICK_HEAD',
};

/**
 * Gives an asset that has got a folder of its own the files of its branch: what only that branch has moves there, and of
 * what both have each gets its own. Safe to repeat after a crash.
 * @param folders of all assets of the film
 * @returns what was written, moved or removed, relative to the project
 */
export async function moveAssetFiles(
  git: Git,
  {
    operation = '',
    folders,
  }: { readonly operation: string | undefined; readonly folders: readonly string[] },
  newAssets: readonly NewAsset[],
): Promise<readonly string[]> {
  const head = heads[operation];
  if (newAssets.length === 0 || head === undefined) return [];
  const unmerged = new Set((await unmergedStages(git)).map(({ path }) => path));
  const paths: string[] = [];
  for (const { from, to } of newAssets) {
    const sides = {
      ours: await blobsIn(git, 'HEAD', from),
      theirs: await blobsIn(git, head, from),
      unmerged,
    };
    const others = folders.filter((folder) => folder.startsWith(`${from}/`));
    for (const path of sides.theirs.keys()) {
      const isOthers = others.some((folder) => path.startsWith(`${folder}/`));
      if (isOthers || path === `${from}/asset.json`) continue;
      paths.push(...(await giveFile(git, path, { to: `${to}${path.slice(from.length)}`, sides })));
    }
  }
  return paths;
}

async function giveFile(
  git: Git,
  path: string,
  { to, sides }: { readonly to: string; readonly sides: Sides },
): Promise<readonly string[]> {
  const { ours, theirs, unmerged } = sides;
  if (unmerged.has(path)) {
    await checkOut(git, { file: path, side: 3, to });
    if (ours.has(path)) await checkOut(git, { file: path, side: 2, to: path });
    return [path, to];
  }
  const [source, target] = [await resolveInside(git.root, path), await resolveInside(git.root, to)];
  if (!(await isThere(source)) || (await isThere(target))) return [path, to];
  await makeFolderDurably(dirname(target));
  if (!ours.has(path)) await moveExclusively(source, target).catch(unlessGone);
  // What Git has merged of two texts is nobody's alone, and stays.
  else if (ours.get(path) === theirs.get(path)) {
    await copyFile(source, target);
    await syncFile(target);
  }
  return [path, to];
}

async function blobsIn(git: Git, head: string, folder: string): Promise<ReadonlyMap<string, string>> {
  const printed = (await git.query(['ls-tree', '-r', '-z', head, '--', `${folder}/`])) ?? '';
  return new Map(
    printed.split('\0').flatMap((line): readonly (readonly [string, string])[] => {
      const [, blob, path] = /^100\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
      return blob === undefined || path === undefined ? [] : [[path, blob]];
    }),
  );
}

function unlessGone(error: unknown): void {
  if (systemCode(error) !== 'ENOENT') throw error;
}
