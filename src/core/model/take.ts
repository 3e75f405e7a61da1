import * as z from 'zod';
import { JobId, ProjectId, ShotId } from './ids.ts';
import { Panel } from './panel.ts';
import { PipelineDefinition } from './pipelineDefinition.ts';
import { CompositePrompt } from './prompt.ts';
import { PipelineKind, Quality } from './quality.ts';
import { RelativePath } from './relativePath.ts';

export const takeSchemaVersion = 1;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A file name without any path. */
export const FileName = z
  .string()
  .regex(/^[^/\\\0]{1,255}$/)
  .refine((name) => name !== '.' && name !== '..');

export const PipelineRef = z.object({
  id: z.string().min(1),
  kind: PipelineKind,
  version: z.string().min(1).meta({ description: 'Renderer version, image digest or workflow hash.' }),
});
export type PipelineRef = z.infer<typeof PipelineRef>;

/** Why another pipeline than the mapped one made the take. */
export const Fallback = z.object({ from: z.string(), reason: z.string() });
export type Fallback = z.infer<typeof Fallback>;

export const InputFile = z.object({ path: RelativePath, sha256: Sha256 });
export type InputFile = z.infer<typeof InputFile>;

export const MediaFile = z.object({
  name: FileName,
  mediaType: z.string(),
  bytes: z.int().nonnegative(),
  sha256: Sha256,
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
  duration: z.number().positive().optional().meta({ description: 'Seconds, of moving pictures.' }),
  codec: z.string().optional().meta({ description: 'How moving pictures are coded, such as h264.' }),
  use: z
    .enum(['poster'])
    .optional()
    .meta({ description: 'What an extra file is for: a poster is a still of a take that moves.' }),
});
export type MediaFile = z.infer<typeof MediaFile>;

/** The sidecar: everything needed to make the take again. Never rewritten, but for the mark `deleted`. */
export const Take = z
  .looseObject({
    schemaVersion: z.int().positive(),
    id: JobId,
    projectId: ProjectId,
    shotId: ShotId,
    address: z.string(),
    number: z.int().positive(),
    files: z.array(MediaFile).min(1).meta({ description: 'The media file first, then extra files.' }),
    pipeline: PipelineRef,
    definition: z.optional(PipelineDefinition).meta({
      description: 'How the pipeline was run; absent where it is part of Auteur.',
    }),
    fallback: Fallback.optional(),
    quality: Quality,
    seed: z.int().nonnegative(),
    parameters: z.record(z.string(), z.json()),
    prompt: CompositePrompt,
    panel: Panel.optional().meta({ description: 'The shot as it was drawn.' }),
    recipeOf: z.optional(JobId).meta({ description: 'The take whose recipe this one was made with.' }),
    inputs: z.array(InputFile),
    submitted: z.iso.datetime(),
    started: z.iso.datetime(),
    finished: z.iso.datetime(),
    host: z.object({ name: z.string(), platform: z.string(), auteur: z.string() }),
    deleted: z.iso.datetime().optional(),
  })
  .meta({ title: 'Auteur take', description: 'How one take was made.' });
export type Take = z.infer<typeof Take>;

/** The take a shot shows: the chosen one, else the newest that is not rejected. */
export interface ShownTake {
  readonly id: JobId;
  readonly number: number;
  readonly as: 'active' | 'latest';
}
