import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

const maxBytes = 5 * 1024 * 1024;
const heldBytes = 64 * 1024;
/** What was printed shows in the file after so long, however little it is. */
const heldMs = 200;
const keptLines = 8;
const keptLineLength = 300;

/** What a pipeline has printed, and what was told before: in a file, up to a size; its last lines are at hand. */
export class JobLog {
  readonly #file: FileHandle;
  readonly #warn: (error: unknown) => void;
  readonly #last: string[] = [];
  #held = '';
  #bytes = 0;
  #writing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #failed = false;

  private constructor(file: FileHandle, warn: (error: unknown) => void) {
    this.#file = file;
    this.#warn = warn;
  }

  /**
   * Begins anew: an engine hands out the whole log of a container each time it is asked.
   * @param warn told once of a log that cannot be written: a full disk ends the log, not the job
   */
  static async open(path: string, warn: (error: unknown) => void): Promise<JobLog> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return new JobLog(await open(path, 'w', 0o600), warn);
  }

  /** What the pipeline has printed. Resolves as soon as more can be taken. */
  async add(line: string): Promise<void> {
    this.#last.push(line.slice(0, keptLineLength));
    if (this.#last.length > keptLines) this.#last.shift();
    await this.note(line);
  }

  /** What is told before the pipeline speaks: it explains none of its ends. Resolves as soon as more can be taken. */
  async note(line: string): Promise<void> {
    if (this.#failed || this.#bytes > maxBytes) return;
    this.#bytes += Buffer.byteLength(line) + 1;
    this.#held += this.#bytes > maxBytes ? 'The rest of the log is left out: it is too long.\n' : `${line}\n`;
    if (this.#held.length > heldBytes) await this.#write();
    else this.#timer ??= setTimeout(() => void this.#write(), heldMs);
  }

  /** The last lines of the pipeline that say something. */
  get last(): string {
    return this.#last
      .filter((line) => line.trim() !== '')
      .slice(-3)
      .join(' / ');
  }

  async close(): Promise<void> {
    await this.#write();
    // What is on no disk yet may come to light only here.
    await this.#file.close().catch((error: unknown) => {
      if (!this.#failed) this.#warn(error);
    });
  }

  #write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(async () => {
      const text = this.#held;
      this.#held = '';
      if (text === '' || this.#failed) return;
      try {
        await this.#file.appendFile(text);
      } catch (error) {
        this.#failed = true;
        this.#warn(error);
      }
    });
    return this.#writing;
  }
}
