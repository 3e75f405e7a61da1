import type { JobId } from '../model/ids.ts';
import type { CommitState } from '../model/job.ts';

/** A take that has got another number. */
export interface Renumbered {
  /** Folder of its shot, relative to the project. */
  readonly folder: string;
  readonly id: JobId;
  readonly from: number;
  readonly to: number;
}

export interface FixedTakes {
  readonly renumbered: readonly Renumbered[];
  /** True where a merge is under way, which is the user's to commit. */
  readonly merging: boolean;
  /** Where the studio commits its edits: whether it did. */
  readonly commit?: CommitState;
}
