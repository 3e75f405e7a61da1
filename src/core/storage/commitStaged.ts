import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuteurError, systemCode } from '../errors.ts';
import { GitFailure, nulSeparated, type Git } from './git.ts';
import { requireIdentity } from './gitTools.ts';
import { notPointers, type StagedFile } from './lfs.ts';

export const fromStdin = ['--pathspec-from-file=-', '--pathspec-file-nul'];
/** More often than anybody commits while one commit is made. */
const triesAllowed = 5;
const diff = [
  ...['diff', '--cached', '--raw', '--no-abbrev', '--no-renames', '--no-ext-diff', '--no-textconv'],
  ...['--ignore-submodules=none', '-z'],
];

/**
 * Git runs the editor when hooks have done their work and it has read which commit will be the parent. In its place
 * stands a question, what is about to be committed, that waits for the word.
 */
const question = [
  `git ${diff.join(' ')} HEAD`,
  "printf '\\000'",
  'read -r word',
  'test "$word" = commit #',
].join(' && ');

export interface StagedCommit {
  readonly paths: readonly string[];
  /** Those of `paths` that must be LFS pointers. */
  readonly media: readonly string[];
  /** Blobs that are known to be LFS pointers, so that they need not be read. */
  readonly pointers: ReadonlySet<string>;
  readonly message: string;
  readonly silenceMs: number;
}

/**
 * Commits what is staged of the paths and nothing else, whatever anybody stages or commits meanwhile.
 * No commit is made where the last one already has it.
 */
export async function commitStaged(git: Git, commit: StagedCommit): Promise<void> {
  for (let tries = 1; ; tries++) {
    const refusal = await withIndexCopy(git, (copy) => commitCopy(git, copy, commit));
    if (refusal === undefined) return;
    const head = await headOf(git);
    const hasMoved = refusal.seen !== undefined && refusal.seen.head !== head;
    if (hasMoved && tries < triesAllowed) continue;
    const staged = parseStaged(await git.run(diff));
    const ours = stagedOf(commit, staged);
    // Already committed: by an earlier run that did not live to say so, or by another process at this moment.
    if (ours.length === 0) return;
    await requirePointers(git, commit, ours);
    // What the user has staged may be what a hook refuses, and is no part of this commit.
    const isAlone = ours.length === staged.length && !othersWereStaged(commit, refusal.seen);
    if (isAlone && head !== undefined) await failBecause(git, refusal.error);
    await commitOnly(git, commit);
    return;
  }
}

/** What Git said was about to be committed, and the last commit as it was before Git was started. */
interface Look {
  readonly head: string | undefined;
  readonly staged: readonly StagedFile[];
}

interface Refusal {
  readonly error: GitFailure;
  /** Undefined where Git did not come as far as to ask. */
  readonly seen: Look | undefined;
}

/** What the copy holds cannot change between the look at it and the commit of it. */
async function withIndexCopy<T>(git: Git, work: (copy: Git) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'auteur-index-'));
  try {
    const index = join(folder, 'index');
    await copyFile(join(await git.gitDir(), 'index'), index);
    return await work(git.withIndex(index));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A commit of a whole index: `--only` would send all media through the filter a second time. */
async function commitCopy(git: Git, copy: Git, commit: StagedCommit): Promise<Refusal | undefined> {
  let staged: readonly StagedFile[] | undefined;
  let judged: Promise<boolean> | undefined;
  const answer = (said: string): Promise<string> | undefined => {
    staged = parseLook(said);
    if (staged === undefined) return undefined;
    judged = mayCommit(git, commit, staged);
    return judged.then((may) => (may ? 'commit\n' : 'no\n'));
  };
  const args = ['--quiet', '--edit', '--no-status', '--cleanup=whitespace', '--message', commit.message];
  const config = [`core.editor=${question}`];
  // Before Git reads it: a commit that somebody makes in between must show as a move.
  const head = await headOf(git);
  const error = await failureOf(copy.commit(args, { silenceMs: commit.silenceMs, config, answer }));
  if (error === undefined) return undefined;
  // Where the look itself has failed, that is the reason.
  await judged;
  return { error, seen: staged === undefined ? undefined : { head, staged } };
}

async function failureOf(work: Promise<unknown>): Promise<GitFailure | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof GitFailure) return error;
    throw error;
  }
}

async function mayCommit(git: Git, commit: StagedCommit, staged: readonly StagedFile[]): Promise<boolean> {
  const ours = stagedOf(commit, staged);
  await requirePointers(git, commit, ours);
  return ours.length > 0 && ours.length === staged.length;
}

function stagedOf({ paths }: StagedCommit, staged: readonly StagedFile[]): readonly StagedFile[] {
  const wanted = new Set(paths);
  return staged.filter(({ path }) => wanted.has(path));
}

function othersWereStaged(commit: StagedCommit, seen: Look | undefined): boolean {
  return seen !== undefined && stagedOf(commit, seen.staged).length < seen.staged.length;
}

/** The changes, each with a zero byte, and one more zero byte; undefined before that has come. */
function parseLook(said: string): readonly StagedFile[] | undefined {
  return /(^|\0)\0$/.test(said) ? parseStaged(said) : undefined;
}

function parseStaged(raw: string): readonly StagedFile[] {
  const fields = raw.split('\0');
  const staged: StagedFile[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [change, path] = [fields[index], fields[index + 1]];
    if (change?.startsWith(':') === true) staged.push({ blob: change.split(' ')[3] ?? '', path: path ?? '' });
  }
  return staged;
}

/** With the filter unset, `git add` stages whole media files and still exits 0. */
async function requirePointers(git: Git, commit: StagedCommit, staged: readonly StagedFile[]): Promise<void> {
  const { paths, media, pointers } = commit;
  const wanted = new Set(media);
  const unknown = staged.filter(({ path, blob }) => wanted.has(path) && !pointers.has(blob));
  const [first] = await notPointers(git, unknown);
  if (first === undefined) return;
  await git.run(['reset', '--quiet', ...fromStdin], nulSeparated(paths));
  throw new AuteurError('media-not-lfs', { path: first, root: git.root });
}

/** The last commit of the branch; undefined before the first. */
async function headOf(git: Git): Promise<string | undefined> {
  return (
    (await looseHead(await git.gitDir())) ??
    (await git.query(['rev-parse', '--verify', '--quiet', 'HEAD']))?.trim()
  );
}

/** Read without starting Git, where the branch has a file of its own; it may be packed, or elsewhere. */
async function looseHead(gitDir: string): Promise<string | undefined> {
  const branch = /^ref: (refs\/heads\/[^\n]+)\n$/.exec(await textOf(join(gitDir, 'HEAD')))?.[1];
  return branch === undefined
    ? undefined
    : /^[0-9a-f]{40,64}(?=\n$)/.exec(await textOf(join(gitDir, branch)))?.[0];
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return '';
    throw error;
  }
}

/** What the user has staged stays staged. */
async function commitOnly(git: Git, commit: StagedCommit): Promise<void> {
  const { paths, message, silenceMs } = commit;
  const args = ['--quiet', '--only', '--message', message, ...fromStdin];
  try {
    await git.commit(args, { silenceMs, stdin: nulSeparated(paths) });
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    // Another process has committed them at the same moment.
    if (stagedOf(commit, parseStaged(await git.run(diff))).length > 0) await failBecause(git, error);
  }
}

async function failBecause(git: Git, error: GitFailure): Promise<never> {
  await requireIdentity(git.root);
  throw error;
}
