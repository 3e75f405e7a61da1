import type { JobRequest } from '../../src/core/model/job.ts';
import { aJob } from './aJob.ts';

/** A job that needs a card on which a ComfyUI server works: what it has started there is not looked at. */
export function aServerJob(fields: Partial<Record<keyof JobRequest, unknown>> = {}): JobRequest {
  const workflow = { 1: { class_type: 'EmptyImage', inputs: {} } };
  const definition = { kind: 'comfyui', server: 'http://127.0.0.1:8188', workflow, inputs: {}, vramGb: 8 };
  return aJob({ pipeline: { id: 'comfy', kind: 'comfyui', version: '1' }, definition, ...fields });
}

/** A job that needs a card with so much memory. */
export function aCardJob(vramGb = 8, fields: Partial<Record<keyof JobRequest, unknown>> = {}): JobRequest {
  return aJob({
    pipeline: { id: 'studio', kind: 'container', version: 'sha256:1' },
    definition: { kind: 'container', image: 'studio/flux:1', vramGb },
    ...fields,
  });
}
