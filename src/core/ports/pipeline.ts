import type { JobRequest } from '../model/job.ts';
import type { InputFile, MediaFile, PipelineRef } from '../model/take.ts';

/**
 * Why a run is to end, as the reason of its signal: its job was cancelled, so that whatever it started must end too; or
 * the job goes on elsewhere, and what it started may run on until the next attempt rejoins it.
 */
export class RunEnd extends Error {
  readonly why: 'cancelled' | 'handed-back';

  constructor(why: RunEnd['why']) {
    super(why === 'cancelled' ? 'The job was cancelled.' : 'The job goes on elsewhere.');
    this.why = why;
  }
}

/** A run has ended, for the reason that is its cause; what it has started could not be ended, and may go on. */
export class LeftBehind extends Error {
  constructor(reason: unknown) {
    super('What it has started may go on.', { cause: reason });
  }
}

export interface PipelineProgress {
  /** 0..1 */
  readonly progress: number;
  readonly step: string;
}

export interface PipelineRun {
  readonly job: JobRequest;
  /** Grows each time the job is taken up. */
  readonly attempt: number;
  /** The number the take will most likely get. */
  readonly takeNumber: number;
  /** An existing, empty folder: everything the pipeline makes goes here. */
  readonly outputDir: string;
  /** The card this attempt may use, by its id; absent where the job needs none. */
  readonly device?: string;
  /** Its reason is a `RunEnd`. */
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
  readonly codec?: string;
  readonly use?: MediaFile['use'];
}

export interface PipelineOutput {
  /** The media file first, then extra files. */
  readonly files: readonly PipelineFile[];
  /** Every file of the project that the output was made from, as it was read. */
  readonly inputs?: readonly InputFile[];
  /** True where the take number is part of the picture: it must then be the number that is recorded. */
  readonly drawsTakeNumber: boolean;
  /** What made it, where that was not known before: the digest of an image that had to be fetched. */
  readonly version?: string;
  /** Called when the output is safe: what is left of the run can go. */
  readonly onKept?: () => Promise<void>;
}

/** A way to make a take. It knows nothing of the queue: it runs until done, or until the signal says stop. */
export interface Pipeline {
  readonly ref: PipelineRef;
  run(run: PipelineRun): Promise<PipelineOutput>;
}
