import { lstat, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AuteurError, systemCode } from '../errors.ts';
import type { JobId } from '../model/ids.ts';
import { announceWrite } from './announcedWrites.ts';
import { createExclusively, makeFolderDurably, moveExclusively, syncFolder } from './atomicFile.ts';
import { isThere } from './locate.ts';
import { isOwnFolder, kindOf, makeOwnFolder } from './ownFolder.ts';
import { resolveInside } from './projectPath.ts';
import { sha256Of } from './sha256.ts';

const folderNames = ['.auteur', 'trash'] as const;

/** A media file of a take on its way to the trash of its project, or back. */
export interface MediaMove {
  readonly take: JobId;
  readonly name: string;
  readonly to: 'trash' | 'folder';
}

/** Where a deleted take's media wait until the edit that deleted them is forgotten. */
export function inTrash(root: string, take: JobId, name: string): string {
  return join(root, ...folderNames, take, name);
}

export function isTrash(root: string, take: JobId): Promise<boolean> {
  return isOwnFolder(root, ...folderNames, take);
}

/**
 * Moves one media file; repeats safely after a crash at any step.
 * @throws AuteurError `folder-exists` where another file has its name
 */
export async function moveMedia(root: string, path: string, { take, name, to }: MediaMove): Promise<void> {
  const place = await resolveInside(root, path);
  const trashed = inTrash(root, take, name);
  if (to === 'trash') {
    await makeTrash(root, take);
    await announceWrite(place, undefined);
    await move(place, trashed);
  } else {
    await makeFolderDurably(dirname(place));
    await announceWrite(place, { sha256: await sha256Of(trashed) });
    await move(trashed, place);
  }
}

/** What nothing can bring back any more goes for good. */
export async function emptyTrash(root: string, take: JobId): Promise<void> {
  if (await isTrash(root, take)) await rm(join(root, ...folderNames, take), { recursive: true, force: true });
}

async function makeTrash(root: string, take: JobId): Promise<void> {
  const folder = await makeOwnFolder(root, ...folderNames);
  const ignore = join(folder, '.gitignore');
  if (!(await isThere(ignore))) await createExclusively(ignore, '*\n');
  await makeOwnFolder(root, ...folderNames, take);
}

async function move(from: string, to: string): Promise<void> {
  try {
    await moveExclusively(from, to);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    await finishMove(from, to);
  }
  await syncFolder(dirname(from));
}

/** A crash came between the two steps of a move: one file has both names. */
async function finishMove(from: string, to: string): Promise<void> {
  const isFile = (await kindOf(to)) === 'file';
  const same = isFile && (await lstat(to)).size === (await lstat(from)).size;
  if (!same || (await sha256Of(to)) !== (await sha256Of(from)))
    throw new AuteurError('folder-exists', { path: to });
  await syncFolder(dirname(to));
  await unlink(from);
}
