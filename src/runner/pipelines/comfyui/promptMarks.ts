import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { AuteurError, systemCode, toFailure } from '../../../core/errors.ts';
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
   * @returns how often the server has taken it by now
   */
  post(job: JobId, server: string, prompt: OwnPrompt): Promise<number> {
    return this.#write(job, server, prompt, 0);
  }

  /** The server has it. A look for leftovers that came before that may have removed the mark. */
  async taken(job: JobId, server: string, prompt: OwnPrompt): Promise<void> {
    await this.#write(job, server, prompt, 1);
  }

  async #write(job: JobId, server: string, { id, mark }: OwnPrompt, more: 0 | 1): Promise<number> {
    const known = (await this.#read(job))?.prompts ?? [];
    const isIt = (one: OwnPrompt): boolean => one.id === id && one.mark === mark;
    const posts = more + (known.find(isIt)?.posts ?? 0);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const prompts = [...known.filter((one) => !isIt(one)), { id, mark, posts }];
    const marked: Mark = { server, since: Date.now(), prompts };
    await writeFileAtomic(this.#fileOf(job), formatJson(marked));
    return posts;
  }

  /** Stops what jobs have left at a server that ended while nobody could: a killed program, a server that was away. */
  async sweep(outcome: (id: JobId) => Outcome, { graceMs, log }: StopNeeds): Promise<void> {
    const left = await this.#left(outcome, log);
    const servers = new Set(left.map(({ server }) => server));
    const stopAll = async (server: string): Promise<void> => {
      for (const mark of left.filter((one) => one.server === server)) {
        const reason = await stopMarked(mark, graceMs);
        if (reason === undefined) {
          if (await this.#forget(mark.job, log)) log(`Nothing of job ${mark.job} is left at ${server}.`);
          // What other jobs have left is where this is.
        } else if (reason.code === 'comfyui-not-running') return;
      }
    };
    await Promise.all([...servers].map(stopAll));
  }

  /**
   * Stops the prompts of a job, if it has any; what cannot be stopped or tidied up now, the next sweep.
   * @returns whether none of them is at its server any more
   */
  async stop(job: JobId, { graceMs, log }: StopNeeds): Promise<boolean> {
    const mark = await this.#readable(job, log);
    if (mark === undefined) return true;
    if (mark === 'unreadable') return false;
    const reason = await stopMarked(mark, graceMs);
    if (reason === undefined) await this.#forget(job, log);
    else log(`What job ${job} has at ${mark.server} could not be stopped yet: ${toFailure(reason).message}`);
    return reason === undefined;
  }

  async #left(outcome: (id: JobId) => Outcome, log: StopNeeds['log']): Promise<readonly Marked[]> {
    const left: Marked[] = [];
    for (const name of await readFolder(this.#folder)) {
      const job = JobId.safeParse(name).data;
      if (job === undefined || !hasEnded(outcome(job))) continue;
      const mark = await this.#readable(job, log);
      if (mark === undefined || mark === 'unreadable') continue;
      if (Date.now() - mark.since > forgottenMs) await this.#forget(job, log);
      else left.push({ ...mark, job });
    }
    return left;
  }

  async #remove(job: JobId): Promise<void> {
    await rm(this.#fileOf(job), { force: true });
  }

  /** A disk that keeps a mark changes nothing about the take. */
  async #forget(job: JobId, log: StopNeeds['log']): Promise<boolean> {
    try {
      await this.#remove(job);
      return true;
    } catch (error) {
      log(`The mark of job ${job} could not be removed yet: ${toFailure(error).message}`);
      return false;
    }
  }

  async #readable(job: JobId, log: StopNeeds['log']): Promise<Mark | 'unreadable' | undefined> {
    try {
      return await this.#read(job);
    } catch (error) {
      log(`What job ${job} has at ComfyUI cannot be told now: ${toFailure(error).message}`);
      return 'unreadable';
    }
  }

  /** Undefined where there is none, or none that says anything; what cannot be read now may be another time. */
  async #read(job: JobId): Promise<Mark | undefined> {
    try {
      return (await readOwnJsonFile(this.#fileOf(job), Mark)).value;
    } catch (error) {
      if (!AuteurError.is(error, 'file-unreadable')) throw error;
      const { cause } = error;
      if (systemCode(cause) === 'ENOENT') return undefined;
      // Whether it is UTF-8 is not for the system to say.
      if (cause !== undefined && !(cause instanceof TypeError)) throw error;
      await this.#remove(job);
      return undefined;
    }
  }

  #fileOf(job: JobId): string {
    return join(this.#folder, job);
  }
}

/** Why they may still be there; undefined where they are gone. */
async function stopMarked({ server, prompts }: Mark, graceMs: number): Promise<AuteurError | undefined> {
  try {
    if (await stopPrompts(new ComfyuiServer(server), prompts, graceMs)) return undefined;
    const action = 'interrupt a workflow';
    return new AuteurError('comfyui-refused', { server, action, reason: 'its node goes on.' });
  } catch (error) {
    if (!AuteurError.is(error)) throw error;
    return error;
  }
}
