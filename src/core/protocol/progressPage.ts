import * as z from 'zod/mini';
import { JobId } from '../model/ids.ts';
import type { JobView } from './views.ts';

/** What the Progress page may ask. It is untrusted input: parsed on the host. */
export const FromProgressPage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('cancelJob'), jobId: JobId }),
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
  | 'announceDone'
  | 'announceFailed'
  | 'announceCancelled';

export type ToProgressPage = { readonly type: 'words'; readonly words: ProgressWords } | ProgressSnapshot;

export interface ProgressSnapshot {
  readonly type: 'jobs';
  /** Everything that runs or waits, and what finished last; newest first. */
  readonly jobs: readonly JobView[];
  /** How many finished jobs are not among them. */
  readonly earlier: number;
  /** Without a project the page offers to make one. */
  readonly hasProjects: boolean;
  /** Why the queue cannot be read, and the next step. */
  readonly problem?: string;
}
