import type { ShotId } from '../model/ids.ts';
import type { JobRequest } from '../model/job.ts';
import type { CompositePrompt } from '../model/prompt.ts';
import type { Quality } from '../model/quality.ts';
import type { Fallback, PipelineRef } from '../model/take.ts';

/** A take as it would be made, if it were asked for now. */
export interface PlannedTake {
  readonly shotId: ShotId;
  readonly address: string;
  /** The number it gets where nothing else is asked for in between. */
  readonly number: number;
  /** Relative to the project; without its ending where only the pipeline knows that. */
  readonly output: string;
  readonly quality: Quality;
  readonly pipeline: PipelineRef;
  /** Of a container, what it runs. */
  readonly image?: string;
  /** Of the image, where it is on this machine; else it is fetched when the take is made. */
  readonly digest?: string;
  /** The cards it may run on, the first that is free of them; absent where it needs none. */
  readonly devices?: readonly PlannedDevice[];
  readonly fallback?: Fallback;
  /** Absent where it is drawn at random when the take is asked for. */
  readonly seed?: number;
  readonly prompt: CompositePrompt;
  readonly parameters: JobRequest['parameters'];
}

export interface PlannedDevice {
  readonly id: string;
  readonly name: string;
  readonly vramGb: number;
  /** What is free of it now, where that can be told. */
  readonly freeGb?: number;
  /** The shot whose job holds it now. */
  readonly heldBy?: string;
}
