import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { takePrefix } from '../../domain/numbering.ts';
import { renumberTake } from '../../domain/renumberTake.ts';
import { systemCode } from '../../errors.ts';
import { RelativePath } from '../../model/relativePath.ts';
import type { Take } from '../../model/take.ts';
import { moveExclusively, syncFolder } from '../atomicFile.ts';
import type { PlacedShot } from '../projectFiles.ts';
import { resolveInside } from '../projectPath.ts';
import { claimTake, scanTakes } from '../takes.ts';

export interface MovedTakes {
  readonly ids: ReadonlySet<string>;
  /** What was written, moved or removed, relative to the project. */
  readonly paths: readonly string[];
}

interface Folder {
  readonly path: RelativePath;
  readonly absolute: string;
}

/**
 * Moves takes that lie in the folder of another shot into that of their own, as they do where both branches have made
 * a shot of one number. Safe to repeat after a crash.
 * @param leftFolders in which no shot has its takes any more
 */
export async function moveTakes(
  root: string,
  shots: readonly PlacedShot[],
  leftFolders: readonly string[],
): Promise<MovedTakes> {
  const homes = new Map(shots.map((placed) => [placed.shot.id, placed]));
  const ids = new Set<string>();
  const paths: string[] = [];
  for (const path of new Set([...shots.map(({ shot }) => shot.folder), ...leftFolders])) {
    const folder = await folderAt(root, path);
    if (folder === undefined) continue;
    for (const { name, take } of (await scanTakes(folder.absolute)).sidecars) {
      const home = homes.get(take.shotId);
      if (home === undefined || home.shot.folder === path) continue;
      const to = await folderAt(root, home.shot.folder);
      if (to === undefined) continue;
      paths.push(...(await moveTake({ name, take, from: folder, to }, prefixOf(home))));
      ids.add(take.id);
    }
  }
  return { ids, paths };
}

async function folderAt(root: string, path: string): Promise<Folder | undefined> {
  const safe = RelativePath.safeParse(path);
  return safe.success ? { path: safe.data, absolute: await resolveInside(root, safe.data) } : undefined;
}

function prefixOf({ scene, shot }: PlacedShot): string {
  return takePrefix(shot.folder, { scene: scene.number, shot: shot.number });
}

interface Move {
  /** Of its sidecar. */
  readonly name: string;
  readonly take: Take;
  readonly from: Folder;
  readonly to: Folder;
}

async function moveTake({ name, take, from, to }: Move, prefix: string): Promise<readonly string[]> {
  const before = (await scanTakes(to.absolute)).takes.find(({ id }) => id === take.id);
  const sidecar = (number: number): Take => renumberTake(take, prefix, number);
  const claim = { folder: to.absolute, prefix, number: undefined, sidecar };
  const moved = before ?? (await claimTake(claim));
  if (moved === undefined) return [];
  const paths = [`${from.path}/${name}`, `${to.path}/${sidecarOf(moved)}`];
  for (const [index, file] of moved.files.entries()) {
    const old = take.files[index]?.name ?? file.name;
    await moveExclusively(join(from.absolute, old), join(to.absolute, file.name)).catch(unlessGone);
    paths.push(`${from.path}/${old}`, `${to.path}/${file.name}`);
  }
  await unlink(join(from.absolute, name));
  await syncFolder(from.absolute);
  return paths;
}

function sidecarOf({ files }: Take): string {
  return (files[0]?.name ?? '').replace(/\.[^.]+$/, '.json');
}

/** Moved already before a crash, or never fetched. */
function unlessGone(error: unknown): void {
  if (systemCode(error) !== 'ENOENT') throw error;
}
