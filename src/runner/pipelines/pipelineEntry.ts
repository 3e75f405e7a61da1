import type { AuteurError } from '../../core/errors.ts';
import type { PipelineDefinition, PipelineOrigin } from '../../core/model/pipelineDefinition.ts';
import type { JobId } from '../../core/model/ids.ts';
import type { KeptCards, Outcome } from '../../core/ports/jobQueue.ts';
import type { Fallback, PipelineRef } from '../../core/model/take.ts';
import type { Pipeline } from '../../core/ports/pipeline.ts';
import type { PipelineFolder } from '../../core/storage/pipelineFiles.ts';
import type { RunnerConfig } from '../runnerConfig.ts';
import { nodeTypes, type AllowedPipelines } from './allowedPipelines.ts';

/** One way to run the definitions of a kind. */
export interface Engine {
  /** Tidies up after jobs that ended while nobody could, until the signal says that nobody has time for it. */
  sweep(outcome: (id: JobId) => Outcome, signal: AbortSignal): Promise<void>;
  /** Looks after what it has started for jobs that nobody runs now, where it can tell what runs. */
  readonly lookAfter?: (kept: KeptCards) => Promise<void>;
  /** The pipeline that runs a definition. */
  pipeline(ref: PipelineRef, definition: PipelineDefinition): Pipeline;
  /** The digest of what a definition names now: an image, a workflow. */
  version(definition: PipelineDefinition): Promise<string>;
  /** Megabytes that it wants of a card of this machine, where that is not what the definition says. */
  vramMb(definition: PipelineDefinition): Promise<number | undefined>;
  /** The image that a definition names, where it runs one that is here. */
  image(definition: PipelineDefinition): Promise<ImageHere | undefined>;
  /** Why it cannot run here now, but for an image that is not here; undefined where it can. */
  obstacle(id: string, definition: PipelineDefinition): Promise<AuteurError | undefined>;
}

/** An image of this machine. */
export interface ImageHere {
  /** The digest of what it holds. */
  readonly id: string;
  readonly bytes: number;
}

export interface ChosenPipeline {
  readonly pipeline: PipelineRef;
  readonly definition?: PipelineDefinition;
  readonly origin?: PipelineOrigin;
  readonly vramMb?: number;
  readonly fallback?: Fallback;
}

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
  /** The folder with what the images of Auteur's own pipelines are built from. */
  readonly shipped: string;
  readonly config: RunnerConfig;
  readonly allowed: AllowedPipelines;
}

export interface CatalogueContents {
  readonly entries: readonly PipelineEntry[];
  /** Files that define none; they hide no other. */
  readonly problems: PipelineFolder['problems'];
}

/** What a definition makes this machine run, in words and on one line: first of all what does the work. */
export function whatRuns(definition: PipelineDefinition): string {
  return whatWorks(definition).join(' ').replace(/\s+/g, ' ');
}

function whatWorks(definition: PipelineDefinition): readonly string[] {
  switch (definition.kind) {
    case 'container': {
      const { build, image, command = [] } = definition;
      const built = build === undefined ? [] : [`the build of ${build.context}/Dockerfile and`];
      return [...built, 'the image', image, ...command];
    }
    case 'comfyui':
      return ['on the ComfyUI server', definition.server, 'a workflow of', nodeTypes(definition).join(', ')];
  }
}
