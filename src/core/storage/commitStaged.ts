import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuteurError } from '../errors.ts';
import { GitFailure, nulSeparated, type Git } from './git.ts';
import { requireIdentity } from './gitTools.ts';
import { notPointers, type StagedFile } from './lfs.ts';

export const fromStdin = ['--pathspec-from-file=-', '--pathspec-file-nul'];
/** More often than anybody commits while one commit is made. */
const triesAllowed = 5;

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
export async function commitStaged(git: Git, commit: StagedCommit, seenHead: Head): Promise<void> {
  let head = seenHead;
  for (let tries = 1; ; tries++) {
    try {
      await tryToCommit(git, commit, head);
      return;
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      const before = head;
      head = await headOf(git);
      if (head !== before && tries < triesAllowed) continue;
      await requireIdentity(git.root);
      throw error;
    }
  }
}

/** The last commit of the branch; undefined before the first. */
type Head = string | undefined;

export async function headOf(git: Git): Promise<Head> {
  return (await git.query(['rev-parse', '--verify', '--quiet', 'HEAD']))?.trim();
}

async function tryToCommit(git: Git, commit: StagedCommit, head: Head): Promise<void> {
  await withIndexCopy(git, async (copy) => {
    const staged = await stagedSince(copy, head);
    const wanted = new Set(commit.paths);
    const ours = staged.filter(({ path }) => wanted.has(path));
    await requirePointers(git, commit, ours);
    if (ours.length === 0) return;
    if (head !== undefined && ours.length === staged.length) await commitIndex(copy, commit, head);
    else await commitOnly(git, commit);
  });
}

/** What the copy holds cannot change between the look at it and the commit of it. */
async function withIndexCopy(git: Git, work: (copy: Git) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'auteur-index-'));
  try {
    const index = join(folder, 'index');
    await copyFile(join(await git.gitDir(), 'index'), index);
    await work(git.withIndex(index));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function stagedSince(git: Git, head: Head): Promise<readonly StagedFile[]> {
  const form = ['--cached', '--raw', '--no-abbrev', '--no-renames', '--ignore-submodules=none', '-z'];
  const fields = (await git.run(['diff', ...form, ...(head === undefined ? [] : [head])])).split('\0');
  const staged: StagedFile[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    staged.push({ blob: fields[index]?.split(' ')[3] ?? '', path: fields[index + 1] ?? '' });
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

/**
 * A commit of the whole index, because `--only` would send all media through the filter a second time.
 * Git asks for the editor when it has read which commit will be the parent: one that came since the index
 * was looked at would be undone by it, so the editor then refuses.
 */
async function commitIndex(copy: Git, { message, silenceMs }: StagedCommit, head: string): Promise<void> {
  const editor = `core.editor=test "$(git rev-parse HEAD)" = ${head} #`;
  const args = ['--quiet', '--edit', '--no-status', '--cleanup=whitespace', '--message', message];
  await copy.commit(args, { silenceMs, config: [editor] });
}

/** What the user has staged stays staged. */
async function commitOnly(git: Git, { paths, message, silenceMs }: StagedCommit): Promise<void> {
  const args = ['--quiet', '--only', '--message', message, ...fromStdin];
  await git.commit(args, { silenceMs, stdin: nulSeparated(paths) });
}
