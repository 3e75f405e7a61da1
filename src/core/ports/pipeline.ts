import type { JobRequest } from '../model/job.ts';
import type { InputFile, PipelineRef } from '../model/take.ts';

export interface PipelineProgress {
  /** 0..1 */
  readonly progress: number;
  readonly step: string;
}

export interface PipelineRun {
  readonly job: JobRequest;
  /** The number the take will most likely get. */
  readonly takeNumber: number;
  /** An existing, empty folder: everything the pipeline makes goes here. */
  readonly outputDir: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PipelineProgress) => void;
}

export interface PipelineFile {
  /** Name within the output folder. */
  readonly name: string;
  readonly mediaType: string;
  readonly width?: number;
  readonly height?: number;
  readonly duration?: number;
}

export interface PipelineOutput {
  /** The media file first, then extra files. */
  readonly files: readonly PipelineFile[];
  /** Every file of the project that the output was made from, as it was read. */
  readonly inputs?: readonly InputFile[];
  /** True where the take number is part of the picture: it must then be the number that is recorded. */
  readonly drawsTakeNumber: boolean;
}

/** A way to make a take. It knows nothing of the queue: it runs until done, or until the signal says stop. */
export interface Pipeline {
  readonly ref: PipelineRef;
  run(run: PipelineRun): Promise<PipelineOutput>;
}
