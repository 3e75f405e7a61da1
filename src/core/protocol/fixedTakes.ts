import type { JobId } from '../model/ids.ts';
import type { CommitState } from '../model/job.ts';
import type { Problem } from './views.ts';

/** A take that has got another number. */
export interface Renumbered {
  /** Folder of its shot, relative to the project. */
  readonly folder: string;
  readonly id: JobId;
  readonly from: number;
  readonly to: number;
}

/** Where in a film two branches want something else. */
export interface MergePlace {
  readonly what: 'film' | 'chapter' | 'scene' | 'shot' | 'beat' | 'asset' | 'file';
  /** An address, a name or a path. */
  readonly name: string;
  /** Of a shot: the number of the take that was judged. */
  readonly take?: number;
}

/** One side's value in words; `take` is a number. */
export type MergeValue =
  { readonly kind: 'nothing' } | { readonly kind: 'take' | 'text'; readonly text: string };

/** What two branches want differently: `here` is what was kept. */
export type MergeNote =
  | {
      readonly kind: 'value';
      readonly place: MergePlace;
      readonly field: string;
      readonly here: MergeValue;
      readonly there: MergeValue;
    }
  /** Removed on one side and changed on the other, so it stays. */
  | {
      readonly kind: 'kept';
      readonly place: MergePlace;
      readonly field: string;
      readonly removed: 'here' | 'there';
    }
  | { readonly kind: 'order'; readonly place: MergePlace; readonly field: string }
  /** Made there under a number that was given here too; `place` is where it is now. */
  | { readonly kind: 'number'; readonly place: MergePlace; readonly from: number; readonly to: number }
  /** Moved to two places: `place` is the one that was kept, `gone` the address at which it was taken out. */
  | { readonly kind: 'twice'; readonly place: MergePlace; readonly gone: string }
  /** An asset that was called `before` there, as another is here, and has got a name and a folder of its own. */
  | { readonly kind: 'apart'; readonly place: MergePlace; readonly before: string; readonly folder: string };

export interface FixedTakes {
  readonly renumbered: readonly Renumbered[];
  /** Texts that both branches have changed, merged by id and staged; relative to the project. */
  readonly merged: readonly string[];
  /** What the user may want to decide otherwise. */
  readonly notes: readonly MergeNote[];
  /** What Git still has unmerged, with the reason. */
  readonly unmerged: readonly Problem[];
  /** The merge, rebase, cherry-pick or revert that is under way, which is the user's to commit. */
  readonly operation?: string;
  /** Where the studio commits its edits: whether it did. */
  readonly commit?: CommitState;
}
