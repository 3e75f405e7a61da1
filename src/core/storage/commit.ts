import { AuteurError, toFailure } from '../errors.ts';
import type { CommitState } from '../model/job.ts';
import { Git, GitFailure, nulSeparated } from './git.ts';
import { notPointers } from './lfs.ts';

const fromStdin = ['--pathspec-from-file=-', '--pathspec-file-nul'];

export interface CommitRequest {
  /** Relative to the project, with forward slashes. */
  readonly paths: readonly string[];
  /** Those of `paths` that must be LFS pointers once staged. */
  readonly media: readonly string[];
  readonly message: string;
}

/**
 * Commits exactly the named paths on the current branch; what the user has staged stays staged.
 * Never throws for what Git, a hook or a merge in progress says: the answer is then `pending` with the reason.
 */
export async function commitPaths(root: string, request: CommitRequest): Promise<CommitState> {
  if (request.paths.length === 0) return { state: 'committed' };
  const git = new Git(root);
  try {
    const operation = await git.operationInProgress();
    if (operation !== undefined) throw new AuteurError('git-busy', { operation });
    await stage(git, request);
    await commit(git, request);
    return { state: 'committed' };
  } catch (error) {
    const failure = toFailure(
      error instanceof GitFailure
        ? new AuteurError(
            'git-failed',
            { action: 'commit', reason: firstLines(error.output), root },
            { cause: error },
          )
        : error,
    );
    return {
      state: 'pending',
      reason: failure.message,
      ...(failure.hint === undefined ? {} : { hint: failure.hint }),
    };
  }
}

async function stage(git: Git, { paths, media }: CommitRequest): Promise<void> {
  await git.run(['add', ...fromStdin], nulSeparated(paths));
  // With the filter unset, `git add` stages whole media files and still exits 0.
  const plain = await notPointers(git, media);
  const first = plain[0];
  if (first === undefined) return;
  await git.run(['reset', '--quiet', ...fromStdin], nulSeparated(paths));
  throw new AuteurError('media-not-lfs', { path: first, root: git.root });
}

async function commit(git: Git, { paths, message }: CommitRequest): Promise<void> {
  const changed = await git.run(['diff', '--cached', '--name-only', '-z', '--', ...paths]);
  // Already committed, by an earlier run that did not live to say so.
  if (changed === '') return;
  await git.run(['commit', '--quiet', '--only', '--message', message, ...fromStdin], nulSeparated(paths));
}

/** Which of the paths differ from the last commit, or are not known to Git. */
export async function dirtyPaths(root: string, paths: readonly string[]): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const printed = await new Git(root).run([
    'status',
    '--porcelain=v1',
    '-z',
    '--untracked-files=all',
    '--',
    ...paths,
  ]);
  return printed
    .split('\0')
    .filter((line) => line.length > 3)
    .map((line) => line.slice(3));
}

function firstLines(output: string): string {
  return output.split('\n').slice(0, 3).join(' ').trim();
}
