import { AuteurError } from '../errors.ts';
import { isActive } from './jobState.ts';
import type { JobView } from './views.ts';

/** Why there is no log of a job, and where to look instead. */
export function missingLog(job: JobView): AuteurError {
  const data = { id: job.id.slice(0, 8) };
  if (job.pipeline.kind === 'storyboard') return new AuteurError('job-log-storyboard', data);
  if (job.pipeline.kind === 'comfyui') return new AuteurError('job-log-comfyui', data);
  return new AuteurError(isActive(job) ? 'job-log-not-yet' : 'job-log-none', data);
}
