import { AuteurError } from '../../core/errors.ts';
import type { PipelineDefinition } from '../../core/model/pipelineDefinition.ts';
import type { JobId } from '../../core/model/ids.ts';
import type { Outcome } from '../../core/ports/jobQueue.ts';
import type { Fallback, PipelineRef } from '../../core/model/take.ts';
import type { Pipeline } from '../../core/ports/pipeline.ts';
import type { PipelineFolder } from '../../core/storage/pipelineFiles.ts';
import type { RunnerConfig } from '../runnerConfig.ts';
import { nodeTypes, type AllowedPipelines } from './allowedPipelines.ts';

/** One way to run the definitions of a kind. */
export interface Engine {
  /** Tidies up after jobs that ended while nobody could, until the signal says that nobody has time for it. */
  sweep(outcome: (id: JobId) => Outcome, signal: AbortSignal): Promise<void>;
  /** The pipeline that runs a definition. */
  pipeline(ref: PipelineRef, definition: PipelineDefinition): Pipeline;
  /** The digest of what a definition names now: an image, a workflow. */
  version(definition: PipelineDefinition): Promise<string>;
  /**
   * Why it cannot run here now; undefined where it can.
   * @param canFetch whether what is missing may be fetched when it runs
   */
  obstacle(id: string, definition: PipelineDefinition, canFetch: boolean): Promise<AuteurError | undefined>;
}

export interface ChosenPipeline {
  readonly pipeline: PipelineRef;
  readonly definition?: PipelineDefinition;
  readonly fallback?: Fallback;
}

/** Who defined a pipeline: Auteur, the user of this machine, or a file of the workspace. */
export type PipelineOrigin = 'built-in' | 'machine' | 'workspace';

export interface PipelineEntry {
  readonly id: string;
  readonly definition: PipelineDefinition;
  readonly origin: PipelineOrigin;
  readonly file?: string;
}

export interface CatalogueNeeds {
  readonly storyboard: Pipeline;
  readonly engines: Readonly<Record<PipelineDefinition['kind'], Engine>>;
  readonly home: string;
  readonly config: RunnerConfig;
  readonly allowed: AllowedPipelines;
}

export interface CatalogueContents {
  readonly entries: readonly PipelineEntry[];
  /** Files that define none; they hide no other. */
  readonly problems: PipelineFolder['problems'];
}

/** What a definition makes this machine run, in words. */
export function whatRuns(definition: PipelineDefinition): string {
  switch (definition.kind) {
    case 'container':
      return [
        ...(definition.build === undefined
          ? []
          : [`the build of ${definition.build.context}/Dockerfile and`]),
        ...['the image', definition.image, ...(definition.command ?? [])],
      ].join(' ');
    case 'comfyui':
      return `a workflow of ${nodeTypes(definition).join(', ')} on the ComfyUI server ${definition.server}`;
  }
}

export function notAllowed(
  { id, definition }: Pick<PipelineEntry, 'id' | 'definition'>,
  place: string,
): AuteurError {
  return new AuteurError('pipeline-not-allowed', { pipeline: id, what: whatRuns(definition), place });
}
