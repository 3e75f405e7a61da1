import type { JobView } from './views.ts';

export function isActive(job: JobView): boolean {
  return job.status === 'running' || job.status === 'pending';
}

/** Whole percent, and never 100 before the job is done. */
export function percent(job: JobView): number {
  const value = Math.floor(job.progress * 100);
  return job.status === 'completed' ? 100 : Math.min(99, Math.max(0, value));
}

/** It has ended, and its take is committed or known not to be. */
export function isSettled(job: JobView): boolean {
  if (job.status === 'error' || job.status === 'cancelled') return true;
  const commit = job.take?.commit;
  return job.status === 'completed' && (commit?.state === 'committed' || commit?.reason !== undefined);
}

/** Whether what makes its take prints anything that is kept. */
export function printsLog({ pipeline }: Pick<JobView, 'pipeline'>): boolean {
  return pipeline.kind === 'container';
}
