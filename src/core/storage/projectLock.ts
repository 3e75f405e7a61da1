import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AuteurError, systemCode } from '../errors.ts';

const patienceMs = 15_000;
const staleMs = 30_000;

/**
 * Runs `work` while this process alone may write the project's JSON files.
 * The lock keeps honest writers apart; the hash compare at each write is what makes a lost lock harmless.
 * @throws AuteurError `project-locked` where another process keeps it for 15 s.
 */
export async function withProjectLock<T>(root: string, work: () => Promise<T>): Promise<T> {
  const lock = join(root, '.auteur', 'lock');
  await mkdir(join(root, '.auteur'), { recursive: true });
  const mark = await acquire(root, lock);
  try {
    return await work();
  } finally {
    await release(lock, mark);
  }
}

async function acquire(root: string, lock: string): Promise<string> {
  const mark = JSON.stringify({ pid: process.pid, host: hostname(), nonce: randomUUID() });
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      await writeFile(lock, mark, { flag: 'wx' });
      return mark;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
    if (await removeIfStale(lock)) continue;
    if (performance.now() > deadline) {
      throw new AuteurError('project-locked', { root, lock, seconds: patienceMs / 1000 });
    }
    await delay(5 + Math.random() * 20);
  }
}

async function release(lock: string, mark: string): Promise<void> {
  if ((await readIfThere(lock)) === mark) await unlink(lock);
}

async function removeIfStale(lock: string): Promise<boolean> {
  const seen = await readIfThere(lock);
  if (seen === undefined) return true;
  if (!(await isStale(lock, seen))) return false;
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
  else await rename(aside, lock);
  return moved === seen;
}

async function isStale(lock: string, content: string): Promise<boolean> {
  const holder = parseHolder(content);
  if (holder?.host === hostname() && !isAlive(holder.pid)) return true;
  try {
    return Date.now() - (await stat(lock)).mtimeMs > staleMs;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function parseHolder(content: string): { pid: number; host: string } | undefined {
  const match = /^\{"pid":(\d+),"host":"([^"]*)"/.exec(content);
  return match?.[1] === undefined || match[2] === undefined
    ? undefined
    : { pid: Number(match[1]), host: match[2] };
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

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
