import { createHash } from 'node:crypto';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { AuteurError, systemCode } from '../errors.ts';
import { isOwnFolder } from './ownFolder.ts';
import { RememberedFiles } from './rememberedFiles.ts';
import { sha256Of } from './sha256.ts';

/** What a program is made of; models belong into the Library. */
const mostFiles = 2_000;
const mostBytes = 200 * 1024 ** 2;

/** A folder that an image is built from. */
export interface BuildContext {
  readonly folder: string;
  /** Of all its files, by their paths within it; links are what they say, and are not followed. */
  readonly files: readonly string[];
  /** Of their names and contents: it is another where any of them is. */
  readonly digest: string;
}

/** What a file holds, in SHA-256. */
export type HashOf = (path: string) => Promise<string>;

/** Reads a file only where it has changed since: up to 200 MB are not read at each look. */
export function rememberedHashes(read: HashOf = sha256Of): HashOf {
  const known = new RememberedFiles<string>();
  return (path) => known.get(path, () => read(path));
}

/** @throws AuteurError `file-unreadable` where it cannot be built from */
export async function readBuildContext(folder: string, hashOf: HashOf = sha256Of): Promise<BuildContext> {
  if (!(await isOwnFolder(dirname(folder), basename(folder)))) throw unreadable(folder, 'it is no folder');
  const hash = createHash('sha256');
  const files = await filesIn(folder);
  if (!files.includes('Dockerfile')) throw unreadable(folder, 'it has no Dockerfile');
  let bytes = 0;
  for (const file of files) {
    const found = await lstat(join(folder, file));
    bytes += found.size;
    if (bytes > mostBytes) throw unreadable(folder, `it holds more than ${mostBytes / 1024 ** 2} MB`);
    const content = found.isSymbolicLink()
      ? `-> ${await readlink(join(folder, file))}`
      : await hashOf(join(folder, file));
    const isProgram = (found.mode & 0o111) !== 0;
    hash.update(JSON.stringify([file, isProgram, content]));
  }
  return { folder, files, digest: hash.digest('hex') };
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  try {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
      if (entry.isDirectory() || isByTheWay(path)) continue;
      if (!entry.isFile() && !entry.isSymbolicLink()) throw unreadable(folder, `${path} is no file`);
      if (files.push(path) > mostFiles) throw unreadable(folder, `it holds more than ${mostFiles} files`);
    }
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw unreadable(folder, 'it is not there', error);
  }
  return files.sort();
}

/** What programs and people leave between the files. */
function isByTheWay(path: string): boolean {
  return /(?:^|\/)(?:__pycache__|node_modules|\.git)\/|(?:^|\/)\.DS_Store$/.test(path);
}

function unreadable(path: string, reason: string, cause?: unknown): AuteurError {
  return new AuteurError('file-unreadable', { path, reason }, { cause });
}
