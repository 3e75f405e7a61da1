/** Where a film stands in Git; the numbers are files, but for `ahead`, `behind` and `unpushed`, which are commits. */
export interface GitStatus {
  /** Missing where no branch is checked out. */
  readonly branch?: string;
  /** What the branch is pushed to; missing where it is nowhere. */
  readonly upstream?: string;
  readonly ahead: number;
  readonly behind: number;
  /** Commits that no remote has. */
  readonly unpushed: number;
  /** Takes that no remote has: in such commits, or not committed at all. */
  readonly unpushedTakes: number;
  /** Text and takes of the film that Commit would take. */
  readonly changed: number;
  /** What else has changed in the folder. */
  readonly others: number;
  /** Recorded takes that wait for their commit. */
  readonly takes: number;
  readonly conflicts: number;
  /** Takes that two branches have made under one number. */
  readonly unmergedTakes?: number;
  /** Manifest, shot lists and texts of assets that both branches of a merge have changed. */
  readonly unmergedTexts?: number;
  /** The merge or rebase that is under way. */
  readonly operation?: string;
  /** What a commit of the changed files could be called. */
  readonly summary: string;
}
