import * as z from 'zod/mini';
import { JobId } from '../model/ids.ts';
import type { JobView } from './views.ts';

/** What the Progress page may ask. It is untrusted input: parsed on the host. */
export const FromProgressPage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('cancelJob'), jobId: JobId }),
  z.object({ type: z.literal('cancelBatch'), jobId: JobId }),
  z.object({ type: z.literal('moveToTop'), jobId: JobId }),
  z.object({ type: z.literal('retryJob'), jobId: JobId }),
  z.object({ type: z.literal('showLog'), jobId: JobId }),
  z.object({ type: z.literal('resumeQueue') }),
  z.object({ type: z.literal('openTake'), jobId: JobId }),
  z.object({ type: z.literal('newProject') }),
]);
export type FromProgressPage = z.infer<typeof FromProgressPage>;

/** Words the page shows, translated by the host. `{name}` stands for a value the page fills in. */
export type ProgressWords = Readonly<Record<ProgressWord, string>>;
export type ProgressWord =
  | 'running'
  | 'waiting'
  | 'finished'
  | 'empty'
  | 'newProject'
  | 'cancel'
  | 'cancelOf'
  | 'cancelBatch'
  | 'moveToTop'
  | 'moveToTopOf'
  | 'retry'
  | 'retryOf'
  | 'showLog'
  | 'showLogOf'
  | 'paused'
  | 'resume'
  | 'later'
  | 'open'
  | 'openOf'
  | 'take'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'commitPending'
  | 'fallback'
  | 'earlier'
  | 'progressOf'
  | 'previewOf'
  | 'announceDone'
  | 'announceFailed'
  | 'announceCancelled';

export type ToProgressPage =
  | { readonly type: 'words'; readonly words: ProgressWords }
  | { readonly type: 'previews'; readonly previews: JobPictures }
  | ProgressSnapshot;

/** The newest look at each job that runs and has one, by the job's id: an address that the page may load. */
export type JobPictures = Readonly<Record<string, string>>;

export interface ProgressSnapshot {
  readonly type: 'jobs';
  /** What runs, the first of what waits in the order in which it is to run, and what finished last, newest first. */
  readonly jobs: readonly JobView[];
  /** How many more wait. */
  readonly later: number;
  /** Jobs that were asked for at once, and of which several are open. */
  readonly batches: readonly BatchView[];
  /** Nothing new is begun. */
  readonly paused: boolean;
  /** How long all that is open will take, in words; absent where that is not known. */
  readonly remaining?: string;
  /** How many finished jobs are not among them. */
  readonly earlier: number;
  /** Without a project the page offers to make one. */
  readonly hasProjects: boolean;
  /** Why the queue cannot be read, and the next step. */
  readonly problem?: string;
}

export interface BatchView {
  readonly id: string;
  /** What it is, in words: how many takes of how many shots. */
  readonly label: string;
}
