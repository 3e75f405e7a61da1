import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../../core/errors.ts';
import { JobId } from '../../../core/model/ids.ts';
import { readFolder } from '../../../core/storage/locate.ts';

const day = 86_400_000;

export interface LogLimits {
  /** As long as the queue knows of a finished job. */
  readonly ageMs: number;
  readonly bytes: number;
  /** So often it is looked. */
  readonly everyMs: number;
}

const usual: LogLimits = { ageMs: 30 * day, bytes: 500 * 1024 ** 2, everyMs: day / 24 };

/** Where the log of a job is. */
export function logFileOf(home: string, job: JobId): string {
  return join(home, 'logs', `${job}.log`);
}

/** The logs of jobs: those of finished ones stay for a while, as many as there is room for. */
export class JobLogs {
  readonly #home: string;
  readonly #limits: LogLimits;
  #looked = -Infinity;

  constructor(home: string, limits = usual) {
    this.#home = home;
    this.#limits = limits;
  }

  /** Removes those too old, and the oldest where all are too much; never one of a job that is not done. */
  async prune(isDone: (id: JobId) => boolean): Promise<void> {
    const { ageMs, bytes, everyMs } = this.#limits;
    if (performance.now() - this.#looked < everyMs) return;
    this.#looked = performance.now();
    let total = 0;
    for (const { file, job, size, changed } of await this.#newestFirst()) {
      total += size;
      const isTooMuch = total > bytes || Date.now() - changed > ageMs;
      if (isTooMuch && isDone(job)) await rm(file, { force: true });
    }
  }

  async #newestFirst() {
    const names = await readFolder(join(this.#home, 'logs'));
    const found = await Promise.all(names.map((name) => this.#logAt(name)));
    return found.flatMap((log) => log ?? []).sort((a, b) => b.changed - a.changed);
  }

  async #logAt(name: string) {
    const job = JobId.safeParse(name.replace(/\.log$/, ''));
    if (!name.endsWith('.log') || !job.success) return undefined;
    const file = logFileOf(this.#home, job.data);
    try {
      const { size, mtimeMs: changed } = await stat(file);
      return { file, job: job.data, size, changed };
    } catch (error) {
      // Another process tidies up, too.
      if (systemCode(error) !== 'ENOENT') throw error;
      return undefined;
    }
  }
}
