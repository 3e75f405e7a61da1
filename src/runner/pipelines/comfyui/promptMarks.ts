import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { AuteurError, toFailure } from '../../../core/errors.ts';
import { JobId } from '../../../core/model/ids.ts';
import type { Outcome } from '../../../core/ports/jobQueue.ts';
import { writeFileAtomic } from '../../../core/storage/atomicFile.ts';
import { formatJson, readOwnJsonFile } from '../../../core/storage/jsonFile.ts';
import { readFolder } from '../../../core/storage/locate.ts';
import { hasEnded } from '../hasEnded.ts';
import { ComfyuiServer } from './comfyuiServer.ts';
import { stopPrompts, type OwnPrompt } from './stopPrompts.ts';

const Mark = z.object({
  server: z.string(),
  /** When the newest of them was posted. */
  since: z.number(),
  prompts: z.array(z.object({ id: z.string(), mark: z.string(), posts: z.int() })),
});
type Mark = z.infer<typeof Mark>;

interface Marked extends Mark {
  readonly job: JobId;
}

export interface StopNeeds {
  readonly graceMs: number;
  readonly log: (line: string) => void;
}

/** A server that was away for so long is asked no more. */
const forgottenMs = 7 * 24 * 60 * 60_000;

/** The jobs that have prompts at a server, one file each in the state folder. */
export class PromptMarks {
  readonly #folder: string;

  constructor(home: string) {
    this.#folder = join(home, 'comfyui');
  }

  /**
   * Before the prompt is posted: whatever happens then, it is known of.
   * @returns how often it was posted, this time included
   */
  async post(job: JobId, server: string, { id, mark }: OwnPrompt): Promise<number> {
    const known = (await this.#read(job))?.prompts ?? [];
    const isIt = (one: OwnPrompt): boolean => one.id === id && one.mark === mark;
    const posts = 1 + (known.find(isIt)?.posts ?? 0);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const prompts = [...known.filter((one) => !isIt(one)), { id, mark, posts }];
    const marked: Mark = { server, since: Date.now(), prompts };
    await writeFileAtomic(this.#fileOf(job), formatJson(marked));
    return posts;
  }

  /** Stops what jobs have left at a server that ended while nobody could: a killed program, a server that was away. */
  async sweep(outcome: (id: JobId) => Outcome, { graceMs, log }: StopNeeds): Promise<void> {
    const left = await this.#left(outcome);
    const servers = new Set(left.map(({ server }) => server));
    const stopAll = async (server: string): Promise<void> => {
      for (const mark of left.filter((one) => one.server === server)) {
        const reason = await this.#stop(mark, graceMs);
        if (reason === undefined) log(`Nothing of job ${mark.job} is left at ${server}.`);
        // What other jobs have left is where this is.
        else if (AuteurError.is(reason, 'comfyui-not-running')) return;
      }
    };
    await Promise.all([...servers].map(stopAll));
  }

  /** Stops the prompts of a job, if it has any; those of a server that does not answer, the next sweep. */
  async stop(job: JobId, { graceMs, log }: StopNeeds): Promise<void> {
    const mark = await this.#read(job);
    if (mark === undefined) return;
    const reason = await this.#stop({ ...mark, job }, graceMs);
    if (reason !== undefined)
      log(`What job ${job} has at ${mark.server} could not be stopped yet: ${toFailure(reason).message}`);
  }

  /** Why they may still be there; undefined where they are gone, and their mark with them. */
  async #stop({ job, server, prompts }: Marked, graceMs: number): Promise<AuteurError | undefined> {
    try {
      if (!(await stopPrompts(new ComfyuiServer(server), prompts, graceMs)))
        return new AuteurError('comfyui-refused', {
          ...{ server, action: 'interrupt a workflow' },
          reason: 'its node goes on.',
        });
      await this.#remove(job);
      return undefined;
    } catch (error) {
      if (!AuteurError.is(error)) throw error;
      return error;
    }
  }

  async #left(outcome: (id: JobId) => Outcome): Promise<readonly Marked[]> {
    const left: Marked[] = [];
    for (const name of await readFolder(this.#folder)) {
      const job = JobId.safeParse(name).data;
      if (job === undefined || !hasEnded(outcome(job))) continue;
      const mark = await this.#read(job);
      if (mark === undefined) continue;
      if (Date.now() - mark.since > forgottenMs) await this.#remove(job);
      else left.push({ ...mark, job });
    }
    return left;
  }

  async #remove(job: JobId): Promise<void> {
    await rm(this.#fileOf(job), { force: true });
  }

  /** Undefined where there is none, or nothing that can be read. */
  async #read(job: JobId): Promise<Mark | undefined> {
    try {
      return (await readOwnJsonFile(this.#fileOf(job), Mark)).value;
    } catch (error) {
      if (!AuteurError.is(error, 'file-unreadable')) throw error;
      await this.#remove(job);
      return undefined;
    }
  }

  #fileOf(job: JobId): string {
    return join(this.#folder, job);
  }
}
