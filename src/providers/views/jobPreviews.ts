import { stat } from 'node:fs/promises';
import path from 'node:path';
import { previewName } from '../../core/domain/previews.ts';
import { systemCode } from '../../core/errors.ts';
import type { Disposable } from '../../core/events.ts';
import type { JobId } from '../../core/model/ids.ts';

export interface JobPreviewsNeeds {
  /** Where whoever runs a job keeps its newest preview. */
  readonly folder: string;
  /** The jobs whose previews are in sight now. */
  running(): readonly JobId[];
  /** Told each time one is new, and when one is gone. */
  show(previews: readonly JobPreview[]): void;
  log(line: string): void;
}

export interface JobPreview {
  readonly job: JobId;
  readonly file: string;
  /** Another for each picture. */
  readonly version: string;
}

/** Looked at four times a second, and only while a job runs and is in sight. */
const lookMs = 250;

/**
 * The previews of jobs that run, in this process or in another: they are files, because the queue of the machine would
 * carry every picture to everybody.
 */
export class JobPreviews implements Disposable {
  readonly #needs: JobPreviewsNeeds;
  #shown = '[]';
  #isLooking = false;
  #timer: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(needs: JobPreviewsNeeds) {
    this.#needs = needs;
  }

  /** To be called where more jobs may be in sight; it goes on by itself. */
  wake(): void {
    if (this.#isLooking || this.#timer !== undefined || this.#disposed) return;
    if (this.#needs.running().length === 0 && this.#shown === '[]') return;
    this.#isLooking = true;
    void this.#look();
  }

  /** Who is shown them has forgotten what it was shown. */
  forget(): void {
    this.#shown = '[]';
    this.wake();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const found = await Promise.all(this.#needs.running().map((job) => this.#previewOf(job)));
    this.#isLooking = false;
    if (this.#disposed) return;
    const previews = found.filter((preview) => preview !== undefined);
    const shown = JSON.stringify(previews);
    if (shown !== this.#shown) this.#needs.show(previews);
    this.#shown = shown;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.wake();
    }, lookMs);
  }

  async #previewOf(job: JobId): Promise<JobPreview | undefined> {
    const file = path.join(this.#needs.folder, previewName(job));
    try {
      const { mtimeMs, size } = await stat(file);
      return { job, file, version: `${mtimeMs}-${size}` };
    } catch (error) {
      if (!['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? ''))
        this.#needs.log(`The preview of job ${job} cannot be read: ${String(error)}`);
      return undefined;
    }
  }
}
