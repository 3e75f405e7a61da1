import type { JobId } from '../model/ids.ts';

/** How the queue of this machine stands. */
export interface QueueView {
  /** Nothing new is begun; what runs goes on. */
  readonly paused: boolean;
  readonly running: number;
  readonly waiting: number;
  /** How long it will take until all is made, as far as earlier takes tell; absent where they tell nothing. */
  readonly remainingMs?: number;
  /** The first of those that wait, in the order in which they are to run, and why each waits. */
  readonly next: readonly WaitingJob[];
}

export interface WaitingJob {
  readonly id: JobId;
  readonly waiting: string;
}

/** Jobs that a user means: named ones, those asked for together with one, those of a project; else every one. */
export interface JobsMeant {
  readonly ids?: readonly JobId[];
  readonly batchOf?: JobId;
  readonly root?: string;
}

/** Where waiting jobs are put: before or after all others, beside one of them, or among those of a priority. */
export type QueuePlace =
  | { readonly to: 'top' | 'end' }
  | { readonly to: 'before' | 'after'; readonly job: JobId }
  | { readonly to: 'priority'; readonly priority: number };

/** The seed with which a failed job is tried again. */
export type RetrySeed = 'same' | 'new';
