import type { JobView } from './views.ts';

export function isActive(job: JobView): boolean {
  return job.status === 'running' || job.status === 'pending';
}

/** Whole percent, and never 100 before the job is done. */
export function percent(job: JobView): number {
  const value = Math.floor(job.progress * 100);
  return job.status === 'completed' ? 100 : Math.min(99, Math.max(0, value));
}
