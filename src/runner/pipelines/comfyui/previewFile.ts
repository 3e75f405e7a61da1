import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { previewFolder, previewName } from '../../../core/domain/previews.ts';
import { sniffMedia } from '../../../core/domain/sniffMedia.ts';
import { toFailure } from '../../../core/errors.ts';
import { JobId } from '../../../core/model/ids.ts';
import type { Outcome } from '../../../core/ports/jobQueue.ts';
import { readFolder } from '../../../core/storage/locate.ts';
import { pictureSize } from '../../media/pictureSize.ts';
import { hasEnded } from '../hasEnded.ts';

/** Three a second: what is looked at in passing need not be smoother. */
const pauseMs = 330;
const mostBytes = 8 * 1024 * 1024;
/** A small file may unfold to gigabytes where it is shown. */
const mostPixels = 32_000_000;
const shown = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif']);

/** Where the newest look at a running job is. */
export function previewFileOf(home: string, job: JobId): string {
  return join(home, previewFolder, previewName(job));
}

/** Removes those of jobs that ended while nobody could. */
export async function sweepPreviews(home: string, outcome: (id: JobId) => Outcome): Promise<void> {
  const folder = join(home, previewFolder);
  for (const name of await readFolder(folder)) {
    const job = JobId.safeParse(/^(.+)\.jpg(?:\.new)?$/.exec(name)?.[1]).data;
    if (job !== undefined && hasEnded(outcome(job))) await rm(join(folder, name), { force: true });
  }
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
    if (this.#closed || !canBeShown(image)) return;
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

function canBeShown(image: Uint8Array): boolean {
  if (image.length > mostBytes || !shown.has(sniffMedia(image) ?? '')) return false;
  const { width = 0, height = 0 } = pictureSize(image);
  return width * height <= mostPixels;
}
