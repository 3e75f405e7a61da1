import { open } from 'node:fs/promises';
import { systemCode } from '../errors.ts';
import { inChunks, nulSeparated, type Git } from './git.ts';
import { kindOf } from './ownFolder.ts';

const pointerStart = 'version https://git-lfs.github.com/spec/';
const maxPointerBytes = 1024;
const noFileThere = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EISDIR']);

/** Which of the staged paths are not LFS pointers. An empty file never becomes one. */
export async function notPointers(git: Git, paths: readonly string[]): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const staged = await inChunks(paths, (some) => git.run(['ls-files', '--stage', '-z', '--', ...some]));
  const blobs = new Map<string, string>();
  for (const line of staged.flatMap((printed) => printed.split('\0'))) {
    const match = /^\d+ ([0-9a-f]+) \d\t(.+)$/s.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) blobs.set(match[2], match[1]);
  }
  const oids = [...new Set(blobs.values())];
  const sizes = await blobSizes(git, oids);
  const small = oids.filter((oid) => (sizes.get(oid) ?? Infinity) <= maxPointerBytes);
  const pointers = await pointerBlobs(git, small);
  return paths.filter((path) => {
    const oid = blobs.get(path);
    return oid === undefined || !(pointers.has(oid) || sizes.get(oid) === 0);
  });
}

async function blobSizes(git: Git, oids: readonly string[]): Promise<Map<string, number>> {
  // Git would wait for input that never comes.
  if (oids.length === 0) return new Map();
  const printed = await git.run(['cat-file', '--batch-check'], oids.map((oid) => `${oid}\n`).join(''));
  const rows = printed
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  return new Map(rows.map(([oid = '', , size]) => [oid, Number(size)]));
}

async function pointerBlobs(git: Git, oids: readonly string[]): Promise<Set<string>> {
  const pointers = new Set<string>();
  if (oids.length === 0) return pointers;
  const printed = await git.run(['cat-file', '--batch'], oids.map((oid) => `${oid}\n`).join(''));
  const header = /^([0-9a-f]{40,64}) blob \d+\n(?=version https:\/\/git-lfs\.github\.com\/spec\/)/gm;
  for (const match of printed.matchAll(header)) pointers.add(match[1] ?? '');
  return pointers;
}

/** What lies at a media path: the media, an LFS pointer that was never fetched, or no file. */
export async function mediaState(path: string): Promise<'present' | 'pointer' | 'missing'> {
  try {
    // Opening a pipe would wait for its writer, and a link may lead out of the project.
    if ((await kindOf(path)) !== 'file') return 'missing';
    return (await startOf(path)) === pointerStart ? 'pointer' : 'present';
  } catch (error) {
    if (noFileThere.has(systemCode(error) ?? '')) return 'missing';
    throw error;
  }
}

async function startOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const length = pointerStart.length;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead).toString('latin1');
  } finally {
    await file.close();
  }
}

/** Files Git tracks as plain blobs although the attributes send them to LFS. */
export async function plainMedia(git: Git): Promise<readonly string[]> {
  const tracked = (await git.run(['ls-files', '-z'])).split('\0').filter((path) => path !== '');
  if (tracked.length === 0) return [];
  const printed = await git.run(['check-attr', '--stdin', '-z', 'filter'], nulSeparated(tracked));
  const fields = printed.split('\0');
  const media: string[] = [];
  for (let index = 0; index + 2 < fields.length; index += 3) {
    if (fields[index + 2] === 'lfs') media.push(fields[index] ?? '');
  }
  return notPointers(git, media);
}
