import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { byClaim, renumberTake } from '../../domain/renumberTake.ts';
import { systemCode } from '../../errors.ts';
import type { Take } from '../../model/take.ts';
import type { Renumbered } from '../../protocol/fixedTakes.ts';
import { makeFolderDurably, syncFile, syncFolder, writeFileAtomic } from '../atomicFile.ts';
import type { Git } from '../git.ts';
import { formatJson } from '../jsonFile.ts';
import { resolveInside } from '../projectPath.ts';
import { claimTake, scanTakes } from '../takes.ts';
import { stagePaths } from './stagePaths.ts';
import type { Side, UnmergedTake } from './unmergedTakes.ts';

interface Owned {
  readonly side: Side;
  readonly take: Take;
}

/**
 * Gives both takes of an unmerged number a file of their own: the one that was finished first keeps the number.
 * Safe to repeat after a crash, because Git holds both until they are staged.
 */
export async function resolveUnmerged(git: Git, unmerged: UnmergedTake): Promise<readonly Renumbered[]> {
  const { takes } = unmerged;
  const owned = ([2, 3] as const).flatMap((side): Owned[] => {
    const take = takes[side];
    return take === undefined ? [] : [{ side, take }];
  });
  // Takes of two shots that both branches made: the folder is that of the shot here.
  const isOfOneShot = new Set(owned.map(({ take }) => take.shotId)).size === 1;
  const [first, second] = isOfOneShot ? owned.toSorted((a, b) => byClaim(a.take, b.take)) : owned;
  if (first === undefined || second === undefined) return [];
  if (first.take.id === second.take.id) {
    await keepOne(git, unmerged, first.take.deleted === undefined ? second : first);
    return [];
  }
  const to = await moveOn(git, unmerged, second);
  await keepOne(git, unmerged, first);
  const { folder, number } = unmerged;
  return [{ folder, id: second.take.id, from: number, to }];
}

/** Puts one side's take where both wanted to be. */
async function keepOne(
  git: Git,
  { path, folder, files }: UnmergedTake,
  { side, take }: Owned,
): Promise<void> {
  const mine = new Set(take.files.map(({ name }) => `${folder}/${name}`));
  for (const [file, sides] of files) {
    if (file === path || !mine.has(file) || !sides.includes(side)) continue;
    await checkOut(git, { file, side, to: file });
  }
  await writeFileAtomic(await resolveInside(git.root, path), formatJson(take));
  await stagePaths(git, [...files.keys()]);
}

/** @returns the number it has now */
async function moveOn(git: Git, unmerged: UnmergedTake, { side, take }: Owned): Promise<number> {
  const { folder, prefix, files } = unmerged;
  const absolute = await resolveInside(git.root, folder);
  const before = (await scanTakes(absolute)).takes.find(({ id }) => id === take.id);
  const moved =
    before ??
    (await claimTake({
      folder: absolute,
      prefix,
      number: undefined,
      sidecar: (number) => renumberTake(take, prefix, number),
    })) ??
    take;
  const paths = [`${folder}/${sidecarOf(moved)}`];
  for (const [index, { name }] of moved.files.entries()) {
    const file = `${folder}/${take.files[index]?.name ?? name}`;
    const to = `${folder}/${name}`;
    if (files.get(file)?.includes(side) === true) await checkOut(git, { file, side, to });
    else
      await rename(await resolveInside(git.root, file), await resolveInside(git.root, to)).catch(unlessGone);
    paths.push(to, file);
  }
  await stagePaths(git, [...new Set(paths.filter((path) => !files.has(path)))]);
  return moved.number;
}

function sidecarOf({ files }: Take): string {
  return (files[0]?.name ?? '').replace(/\.[^.]+$/, '.json');
}

interface CheckOut {
  readonly file: string;
  readonly side: Side;
  readonly to: string;
}

/** Writes one side's file as Git would; where its LFS object cannot be fetched, its pointer. */
export async function checkOut(git: Git, { file, side, to }: CheckOut): Promise<void> {
  const config = ['-c', 'lfs.skipdownloaderrors=true'];
  const how = ['checkout-index', `--stage=${String(side)}`, '--temp', '-z', '--', file];
  const printed = await git.run([...config, ...how]);
  const temporary = join(git.root, printed.split('\t')[0] ?? '');
  const target = await resolveInside(git.root, to);
  await makeFolderDurably(dirname(target));
  await syncFile(temporary);
  await rename(temporary, target);
  await syncFolder(dirname(target));
}

/** Of what was not fetched and never lay there, only the sidecar moves on. */
function unlessGone(error: unknown): void {
  if (systemCode(error) !== 'ENOENT') throw error;
}
