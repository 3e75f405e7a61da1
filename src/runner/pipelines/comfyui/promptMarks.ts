import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { AuteurError } from '../../../core/errors.ts';
import { JobId } from '../../../core/model/ids.ts';
import type { Outcome } from '../../../core/ports/jobQueue.ts';
import { writeFileAtomic } from '../../../core/storage/atomicFile.ts';
import { formatJson, readOwnJsonFile } from '../../../core/storage/jsonFile.ts';
import { readFolder } from '../../../core/storage/locate.ts';
import { hasEnded } from '../hasEnded.ts';
import { ComfyuiServer } from './comfyuiServer.ts';
import { previewFileOf } from './previewFile.ts';
import { stopPrompt } from './stopPrompt.ts';
import type { Timing } from './timing.ts';

const Mark = z.object({ server: z.string(), prompt: z.string() });
type Mark = z.infer<typeof Mark>;

interface StopNeeds {
  readonly timing: Timing;
  readonly log: (line: string) => void;
}

/** The jobs that have a prompt at a server, one file each in the state folder. */
export class PromptMarks {
  readonly #home: string;
  readonly #folder: string;

  constructor(home: string) {
    this.#home = home;
    this.#folder = join(home, 'comfyui');
  }

  /** Before the prompt is posted: whatever happens then, it is known of. */
  async add(job: JobId, mark: Mark): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFileAtomic(this.#fileOf(job), formatJson(mark));
  }

  async remove(job: JobId): Promise<void> {
    await rm(this.#fileOf(job), { force: true });
  }

  /** Stops what jobs have left at a server that ended while nobody could: a killed program, cancelled by another. */
  async sweep(outcome: (id: JobId) => Outcome, needs: StopNeeds): Promise<void> {
    for (const name of await readFolder(this.#folder)) {
      const job = JobId.safeParse(name);
      if (!job.success || !hasEnded(outcome(job.data))) continue;
      await this.stop(job.data, needs);
      await rm(previewFileOf(this.#home, job.data), { force: true });
    }
  }

  /** Stops the prompt of a job, if it has one; a server that is away has forgotten its queue when it comes back. */
  async stop(job: JobId, { timing, log }: StopNeeds): Promise<void> {
    const mark = await this.#read(job);
    if (mark === undefined) return;
    await stopPrompt(new ComfyuiServer(mark.server), mark.prompt, timing, log);
    await this.remove(job);
  }

  /** Undefined where there is none, or nothing that can be read. */
  async #read(job: JobId): Promise<Mark | undefined> {
    try {
      return (await readOwnJsonFile(this.#fileOf(job), Mark)).value;
    } catch (error) {
      if (!AuteurError.is(error, 'file-unreadable')) throw error;
      await this.remove(job);
      return undefined;
    }
  }

  #fileOf(job: JobId): string {
    return join(this.#folder, job);
  }
}
