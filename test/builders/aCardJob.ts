import type { JobRequest } from '../../src/core/model/job.ts';
import { aJob } from './aJob.ts';

/** A job that needs a card with so much memory. */
export function aCardJob(vramGb = 8, fields: Partial<Record<keyof JobRequest, unknown>> = {}): JobRequest {
  return aJob({
    pipeline: { id: 'studio', kind: 'container', version: 'sha256:1' },
    definition: { kind: 'container', image: 'studio/flux:1', vramGb },
    ...fields,
  });
}
