import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemCode } from '../errors.ts';
import { passed } from './steps.ts';

/** File systems without hard links answer with one of these. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK']);

const transient = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** Replaces a file whole: after a crash or power loss it holds the old content or the new, never a part. */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  // Not named after the file, whose own name may be as long as a name can be.
  const temporary = join(dirname(path), `.save-${randomUUID()}.tmp`);
  try {
    await writeFileDurably(temporary, content);
    passed('file.written');
    await renameWithRetry(temporary, path);
    passed('file.renamed');
  } catch (error) {
    await removeQuietly(temporary);
    throw named(error, temporary);
  }
  await syncFolder(dirname(path));
}

/**
 * Makes a new file that appears whole or not at all.
 * @returns false where the name is taken
 */
export async function createExclusively(path: string, content: string | Uint8Array): Promise<boolean> {
  const temporary = join(dirname(path), `.claim-${randomUUID()}.tmp`);
  try {
    await writeFileDurably(temporary, content);
    passed('file.written');
    await moveExclusively(temporary, path);
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw named(error, temporary);
    return false;
  } finally {
    await removeQuietly(temporary);
  }
}

/** A temporary name tells nobody anything, and is another each time: the folder is named, which is what cannot be written. */
function named(error: unknown, temporary: string): unknown {
  if (error instanceof Error) error.message = error.message.replaceAll(temporary, dirname(temporary));
  return error;
}

/**
 * Gives a file its final name, which must be free: EEXIST otherwise, and nothing is ever overwritten.
 * Safe to repeat after a crash between its two steps.
 */
export async function moveExclusively(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!noLinks.has(systemCode(error) ?? '')) throw error;
    await moveWithoutLinks(from, to);
  }
  passed('file.linked');
  await syncFolder(dirname(to));
  await removeQuietly(from);
}

/** A whole copy under a temporary name, then a rename guarded by an exclusive empty file. */
async function moveWithoutLinks(from: string, to: string): Promise<void> {
  const copy = join(dirname(to), `.claim-${randomUUID()}.tmp`);
  await copyFile(from, copy, constants.COPYFILE_EXCL);
  await syncFile(copy);
  try {
    await writeFileDurably(to, '');
    await rename(copy, to);
  } catch (error) {
    await removeQuietly(copy);
    throw error;
  }
}

/** Makes a new file and forces it to disk; fails with EEXIST where there is one. */
export async function writeFileDurably(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Forces an existing file's content to disk. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Forces a folder's entries to disk, where the system can. */
export async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder for syncing; NTFS journals its entries itself.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    if (systemCode(error) !== 'EINVAL') throw error;
  } finally {
    await folder.close();
  }
}

/** Makes a folder and forces each new entry on the way to it to disk. */
export async function makeFolderDurably(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let path = folder; path.length >= first.length; path = dirname(path)) await syncFolder(dirname(path));
}

/** Virus scanners and indexers on Windows hold files for moments; elsewhere the first error is the answer. */
async function renameWithRetry(from: string, to: string): Promise<void> {
  const tries = process.platform === 'win32' ? 10 : 1;
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (attempt >= tries || !transient.has(systemCode(error) ?? '')) throw error;
      await delay(10 * 2 ** Math.min(attempt, 6) * (0.5 + Math.random()));
    }
  }
}

async function removeQuietly(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
