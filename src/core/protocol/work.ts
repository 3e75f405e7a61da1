import * as z from 'zod';

const root = z.string().min(1);

/** Work on a whole project that may take longer, as every face asks for it: it shows progress and can be cancelled. */
export const WorkRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exportFrames'), root }),
  z.object({ kind: z.literal('exportCsv'), root }),
]);
export type WorkRequest = z.infer<typeof WorkRequest>;
export type WorkKind = WorkRequest['kind'];

export type WorkResult =
  | {
      readonly kind: 'exportFrames';
      readonly path: string;
      readonly frames: number;
      readonly without: readonly string[];
    }
  | { readonly kind: 'exportCsv'; readonly path: string; readonly shots: number };

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
  | 'mending';

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
