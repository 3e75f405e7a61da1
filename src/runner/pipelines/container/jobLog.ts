import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { once } from 'node:events';
import type { JobId } from '../../../core/model/ids.ts';

const maxBytes = 5 * 1024 * 1024;
const keptLines = 8;
const keptLineLength = 300;

/** Where the log of a job is. */
export function logFileOf(home: string, job: JobId): string {
  return join(home, 'logs', `${job}.log`);
}

/** What a pipeline has printed: all of it in a file, up to a size, and its last lines at hand. */
export class JobLog {
  readonly #file: WriteStream;
  readonly #last: string[] = [];
  #bytes = 0;
  #failed: Error | undefined;

  private constructor(file: WriteStream) {
    this.#file = file;
    file.on('error', (error) => {
      this.#failed = error;
    });
  }

  /** Begins anew: an engine hands out the whole log of a container each time it is asked. */
  static async open(path: string): Promise<JobLog> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return new JobLog(createWriteStream(path, { mode: 0o600 }));
  }

  /** Resolves as soon as more can be taken. */
  async add(line: string): Promise<void> {
    this.#last.push(line.slice(0, keptLineLength));
    if (this.#last.length > keptLines) this.#last.shift();
    if (this.#failed !== undefined || this.#bytes > maxBytes) return;
    this.#bytes += Buffer.byteLength(line) + 1;
    const words = this.#bytes > maxBytes ? 'The rest of the log is left out: it is too long.' : line;
    if (!this.#file.write(`${words}\n`) && this.#failed === undefined) {
      // A full disk ends the log, not the job.
      await Promise.race([once(this.#file, 'drain'), once(this.#file, 'close')]).catch(() => undefined);
    }
  }

  /** The last lines that say something. */
  get last(): string {
    return this.#last
      .filter((line) => line.trim() !== '')
      .slice(-3)
      .join(' / ');
  }

  async close(): Promise<void> {
    if (this.#failed !== undefined) return;
    this.#file.end();
    await once(this.#file, 'close').catch(() => undefined);
  }
}
