import * as z from 'zod';
import { JobId, ProjectId, SceneId, ShotId } from './ids.ts';
import { Panel } from './panel.ts';
import { PipelineDefinition, PipelineOrigin } from './pipelineDefinition.ts';
import { CompositePrompt } from './prompt.ts';
import { Quality } from './quality.ts';
import { RelativePath } from './relativePath.ts';
import { Fallback, FileName, InputFile, MediaFile, PipelineRef } from './take.ts';

/** One request to make one take, with everything resolved: whoever runs it needs no settings of who asked. */
export const JobRequest = z.object({
  id: JobId,
  projectId: ProjectId,
  projectRoot: z.string().min(1),
  sceneId: SceneId,
  shotId: ShotId,
  address: z.string(),
  folder: RelativePath,
  filePrefix: FileName.meta({ description: 'Start of the take file names, e.g. S01_S02.' }),
  pipeline: PipelineRef,
  /** How the pipeline is run; absent where it is part of Auteur. */
  definition: z.optional(PipelineDefinition),
  /** Whose definition it is: that of a workspace runs what the user has allowed, and nothing else. */
  origin: z.optional(PipelineOrigin),
  /** Megabytes of graphics memory of this machine, where that is not what the definition says. */
  vramMb: z.int().nonnegative().optional(),
  fallback: Fallback.optional(),
  quality: Quality,
  seed: z.int().nonnegative().max(0xffff_ffff),
  parameters: z.record(z.string(), z.json()),
  prompt: CompositePrompt,
  panel: Panel,
  /** The take whose recipe it is to be made with. */
  recipeOf: z.optional(JobId),
  submitted: z.iso.datetime(),
});
export type JobRequest = z.infer<typeof JobRequest>;

export const JobStatus = z.enum(['pending', 'running', 'completed', 'error', 'cancelled']);
export type JobStatus = z.infer<typeof JobStatus>;

/** What is shown of an error: a sentence, and the next step. */
export const Failure = z.object({ code: z.string(), message: z.string(), hint: z.string().optional() });
export type Failure = z.infer<typeof Failure>;

/** What one attempt left in the outbox; renamed in last, so its presence says the attempt is complete. */
export const AttemptResult = z.object({
  job: JobRequest,
  attempt: z.int().positive(),
  /** Present where the take's number is drawn into the picture and must be the one that is recorded. */
  drawnTakeNumber: z.int().positive().optional(),
  /** What made it, where that was not known when the job was accepted. */
  pipelineVersion: z.string().min(1).optional(),
  files: z.array(MediaFile).min(1),
  inputs: z.array(InputFile).default([]),
  started: z.iso.datetime(),
  finished: z.iso.datetime(),
  host: z.object({ name: z.string(), platform: z.string(), auteur: z.string() }),
});
export type AttemptResult = z.infer<typeof AttemptResult>;

/** Whether a recorded take is in Git yet. */
export const CommitState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('committed') }),
  z.object({ state: z.literal('pending'), reason: z.string().optional(), hint: z.string().optional() }),
]);
export type CommitState = z.infer<typeof CommitState>;
