import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { AuteurError, systemCode, toFailure } from '../errors.ts';
import type { CommitState } from '../model/job.ts';
import { commitStaged, fromStdin } from './commitStaged.ts';
import { Git, GitFailure, inChunks, nulSeparated } from './git.ts';
import { lfsVersion } from './gitTools.ts';
import { pointerBlobs, type MediaContent } from './lfs.ts';
import { requireStockLfs } from './lfsFilters.ts';
import { writingInto } from './readOnlyFilm.ts';
import { passed } from './steps.ts';

/** For so long a hook or a signing program may say nothing. */
export const hookSilenceMs = 2 * 60_000;

export interface CommitRequest {
  /** Relative to the project, with forward slashes. What is neither on disk nor in Git is left out. */
  readonly paths: readonly string[];
  /** Those of `paths` that must be LFS pointers once staged. */
  readonly media: readonly string[];
  /** What the media are known to hold; others are looked at before they are committed. */
  readonly contents?: readonly MediaContent[];
  readonly message: string;
  /** Ends it with nothing lost: it is then pending. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Commits exactly the named paths on the current branch; what the user has staged stays staged.
 * Never throws for what Git, a hook or a merge in progress says: the answer is then `pending` with the reason.
 */
export async function commitPaths(
  root: string,
  request: CommitRequest,
  silenceMs = hookSilenceMs,
): Promise<CommitState> {
  if (request.paths.length === 0) return { state: 'committed' };
  const git = new Git(root, { signal: request.signal });
  try {
    await git.requireRepository();
    await requireNoOperation(git);
    await requireStockLfs(git);
    const known = await knownPaths(git, request);
    if (known.paths.length > 0) await stageAndCommit(git, known, silenceMs);
    return { state: 'committed' };
  } catch (error) {
    return pendingBecause(error, root);
  }
}

/** A commit that waits, with what keeps it waiting. */
export function pendingBecause(error: unknown, root: string): CommitState {
  const { message, hint } = toFailure(
    error instanceof GitFailure && error.code === undefined
      ? new AuteurError(
          'git-failed',
          { action: 'commit', reason: firstLines(error.message), root },
          { cause: error },
        )
      : error,
  );
  return { state: 'pending', reason: message, ...(hint === undefined ? {} : { hint }) };
}

/** @throws AuteurError `git-busy` during a merge, rebase, cherry-pick or revert */
export async function requireNoOperation(git: Git): Promise<void> {
  const operation = await git.operationInProgress();
  if (operation !== undefined) throw new AuteurError('git-busy', { operation });
}

interface KnownPaths extends CommitRequest {
  /** Those that `git add` finds: not a removal that an earlier try has staged already. */
  readonly toStage: readonly string[];
}

/** One path that Git does not know makes it refuse all of them. */
async function knownPaths(git: Git, request: CommitRequest): Promise<KnownPaths> {
  const gone = new Set<string>();
  for (const path of request.paths) if (!(await isOnDisk(join(git.root, path)))) gone.add(path);
  if (gone.size === 0) return { ...request, toStage: request.paths };
  const tracked = new Set(await namesOf(git, ['ls-files', '-z'], [...gone]));
  const removed = new Set(await stagedOf(git, [...gone]));
  const toStage = request.paths.filter((path) => !gone.has(path) || tracked.has(path));
  return {
    ...request,
    paths: request.paths.filter((path) => toStage.includes(path) || removed.has(path)),
    toStage,
    media: request.media.filter((path) => !gone.has(path)),
  };
}

async function isOnDisk(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return false;
    throw error;
  }
}

async function stageAndCommit(git: Git, known: KnownPaths, silenceMs: number): Promise<void> {
  await stage(git, known.toStage);
  passed('commit.staged');
  const { paths, media, contents = [], message } = known;
  await commitStaged(git, { paths, media, pointers: pointerBlobs(contents), message, silenceMs });
  passed('commit.made');
}

async function stage(git: Git, paths: readonly string[]): Promise<void> {
  try {
    // Our Git library waits a while for the words of a command that has none; this one says what it adds.
    if (paths.length > 0) await git.run(['add', '--verbose', ...fromStdin], nulSeparated(paths));
  } catch (error) {
    if (error instanceof GitFailure) await lfsVersion(git.root);
    throw error;
  }
}

function stagedOf(git: Git, paths: readonly string[]): Promise<string[]> {
  return namesOf(git, ['diff', '--cached', '--no-ext-diff', '--no-textconv', '--name-only', '-z'], paths);
}

async function namesOf(git: Git, command: readonly string[], paths: readonly string[]): Promise<string[]> {
  const printed = await inChunks(paths, (some) => git.run([...command, '--', ...some]));
  return printed.flatMap((names) => names.split('\0')).filter((name) => name !== '');
}

/**
 * Which of the paths differ from the last commit, or are not known to Git.
 * @throws AuteurError `no-repository`, `repository-elsewhere`, `lfs-filter-replaced`, `film-read-only`
 */
export async function dirtyPaths(
  root: string,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const git = new Git(root, { signal });
  await git.requireRepository();
  // To see whether a file has changed, Git may filter it.
  await requireStockLfs(git);
  return (await writingInto(root, () => changesOf(git, paths))).map((line) => line.slice(3));
}

/**
 * Of the paths, what the next commit would leave as it is; while a merge is under way, what is staged for it is not among them.
 * @throws AuteurError as `dirtyPaths`
 */
export async function uncommittedPaths(root: string, paths: readonly string[]): Promise<readonly string[]> {
  const git = new Git(root);
  const changed = await dirtyPaths(root, paths);
  if (changed.length === 0 || (await git.operationInProgress()) === undefined) return changed;
  return (await changesOf(git, paths)).filter((line) => !isStaged(line)).map((line) => line.slice(3));
}

/** Of the paths, what no commit has; while a merge is under way, what it has staged is not among them. */
export async function newPaths(root: string, paths: readonly string[]): Promise<readonly string[]> {
  const git = new Git(root);
  await git.requireRepository();
  await requireStockLfs(git);
  const isMerging = (await git.operationInProgress()) !== undefined;
  const isNew = isMerging ? /^\?\? / : /^(\?\?|A[ M]) /;
  return (await changesOf(git, paths)).filter((line) => isNew.test(line)).map((line) => line.slice(3));
}

function changesOf(git: Git, paths: readonly string[]): Promise<readonly string[]> {
  // A rename would be one line with two paths.
  return namesOf(git, ['status', '--porcelain=v1', '-z', '--untracked-files=all', '--no-renames'], paths);
}

/** `XY path`: X is the index against the last commit, Y what is on disk against the index. */
function isStaged(line: string): boolean {
  return /^[AMDT] /.test(line);
}

function firstLines(output: string): string {
  return output.split('\n').slice(0, 3).join(' ').trim();
}
