import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../errors.ts';
import { pointerStart } from '../domain/mediaTypes.ts';
import { inChunks, nulSeparated, type Git } from './git.ts';
import { kindOf } from './ownFolder.ts';

const maxPointerBytes = 1024;
const noFileThere = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EISDIR']);

/** A file of the index with the blob that is staged for it. */
export interface StagedFile {
  readonly path: string;
  readonly blob: string;
}

export type MediaState = 'present' | 'pointer' | 'missing';

export interface MediaContent {
  readonly sha256: string;
  readonly bytes: number;
}

/** Which of the staged files are not LFS pointers, by path. An empty file never becomes one. */
export async function notPointers(git: Git, staged: readonly StagedFile[]): Promise<readonly string[]> {
  const oids = [...new Set(staged.map(({ blob }) => blob))];
  const sizes = await blobSizes(git, oids);
  const small = oids.filter((oid) => (sizes.get(oid) ?? Infinity) <= maxPointerBytes);
  const pointers = await readPointers(git, small);
  return staged.filter(({ blob }) => !pointers.has(blob) && sizes.get(blob) !== 0).map(({ path }) => path);
}

/** The blobs of the pointers that LFS makes of such contents, in a repository of either hash. */
export function pointerBlobs(contents: readonly MediaContent[]): ReadonlySet<string> {
  const texts = contents.map(
    ({ sha256, bytes }) => `${pointerStart}v1\noid sha256:${sha256}\nsize ${bytes}\n`,
  );
  const blobs = texts.map((text) => `blob ${text.length}\0${text}`);
  return new Set(
    ['sha1', 'sha256'].flatMap((kind) => blobs.map((blob) => createHash(kind).update(blob).digest('hex'))),
  );
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

async function readPointers(git: Git, oids: readonly string[]): Promise<Set<string>> {
  const pointers = new Set<string>();
  if (oids.length === 0) return pointers;
  const printed = await git.run(['cat-file', '--batch'], oids.map((oid) => `${oid}\n`).join(''));
  const header = /^([0-9a-f]{40,64}) blob \d+\n(?=version https:\/\/git-lfs\.github\.com\/spec\/)/gm;
  for (const match of printed.matchAll(header)) pointers.add(match[1] ?? '');
  return pointers;
}

/** The SHA-256 that each blob points to, where it is a pointer. */
export async function pointedTo(
  git: Git,
  files: readonly StagedFile[],
): Promise<ReadonlyMap<string, string>> {
  const sizes = await blobSizes(git, [...new Set(files.map(({ blob }) => blob))]);
  const small = [...sizes].filter(([, size]) => size <= maxPointerBytes).map(([blob]) => `${blob}\n`);
  if (small.length === 0) return new Map();
  const printed = await git.run(['cat-file', '--batch'], small.join(''));
  const pointer =
    /^([0-9a-f]{40,64}) blob \d+\nversion https:\/\/.*\n(?:ext-.*\n)*oid sha256:([0-9a-f]{64})$/gm;
  return new Map([...printed.matchAll(pointer)].map(([, blob = '', sha256 = '']) => [blob, sha256]));
}

/** The folder in which Git LFS keeps its objects. */
export async function objectFolder(git: Git): Promise<string> {
  return /^LocalMediaDir=(.+)$/m.exec(await git.run(['lfs', 'env']))?.[1] ?? '';
}

/** Where an object lies in the folder of them all. */
export function objectFile(folder: string, sha256: string): string {
  return join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
}

/** What lies at a media path: the media, an LFS pointer that was never fetched, or no file. */
export async function mediaState(path: string): Promise<MediaState> {
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

/** What the index has of the paths. */
export async function stagedFiles(git: Git, paths: readonly string[]): Promise<readonly StagedFile[]> {
  const printed = await inChunks(paths, (some) => git.run(['ls-files', '--stage', '-z', '--', ...some]));
  const lines = printed.flatMap((text) => text.split('\0'));
  return lines.flatMap((line) => {
    const [, blob, path] = /^\d+ ([0-9a-f]+) \d\t(.+)$/s.exec(line) ?? [];
    return blob === undefined || path === undefined ? [] : [{ path, blob }];
  });
}

/** Files Git tracks as plain blobs although the attributes send them to LFS. */
export async function plainMedia(git: Git): Promise<readonly string[]> {
  return notPointers(git, await stagedFiles(git, await trackedMedia(git)));
}

/** Files Git tracks that the attributes send to LFS. */
export async function trackedMedia(git: Git): Promise<readonly string[]> {
  const tracked = (await git.run(['ls-files', '-z'])).split('\0').filter((path) => path !== '');
  if (tracked.length === 0) return [];
  const printed = await git.run(['check-attr', '--stdin', '-z', 'filter'], nulSeparated(tracked));
  const fields = printed.split('\0');
  const media: string[] = [];
  for (let index = 0; index + 2 < fields.length; index += 3) {
    if (fields[index + 2] === 'lfs') media.push(fields[index] ?? '');
  }
  return media;
}
