import type { JobId } from '../../core/model/ids.ts';
import type { Failure } from '../../core/model/job.ts';
import type { JobView } from '../../core/protocol/views.ts';
import { oneLine } from '../format/text.ts';

/** The jobs whose output is complete and cannot be recorded: why, said once for each reason. */
export class StuckJobs {
  readonly #say: (text: string) => void;
  readonly #said = new Set<string>();
  readonly #reasons = new Map<JobId, Failure>();

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  update(jobs: readonly JobView[]): void {
    for (const { id, status, address, error } of jobs) {
      if (status !== 'running' || error === undefined) continue;
      this.#reasons.set(id, error);
      if (this.#said.has(error.message)) continue;
      this.#said.add(error.message);
      this.#say(
        `${oneLine(`warning: the take of ${address} waits to be recorded: ${error.message}`)}\n${next(error)}`,
      );
    }
  }

  /** A job that was called off while it was stuck tells why it was. */
  told(job: JobView): JobView {
    const reason = this.#reasons.get(job.id);
    if (job.status !== 'cancelled' || reason === undefined) return job;
    const message = `The job was cancelled while its take waited to be recorded: ${reason.message}`;
    return { ...job, error: { ...reason, code: 'cancelled', message } };
  }
}

function next({ hint = '' }: Failure): string {
  return `hint: ${oneLine(`${hint} It goes on waiting, and tries every few seconds by itself.`.trim())}`;
}
