import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseTakeFileName, takeBaseName } from '../domain/numbering.ts';
import { AuteurError, systemCode } from '../errors.ts';
import type { JobId } from '../model/ids.ts';
import { Take } from '../model/take.ts';
import { syncFile, syncFolder, writeFileDurably } from './atomicFile.ts';
import { formatJson, readJsonFile } from './jsonFile.ts';
import { isThere, readFolder } from './locate.ts';

/** File systems without hard links answer with one of these. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK']);

export interface TakeScan {
  readonly takes: readonly Take[];
  /** Sidecars that do not parse, by file name. */
  readonly unreadable: readonly { readonly name: string; readonly reason: string }[];
}

/** Reads the sidecars of one shot's folder, in order of take number. */
export async function scanTakes(folder: string): Promise<TakeScan> {
  const names = (await readFolder(folder)).filter((name) => parseTakeFileName(name)?.extension === 'json');
  const read = await Promise.all(names.map((name) => readTake(join(folder, name), name)));
  const takes = read.flatMap((one) => ('take' in one ? [one.take] : []));
  const unreadable = read.flatMap((one) => ('reason' in one ? [one] : []));
  return { takes: takes.sort((a, b) => a.number - b.number), unreadable };
}

async function readTake(
  path: string,
  name: string,
): Promise<{ take: Take } | { name: string; reason: string }> {
  try {
    return { take: (await readJsonFile(path, Take)).value };
  } catch (error) {
    if (AuteurError.is(error, 'file-unreadable')) return { name, reason: String(error.data['reason']) };
    throw error;
  }
}

/** The number after the highest that any file of the folder bears, recorded or not. */
export async function nextTakeNumber(folder: string): Promise<number> {
  const numbers = (await readFolder(folder)).map((name) => parseTakeFileName(name)?.number ?? 0);
  return Math.max(0, ...numbers) + 1;
}

async function isNumberTaken(folder: string, number: number): Promise<boolean> {
  return (await readFolder(folder)).some((name) => parseTakeFileName(name)?.number === number);
}

export async function findTake(folder: string, id: JobId): Promise<Take | undefined> {
  return (await scanTakes(folder)).takes.find((take) => take.id === id);
}

export interface TakeClaim {
  readonly folder: string;
  readonly prefix: string;
  /** The number to take; undefined takes the next free one. */
  readonly number: number | undefined;
  readonly sidecar: (number: number) => Take;
}

/**
 * Claims a take number by linking the complete sidecar to its final name, which only one process can do.
 * @returns the recorded take; undefined where the wanted number was taken by another
 */
export async function claimTake({ folder, prefix, number, sidecar }: TakeClaim): Promise<Take | undefined> {
  await makeFolder(folder);
  for (;;) {
    const wanted = number ?? (await nextTakeNumber(folder));
    if (number !== undefined && (await isNumberTaken(folder, number))) return undefined;
    const take = sidecar(wanted);
    if (await createExclusively(join(folder, `${takeBaseName(prefix, wanted)}.json`), formatJson(take)))
      return take;
    if (number !== undefined) return undefined;
  }
}

/** Makes the folder and forces each new entry on the way to it to disk. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let path = folder; path.length >= first.length; path = dirname(path)) await syncFolder(dirname(path));
}

async function createExclusively(path: string, content: string): Promise<boolean> {
  const temporary = join(dirname(path), `.claim-${randomUUID()}.tmp`);
  await writeFileDurably(temporary, content);
  try {
    await moveExclusively(temporary, path);
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    return false;
  } finally {
    if (await isThere(temporary)) await unlink(temporary);
  }
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
  await syncFolder(dirname(to));
  await unlinkIfThere(from);
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
    await unlinkIfThere(copy);
    throw error;
  }
}

async function unlinkIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
