import { isActive } from '../../core/protocol/jobState.ts';
import type { ProgressSnapshot } from '../../core/protocol/progressPage.ts';
import type { JobView } from '../../core/protocol/views.ts';

const shownFinished = 50;

function ended(job: JobView): string {
  return job.finished ?? job.submitted;
}

/** What the page draws: all that is active, and the last of what has finished. */
export function progressSnapshot(jobs: readonly JobView[], hasProjects: boolean): ProgressSnapshot {
  const finished = jobs.filter((job) => !isActive(job)).sort((a, b) => ended(b).localeCompare(ended(a)));
  return {
    type: 'jobs',
    jobs: [...jobs.filter(isActive), ...finished.slice(0, shownFinished)],
    earlier: Math.max(0, finished.length - shownFinished),
    hasProjects,
  };
}
