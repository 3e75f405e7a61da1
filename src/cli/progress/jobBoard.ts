import type { JobId } from '../../core/model/ids.ts';
import type { JobView } from '../../core/protocol/views.ts';
import { isEnded } from '../jobJson.ts';

/** The newest state of the jobs that are followed. News may arrive late: a job that ended stays ended. */
export class JobBoard {
  readonly #jobs = new Map<JobId, JobView>();

  /** Takes in what is new, and returns the jobs whose status moved. */
  update(jobs: readonly JobView[]): readonly JobView[] {
    return jobs.filter((job) => {
      const known = this.#jobs.get(job.id);
      if (known !== undefined && isOlder(job, known)) return false;
      this.#jobs.set(job.id, job);
      return known?.status !== job.status;
    });
  }

  get jobs(): readonly JobView[] {
    return [...this.#jobs.values()];
  }
}

function isOlder(job: JobView, known: JobView): boolean {
  return isEnded(known) && !isEnded(job);
}
