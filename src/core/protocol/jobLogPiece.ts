import type { JobView } from './views.ts';

/** A piece of what a job has printed. */
export interface JobLogPiece {
  readonly job: JobView;
  /** Where all of it is; missing where nothing was printed. */
  readonly file?: string;
  /** In bytes; another than was asked for where the log began anew, or where its beginning is left out. */
  readonly from: number;
  /** Where the next piece begins; the same where there is no more yet. */
  readonly next: number;
  /** Whole lines, in which nothing drives a terminal. */
  readonly text: string;
}
