import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toFailure } from '../../../core/errors.ts';
import type { JobId } from '../../../core/model/ids.ts';

const pauseMs = 400;
const mostBytes = 8 * 1024 * 1024;

/** Where the newest look at a running job is: a JPEG, or whatever picture its pipeline sends. */
export function previewFileOf(home: string, job: JobId): string {
  return join(home, 'previews', `${job}.jpg`);
}

/** Keeps the newest preview of one running job; one that comes too soon waits, and gives way to a newer one. */
export class PreviewFile {
  readonly #path: string;
  readonly #warn: (line: string) => void;
  #next: Uint8Array | undefined;
  #writing: Promise<void> | undefined;
  #pause: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(path: string, warn: (line: string) => void) {
    this.#path = path;
    this.#warn = warn;
  }

  show(image: Uint8Array): void {
    if (this.#closed || image.length === 0 || image.length > mostBytes) return;
    this.#next = image;
    if (this.#writing === undefined && this.#pause === undefined) this.#write();
  }

  /** @param keep whether the job goes on elsewhere */
  async close(keep: boolean): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#pause);
    await this.#writing;
    if (!keep) await rm(this.#path, { force: true }).catch(this.#tell);
  }

  #write(): void {
    const image = this.#next;
    this.#next = undefined;
    if (image === undefined || this.#closed) return;
    this.#writing = this.#put(image)
      .catch(this.#tell)
      .finally(() => {
        this.#writing = undefined;
        if (this.#closed) return;
        this.#pause = setTimeout(() => {
          this.#pause = undefined;
          this.#write();
        }, pauseMs);
      });
  }

  async #put(image: Uint8Array): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    await writeFile(`${this.#path}.new`, image, { mode: 0o600 });
    await rename(`${this.#path}.new`, this.#path);
  }

  /** A look that cannot be kept changes nothing about the take. */
  readonly #tell = (error: unknown): void => {
    this.#warn(`A preview was not kept: ${toFailure(error).message}`);
  };
}
