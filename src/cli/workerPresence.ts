import { mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { systemCode } from '../core/errors.ts';
import { isAlive } from '../core/storage/projectLock.ts';

const heartbeat = 2000;
const silence = 10_000;

/** A file that says a worker lives here, so that a detached call knows whether it has to start one. */
export class WorkerPresence {
  readonly #folder: string;
  readonly #file: string;
  #timer: NodeJS.Timeout | undefined;

  constructor(home: string) {
    this.#folder = folderOf(home);
    this.#file = join(this.#folder, String(process.pid));
  }

  async announce(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await writeFile(this.#file, '');
    this.#timer = setInterval(() => this.#beat(), heartbeat);
    this.#timer.unref();
  }

  /** A job accepted before this returns is still this worker's to run: look once more, then end. */
  async withdraw(): Promise<void> {
    clearInterval(this.#timer);
    await rm(this.#file, { force: true });
  }

  #beat(): void {
    const now = new Date();
    // A beat that fails is seen as silence; all that follows is one worker too many.
    void Promise.allSettled([utimes(this.#file, now, now)]);
  }
}

/** Whether a worker that claims every job lives on this machine. */
export async function workerLives(home: string): Promise<boolean> {
  const folder = folderOf(home);
  const names = await entries(folder);
  const fresh = await Promise.all(names.map((name) => isFresh(join(folder, name))));
  return names.some((name, index) => fresh[index] === true && isAlive(Number(name)));
}

function folderOf(home: string): string {
  return join(home, 'workers');
}

async function entries(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function isFresh(file: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(file)).mtimeMs < silence;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
