import * as z from 'zod';

const Failure = z.strictObject({ code: z.string(), message: z.string(), hint: z.string().optional() });

const Fallback = z.strictObject({ from: z.string(), reason: z.string() });

/** The shapes of `--json`, to the key. */
export const NewReply = z.strictObject({
  project: z.strictObject({ id: z.string(), name: z.string(), path: z.string() }),
});

export const ListReply = z.object({
  workspace: z.string(),
  projects: z.array(z.looseObject({ path: z.string() })),
});

export const ShowShotReply = z.object({
  shot: z.looseObject({ address: z.string() }),
  takes: z.array(z.looseObject({ number: z.int(), media: z.string() })),
});

export const AddReply = z.strictObject({ address: z.string(), id: z.string() });

export const GenerateReply = z.strictObject({
  takes: z.array(
    z.strictObject({
      address: z.string(),
      take: z.int().positive(),
      path: z.string(),
      jobId: z.string(),
      pipeline: z.string(),
      fallback: Fallback.nullable(),
    }),
  ),
  failed: z.array(z.strictObject({ address: z.string(), jobId: z.string(), error: Failure })),
});

const Device = z.strictObject({
  id: z.string(),
  name: z.string(),
  vramGb: z.number(),
  freeGb: z.number().optional(),
  heldBy: z.string().optional(),
});

export const DryRunReply = z.strictObject({
  plan: z.array(
    z.strictObject({
      address: z.string(),
      take: z.int().positive(),
      path: z.string(),
      quality: z.string(),
      pipeline: z.string(),
      kind: z.string(),
      version: z.string(),
      image: z.string().nullable(),
      digest: z.string().nullable(),
      device: Device.nullable(),
      devices: z.array(Device).nullable(),
      fallback: Fallback.nullable(),
      seed: z.int().nullable(),
      prompt: z.string(),
      negative: z.string(),
      parameters: z.record(z.string(), z.json()),
    }),
  ),
});

const Queue = z.strictObject({
  paused: z.boolean(),
  running: z.int(),
  waiting: z.int(),
  remainingMs: z.int().optional(),
});

export const JobsReply = z.strictObject({
  jobs: z.array(
    z.strictObject({
      id: z.string(),
      status: z.enum(['pending', 'running', 'completed', 'error', 'cancelled']),
      address: z.string(),
      pipeline: z.string(),
      progress: z.number().min(0).max(1),
      step: z.string(),
      waiting: z.string().optional(),
      error: Failure.nullable(),
    }),
  ),
  queue: Queue.optional(),
});

export const ValidateReply = z.strictObject({
  ok: z.boolean(),
  problems: z.array(z.strictObject({ path: z.string(), code: z.string(), message: z.string() })),
});

export const ErrorReply = z.strictObject({ error: Failure });

export const ShowPromptReply = z.strictObject({
  address: z.string(),
  prompt: z.record(z.enum(['direct', 'identity', 'aesthetic', 'context', 'negative', 'text']), z.string()),
  spans: z.array(
    z.strictObject({
      part: z.string(),
      text: z.string(),
      source: z.looseObject({ kind: z.string() }).optional(),
    }),
  ),
});

export const EditReply = z.strictObject({
  changed: z.boolean(),
  summary: z.string(),
  nodes: z.array(z.strictObject({ address: z.string(), id: z.string(), from: z.string().optional() })),
});
