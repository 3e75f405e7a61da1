import { randomUUID } from 'node:crypto';
import { lstat, readFile, rename, unlink } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AuteurError, systemCode } from '../errors.ts';
import { createExclusively, moveExclusively } from './atomicFile.ts';
import { kindOf, makeOwnFolder } from './ownFolder.ts';
import { writingInto } from './readOnlyFilm.ts';

const usualPatienceMs = 15_000;
/** A lock of another machine, whose processes cannot be seen from here. */
const staleMs = 30_000;
/** A lock is made whole; an empty one is what a crash or a file system without links has left. */
const emptyStaleMs = 1000;
const clockToleranceMs = 5000;

interface LockOptions {
  /** Its file in `.auteur`; a work under one lock may take another. */
  readonly name?: string;
  readonly patienceMs?: number;
}

/**
 * Runs `work` while this process alone may write the project's JSON files.
 * The lock keeps honest writers apart; the hash compare at each write is what makes a lost lock harmless.
 * @throws AuteurError `project-locked` where another process keeps it for 15 s,
 *   `path-outside` where `.auteur` is a link, `film-read-only` where nothing can be written in it
 */
export async function withProjectLock<T>(
  root: string,
  work: () => Promise<T>,
  { name = 'lock', patienceMs = usualPatienceMs }: LockOptions = {},
): Promise<T> {
  const { lock, mark } = await takeLock(root, name, patienceMs);
  return holding(lock, mark, work);
}

/** The lock is the first thing that is written: where it cannot be, nothing can. */
async function takeLock(root: string, name: string, patienceMs: number) {
  return writingInto(root, async () => {
    const lock = join(await makeOwnFolder(root, '.auteur'), name);
    return { lock, mark: await acquire(root, lock, patienceMs) };
  });
}

/** The same with a lock file of any name; `root` is what it locks, as the error names it. */
export async function withLockFile<T>(
  root: string,
  lock: string,
  work: () => Promise<T>,
  patienceMs = usualPatienceMs,
): Promise<T> {
  return holding(lock, await acquire(root, lock, patienceMs), work);
}

async function holding<T>(lock: string, mark: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await release(lock, mark);
  }
}

async function acquire(root: string, lock: string, patienceMs: number): Promise<string> {
  const { pid } = process;
  const started = await startOf(pid);
  const mark = JSON.stringify({ pid, host: hostname(), started, nonce: randomUUID() });
  const deadline = performance.now() + patienceMs;
  for (;;) {
    if ((await kindOf(lock)) === 'nothing' && (await createExclusively(lock, mark))) return mark;
    const removed = await removeIfStale(lock);
    if (performance.now() > deadline) {
      throw new AuteurError('project-locked', { root, lock, seconds: patienceMs / 1000 });
    }
    if (!removed) await delay(5 + Math.random() * 20);
  }
}

async function release(lock: string, mark: string): Promise<void> {
  if ((await readIfThere(lock)) === mark) await unlink(lock);
}

async function removeIfStale(lock: string): Promise<boolean> {
  const seen = await readIfThere(lock);
  if (seen === undefined) return true;
  if (!(await isStale(lock, seen))) return false;
  // A holder that let go meanwhile has ended, and looks stale in its successor's place.
  if ((await readIfThere(lock)) !== seen) return false;
  const aside = `${lock}.${randomUUID()}`;
  try {
    await rename(lock, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return true;
    throw error;
  }
  // Between the look and the rename another process may have cleared the stale lock and taken a new one.
  const moved = await readIfThere(aside);
  if (moved === seen) await unlink(aside);
  else await giveBack(aside, lock);
  return moved === seen;
}

/** Where a third process has taken the lock in this moment, its lock is the one that stays. */
async function giveBack(aside: string, lock: string): Promise<void> {
  try {
    await moveExclusively(aside, lock);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    await unlink(aside);
  }
}

async function isStale(lock: string, content: string): Promise<boolean> {
  // Nothing of ours, and nothing that can be put aside as a file: named in the error, and left.
  if ((await kindOf(lock)) === 'folder') return false;
  const changed = await changedAt(lock);
  if (changed === undefined) return false;
  const holder = parseHolder(content);
  if (holder?.host === hostname()) return !isAlive(holder.pid) || (await isOfEarlierProcess(holder, changed));
  return Date.now() - changed > (content === '' ? emptyStaleMs : staleMs);
}

async function changedAt(path: string): Promise<number | undefined> {
  try {
    return (await lstat(path)).mtimeMs;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When it started, where the system tells. */
  readonly started: string | undefined;
}

/** After a restart, of the machine or of a container, another process may have the number of the one that died. */
async function isOfEarlierProcess({ pid, started }: Holder, changed: number): Promise<boolean> {
  const now = started === undefined ? undefined : await startOf(pid);
  // Told apart without a clock, which may have been set in between.
  if (now !== undefined) return now !== started;
  const running = pid === process.pid ? process.uptime() : uptime();
  return changed < Date.now() - running * 1000 - clockToleranceMs;
}

/** The start of a process in ticks since the machine's own; only Linux tells. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may itself hold brackets and spaces; the start is the 20th field after it.
    return status.slice(status.lastIndexOf(')') + 2).split(' ')[19];
  } catch (error) {
    // Not told here, hidden from us, or the process has just ended.
    if (systemCode(error) !== undefined) return undefined;
    throw error;
  }
}

function parseHolder(content: string): Holder | undefined {
  const match = /^\{"pid":(\d+),"host":"([^"]*)"(?:,"started":"(\d+)")?/.exec(content);
  return match?.[1] === undefined || match[2] === undefined
    ? undefined
    : { pid: Number(match[1]), host: match[2], started: match[3] };
}

/** Whether a process of this machine runs; one that may not be signalled does. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** What is no file counts as empty: a pipe would never answer, and a link leads elsewhere. */
async function readIfThere(path: string): Promise<string | undefined> {
  const kind = await kindOf(path);
  if (kind !== 'file') return kind === 'nothing' ? undefined : '';
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
