import type { Failure } from '../core/model/job.ts';
import type { JobView } from '../core/protocol/views.ts';

/** A job as `--json` shows it. */
export function jobJson(job: JobView): object {
  const { id, status, address, progress, step } = job;
  const { waiting } = job;
  return {
    ...{ id, status, address, pipeline: job.pipeline.id, progress, step },
    ...(waiting === undefined ? {} : { waiting }),
    error: job.error ?? null,
  };
}

/** A recorded take as `--json` shows it; the path is relative to the project. */
export function takeJson(job: JobView): object {
  return {
    address: job.address,
    take: job.take?.number,
    path: job.take?.path,
    jobId: job.id,
    pipeline: job.pipeline.id,
    fallback: job.fallback ?? null,
  };
}

/** A job that made no take, as `--json` shows it. */
export function failedJson(job: JobView): object {
  return { address: job.address, jobId: job.id, error: failureOf(job) };
}

const unfinished: Failure = {
  code: 'interrupted',
  message: 'The command was stopped while the job could not be cancelled, so it is kept in the queue.',
  hint: 'Run "auteur jobs" to see it; "auteur worker --once" finishes it.',
};

/** Why a job made no take. */
export function failureOf(job: JobView): Failure {
  if (job.error !== undefined) return job.error;
  if (!isEnded(job)) return unfinished;
  return { code: 'cancelled', message: 'The job was cancelled.', hint: 'Generate again to make the take.' };
}

export function isEnded(job: JobView): boolean {
  return job.status !== 'pending' && job.status !== 'running';
}
