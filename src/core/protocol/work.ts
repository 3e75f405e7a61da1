import * as z from 'zod';
import { JobId } from '../model/ids.ts';
import type { CommitState } from '../model/job.ts';
import type { DoctorCheck, Problem, ProjectSummary } from './views.ts';

const root = z.string().min(1);

/** Work on a whole project that may take longer, as every face asks for it: it shows progress and can be cancelled. */
export const WorkRequest = z.discriminatedUnion('kind', [
  /** Commits the film's text and its recorded takes, nothing else. */
  z.object({ kind: z.literal('commit'), root, message: z.string().trim().min(1).max(10_000) }),
  z.object({
    kind: z.literal('push'),
    root,
    /** Makes the branch at the remote where it has none there yet. */
    publish: z.boolean().optional(),
  }),
  /** Fetches media that are only there as LFS pointers, and brings back files of takes that are gone. */
  z.object({
    kind: z.literal('download'),
    root,
    /** Chapters, scenes or shots; none, where no assets are named either, means the whole film. */
    addresses: z.array(z.string()),
    /** Assets by name or id, with all their files. */
    assets: z.array(z.string()).optional(),
    /** Only these takes. */
    takes: z.array(JobId).optional(),
  }),
  /** Sets up what Git LFS needs in the project; what is the user's own is left. */
  z.object({ kind: z.literal('mend'), root }),
  /** Commits media that lie in Git as plain files anew, as LFS objects. */
  z.object({ kind: z.literal('convertMedia'), root }),
  z.object({
    kind: z.literal('duplicate'),
    root,
    name: z.string(),
    /** With the recorded takes, too. */
    takes: z.boolean(),
  }),
  z.object({
    kind: z.literal('trash'),
    root,
    /** The film's name as the user typed it. */
    name: z.string(),
  }),
  z.object({ kind: z.literal('pack'), root, file: z.string().min(1) }),
  z.object({ kind: z.literal('unpack'), file: z.string().min(1), workspace: z.string().min(1) }),
  z.object({ kind: z.literal('exportFrames'), root }),
  z.object({ kind: z.literal('exportCsv'), root }),
  /** Looks at every file of the project. */
  z.object({ kind: z.literal('validate'), root }),
]);
export type WorkRequest = z.infer<typeof WorkRequest>;
export type WorkKind = WorkRequest['kind'];

export type WorkResult =
  | { readonly kind: 'commit'; readonly files: number; readonly commit: CommitState }
  | { readonly kind: 'push'; readonly branch: string; readonly remote: string }
  | { readonly kind: 'download'; readonly files: number }
  | { readonly kind: 'mend'; readonly done: readonly string[]; readonly left: readonly DoctorCheck[] }
  | { readonly kind: 'convertMedia'; readonly files: readonly string[] }
  | { readonly kind: 'duplicate'; readonly project: ProjectSummary }
  | { readonly kind: 'unpack'; readonly project: ProjectSummary }
  | { readonly kind: 'pack'; readonly path: string; readonly bytes: number }
  | { readonly kind: 'trash'; readonly path: string }
  | {
      readonly kind: 'exportFrames';
      readonly path: string;
      readonly frames: number;
      readonly without: readonly string[];
    }
  | { readonly kind: 'exportCsv'; readonly path: string; readonly shots: number }
  | { readonly kind: 'validate'; readonly problems: readonly Problem[] };

/** What is being done; the faces have words for it. */
export type WorkStep =
  | 'reading'
  | 'copying'
  | 'packing'
  | 'unpacking'
  | 'committing'
  | 'uploading'
  | 'pushing'
  | 'downloading'
  | 'mending'
  | 'checking';

export interface WorkProgress {
  readonly step: WorkStep;
  /** How much of `total` is done, in whatever unit; missing where it is not known. */
  readonly done?: number;
  readonly total?: number;
}

/** Progress of one piece of work, by the id its caller gave it. */
export interface WorkNews extends WorkProgress {
  readonly id: string;
}
