import { dirname, join } from 'node:path';
import { maxTakeNumber, parseTakeFileName, takeBaseName } from '../domain/numbering.ts';
import { AuteurError, systemCode } from '../errors.ts';
import type { JobId } from '../model/ids.ts';
import { Take } from '../model/take.ts';
import { createExclusively, makeFolderDurably } from './atomicFile.ts';
import { formatJson, readOwnJsonFile } from './jsonFile.ts';
import { readFolder } from './locate.ts';
import { kindOf } from './ownFolder.ts';

/** More than any number of programs that could claim at one moment. */
const maxCollisions = 1000;

export interface TakeScan {
  readonly takes: readonly Take[];
  /** The same takes with the file names of their sidecars. */
  readonly sidecars: readonly { readonly name: string; readonly take: Take }[];
  /** Sidecars that do not parse, by file name. */
  readonly unreadable: readonly { readonly name: string; readonly reason: string }[];
}

/** Reads the sidecars of one shot's folder, in order of take number. */
export async function scanTakes(folder: string): Promise<TakeScan> {
  const names = await sidecarNames(folder);
  const read = await Promise.all(names.map((name) => readTake(join(folder, name), name)));
  const sidecars = read.flatMap((one) => ('take' in one ? [one] : []));
  sidecars.sort((a, b) => a.take.number - b.take.number);
  const unreadable = read.flatMap((one) => ('reason' in one ? [one] : []));
  return { takes: sidecars.map(({ take }) => take), sidecars, unreadable };
}

async function sidecarNames(folder: string): Promise<readonly string[]> {
  return (await readFolder(folder)).filter((name) => parseTakeFileName(name)?.extension === 'json');
}

async function readTake(
  path: string,
  name: string,
): Promise<{ name: string; take: Take } | { name: string; reason: string }> {
  try {
    return { name, take: (await readOwnJsonFile(path, Take)).value };
  } catch (error) {
    if (AuteurError.is(error, 'file-unreadable')) return { name, reason: String(error.data['reason']) };
    throw error;
  }
}

/**
 * The number after the highest that any file of the folder bears, recorded or not.
 * @param given numbers of files that are gone from disk, and not from Git
 */
export async function nextTakeNumber(
  folder: string,
  given: ReadonlySet<number> = new Set(),
): Promise<number> {
  const numbers = (await readFolder(folder)).map((name) => parseTakeFileName(name)?.number ?? 0);
  return Math.max(0, ...numbers, ...given) + 1;
}

async function isNumberTaken({ folder, given }: TakeClaim, number: number): Promise<boolean> {
  if (given?.has(number) === true) return true;
  return (await readFolder(folder)).some((name) => parseTakeFileName(name)?.number === number);
}

/** Finds takes by their job in folders of many takes: a sidecar keeps its job for ever and is read once. */
export class TakeFinder {
  readonly #jobOf = new Map<string, JobId>();

  async find(folder: string, id: JobId): Promise<Take | undefined> {
    const names = await sidecarNames(folder);
    await Promise.all(names.map((name) => this.#learn(folder, name)));
    const name = names.find((one) => this.#jobOf.get(join(folder, one)) === id);
    const take = name === undefined ? undefined : await this.#read(folder, name);
    // Another branch may have another take under the name.
    return take?.id === id ? take : undefined;
  }

  /** What was claimed here need not be read. */
  claimed(folder: string, prefix: string, { id, number }: Take): void {
    this.#jobOf.set(join(folder, sidecarName(prefix, number)), id);
  }

  async #learn(folder: string, name: string): Promise<void> {
    if (!this.#jobOf.has(join(folder, name))) await this.#read(folder, name);
  }

  async #read(folder: string, name: string): Promise<Take | undefined> {
    const path = join(folder, name);
    const read = await readTake(path, name);
    if (!('take' in read)) return undefined;
    this.#jobOf.set(path, read.take.id);
    return read.take;
  }
}

export interface TakeClaim {
  readonly folder: string;
  readonly prefix: string;
  /** The number to take; undefined takes the next free one. */
  readonly number: number | undefined;
  /** Numbers of files that are gone from disk, and not from Git. */
  readonly given?: ReadonlySet<number>;
  readonly sidecar: (number: number) => Take;
}

/**
 * Claims a take number by linking the complete sidecar to its final name, which only one process can do.
 * @throws AuteurError `folder-needed` where a file lies in the place of the folder
 * @returns the recorded take; undefined where the wanted number was taken by another
 */
export async function claimTake(claim: TakeClaim): Promise<Take | undefined> {
  const { folder, prefix, number, given, sidecar } = claim;
  await makeTakeFolder(folder);
  if (number !== undefined) {
    if (await isNumberTaken(claim, number)) return undefined;
    return linkSidecar(folder, prefix, sidecar(number));
  }
  let wanted = 0;
  for (let collisions = 0; collisions <= maxCollisions; collisions++) {
    wanted = Math.max(await nextTakeNumber(folder, given), wanted + 1);
    const take = await linkSidecar(folder, prefix, sidecar(wanted));
    if (take !== undefined) return take;
  }
  throw new AuteurError('unexpected', { reason: `no take number is free in ${folder} (tried ${wanted})` });
}

async function makeTakeFolder(folder: string): Promise<void> {
  try {
    await makeFolderDurably(folder);
  } catch (error) {
    if (!['EEXIST', 'ENOTDIR'].includes(systemCode(error) ?? '')) throw error;
    let path = folder;
    while ((await kindOf(path)) === 'nothing') path = dirname(path);
    throw new AuteurError('folder-needed', { path }, { cause: error });
  }
}

async function linkSidecar(folder: string, prefix: string, take: Take): Promise<Take | undefined> {
  if (take.number > maxTakeNumber) {
    const reason = `the highest is ${maxTakeNumber}; a file in ${folder} bears it`;
    throw new AuteurError('value-invalid', { name: 'take number', value: take.number, reason });
  }
  const path = join(folder, sidecarName(prefix, take.number));
  return (await createExclusively(path, formatJson(take))) ? take : undefined;
}

function sidecarName(prefix: string, number: number): string {
  return `${takeBaseName(prefix, number)}.json`;
}
