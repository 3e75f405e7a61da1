import type { Failure } from '../../core/model/job.ts';
import type { JobView } from '../../core/protocol/views.ts';
import { oneLine } from '../format/text.ts';
import { failureOf } from '../jobJson.ts';

/** What just happened to a job, in one line without control codes. */
export function jobLine(job: JobView): string {
  return oneLine(`${job.address}  ${happening(job)}`);
}

function happening(job: JobView): string {
  switch (job.status) {
    case 'pending':
      return job.waiting === undefined ? 'waiting' : `waiting: ${job.waiting}`;
    case 'running':
      return `running (${job.pipeline.id})`;
    case 'completed':
      return job.take === undefined ? 'done' : `take ${job.take.number}: ${job.take.path}`;
    case 'error':
      return `failed: ${failure(failureOf(job))}`;
    case 'cancelled':
      return 'cancelled';
  }
}

function failure({ message, hint = '' }: Failure): string {
  return `${message} ${hint}`;
}
