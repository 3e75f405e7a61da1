import { lstat, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AuteurError, systemCode } from '../errors.ts';
import { syncFolder } from './atomicFile.ts';

/**
 * Makes a folder of ours within a project and forces it to disk. A repository that was cloned or copied may hold links in its way.
 * @throws AuteurError `path-outside` where one step of the way is a link, `folder-needed` where it is a file
 */
export async function makeOwnFolder(root: string, ...names: readonly string[]): Promise<string> {
  let path = root;
  for (const name of names) {
    path = join(path, name);
    await mkdir(path).then(() => syncFolder(dirname(path)), ignoreExisting);
    const kind = await kindOf(path);
    if (kind === 'link') throw new AuteurError('path-outside', { path });
    if (kind !== 'folder') throw new AuteurError('folder-needed', { path });
  }
  return path;
}

/** Whether the folder is there, and no link in its place or on the way to it. */
export async function isOwnFolder(root: string, ...names: readonly string[]): Promise<boolean> {
  let path = root;
  for (const name of names) {
    path = join(path, name);
    if ((await kindOf(path)) !== 'folder') return false;
  }
  return true;
}

export type Kind = 'file' | 'folder' | 'link' | 'other' | 'nothing';

/** What lies at a path, without following a link or opening a pipe. */
export async function kindOf(path: string): Promise<Kind> {
  try {
    const found = await lstat(path);
    if (found.isFile()) return 'file';
    if (found.isDirectory()) return 'folder';
    return found.isSymbolicLink() ? 'link' : 'other';
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(systemCode(error) ?? '')) return 'nothing';
    throw error;
  }
}

function ignoreExisting(error: unknown): void {
  if (systemCode(error) !== 'EEXIST') throw error;
}
