import type { Disposable, Event } from '../events.ts';

/** What seems to have changed on disk; a hint, the files are the truth. `file` is relative to the project. */
export type FileHint =
  | { readonly kind: 'projects' }
  | { readonly kind: 'project'; readonly root: string }
  | { readonly kind: 'shotList'; readonly root: string; readonly file: string }
  | { readonly kind: 'asset'; readonly root: string; readonly file: string }
  | { readonly kind: 'document'; readonly root: string; readonly file: string }
  /** `file` is the folder of a shot. */
  | { readonly kind: 'takes'; readonly root: string; readonly file: string }
  /** Git has moved to another commit: anything may be another, takes too. */
  | { readonly kind: 'git'; readonly root: string };

/** The hint for one file of a project, by what it is. */
export function fileHint(root: string, file: string, kind: Exclude<FileHint['kind'], 'projects'>): FileHint {
  switch (kind) {
    case 'project':
    case 'git':
      return { kind, root };
    case 'shotList':
    case 'asset':
    case 'document':
    case 'takes':
      return { kind, root, file };
  }
}

/** Watches the small text part of projects, and the folders new ones appear in; never the takes one by one. */
export interface Watcher extends Disposable {
  readonly onHint: Event<FileHint>;
  /** From now on these, and no others. */
  watch(workspaces: readonly string[], roots: readonly string[]): void;
}
