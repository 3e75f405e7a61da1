import type { Dirent } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pointerStart } from '../../domain/mediaTypes.ts';
import { systemCode } from '../../errors.ts';
import { sha256Of } from '../sha256.ts';

export interface AssetFile {
  /** Relative to the folder that was asked about, with forward slashes. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
}

/** The files of an asset's folder and of those within, by name; its text and what systems leave there do not count. */
export async function assetFiles(folder: string): Promise<readonly AssetFile[]> {
  const found = await filesIn(folder, '');
  return found.filter(({ name }) => name !== 'asset.json');
}

async function filesIn(folder: string, start: string): Promise<readonly AssetFile[]> {
  const entries = await entriesOf(folder);
  const seen = entries
    .filter(({ name }) => !name.startsWith('.'))
    .toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  const found = await Promise.all(
    seen.map(async (entry): Promise<readonly AssetFile[]> => {
      const path = join(folder, entry.name);
      const name = `${start}${entry.name}`;
      if (entry.isDirectory()) return filesIn(path, `${name}/`);
      return entry.isFile() ? [{ name, path, bytes: await sizeOf(path) }] : [];
    }),
  );
  return found.flat();
}

/** A folder that is not there holds nothing. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return [];
    throw error;
  }
}

/** One that goes at this moment has none. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await lstat(path)).size;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 0;
    throw error;
  }
}

const pointerBytes = 1024;

/** The SHA-256 of a media file's content, also where only its LFS pointer is there. */
export async function contentHash(path: string): Promise<string> {
  await using file = await open(path, 'r');
  const { size } = await file.stat();
  if (size <= pointerBytes) {
    const text = (await file.readFile()).toString('latin1');
    const oid = text.startsWith(pointerStart) ? /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1] : undefined;
    if (oid !== undefined) return oid;
  }
  return await sha256Of(path);
}

/** The size of a media file, also where only its LFS pointer is there. */
export async function contentSize({ path, bytes }: AssetFile): Promise<number> {
  if (bytes > pointerBytes) return bytes;
  await using file = await open(path, 'r');
  const text = (await file.readFile()).toString('latin1');
  const size = text.startsWith(pointerStart) ? /^size (\d+)$/m.exec(text)?.[1] : undefined;
  return size === undefined ? bytes : Number(size);
}
