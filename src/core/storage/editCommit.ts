import { realpath } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import PQueue from 'p-queue';
import { AuteurError } from '../errors.ts';
import type { CommitState } from '../model/job.ts';
import { announcingWrites } from './announcedWrites.ts';
import { commitPaths, dirtyPaths, pendingBecause, requireNoOperation } from './commit.ts';
import {
  addToJournal,
  announceInJournal,
  changedSince,
  hashOf,
  readEditJournal,
  removeFromJournal,
  storeEditJournal,
  type EditJournal,
  type NotedWrite,
} from './editJournal.ts';
import type { FilmEdit } from './edits/editFilm.ts';
import { Git, GitFailure } from './git.ts';
import { isMediaPath } from './gitTemplates.ts';
import { nearestFolder } from './locate.ts';
import { withProjectLock } from './projectLock.ts';
import { passed } from './steps.ts';
import { settled } from './unsureEdits.ts';

const manifest = 'project.json';
const usualLists = '02_Source_Creative/ShotLists';
const assets = '01_Assets';
/** Longer than the commits of many processes that edit at once, and than a hook that does not answer. */
const commitLock = { name: 'commit.lock', patienceMs: 3 * 60_000 };

const queues = new Map<string, PQueue>();

export interface CommittedEdit<E extends FilmEdit> {
  readonly edit: E;
  readonly commit: CommitState;
}

/**
 * Edits and commits as one step: whoever edits next sees the files clean, or knows that the changes are ours.
 * Files the user had changed before are left for the user's own commit.
 * @throws AuteurError `project-locked`, and whatever `edit` throws
 */
export function commitEdit<E extends FilmEdit>(
  root: string,
  edit: () => Promise<E>,
): Promise<CommittedEdit<E>> {
  return queueOf(root).add(() => withProjectLock(root, () => editAndCommit(root, edit), commitLock));
}

/** The lock knows no order; edits of one process are made in the order they were asked for. */
function queueOf(root: string): PQueue {
  const queue = queues.get(root) ?? new PQueue({ concurrency: 1 });
  queues.set(root, queue);
  return queue;
}

/** Commits the edits that wait for it, and tells of which files; undefined where none waits. */
export function commitWaiting(root: string): Promise<CommittedFiles | undefined> {
  return queueOf(root).add(() => withProjectLock(root, () => commitEarlier(root), commitLock));
}

export interface CommittedFiles {
  readonly files: readonly string[];
  readonly commit: CommitState;
}

async function commitEarlier(root: string): Promise<CommittedFiles | undefined> {
  const before = new Before(root);
  const journal = await before.settle(await readEditJournal(root));
  const files = await before.uncommitted(Object.keys(journal.files));
  if (before.unknown !== undefined) return { files, commit: before.unknown };
  const commit = await commitJournal(root, journal);
  return files.length === 0 ? undefined : { files, commit };
}

async function editAndCommit<E extends FilmEdit>(
  root: string,
  make: () => Promise<E>,
): Promise<CommittedEdit<E>> {
  const before = new Before(root);
  const earlier = await before.settle(await readEditJournal(root));
  // Each with what it held before, where that is not known to be committed.
  const ours = new Map<string, string | undefined>();
  const edit = await announcingWrites(async (files) => {
    const noted: NotedWrite[] = [];
    for (const { path, sha256 } of files) {
      const file = await nameInProject(root, path);
      if (!ours.has(file)) {
        const held = await before.ofOurs(file, earlier);
        if (held === undefined) continue;
        ours.set(file, held.unsure);
      }
      noted.push({ path: file, sha256, before: ours.get(file) });
    }
    if (noted.length > 0) await announceInJournal(root, noted);
  }, make);
  passed('edit.made');
  const touched = await Promise.all(edit.files.map((file) => nameInProject(root, join(root, file))));
  // Among them are those of an earlier edit that a crash had cut short, and that was ended just now.
  const journal = await addToJournal(root, earlier, { files: [...ours.keys()], summary: edit.summary });
  passed('edit.noted');
  if (before.unknown !== undefined) return { edit, commit: before.unknown };
  const users = touched.find((file) => !ours.has(file));
  if (users !== undefined) return { edit, commit: await pendingForUser(root, users, 'had') };
  const changed = await changedSince(root, journal);
  if (changed !== undefined) return { edit, commit: await pendingForUser(root, changed, 'got') };
  return { edit, commit: await commitJournal(root, journal) };
}

/** The path of a file in its project, whatever links lead there. */
async function nameInProject(root: string, path: string): Promise<string> {
  // Of a file that was put aside, its folder may be gone too.
  const folder = await nearestFolder(dirname(path));
  const real = join(await realpath(folder), relative(folder, path));
  return relative(await realpath(root), real).replaceAll('\\', '/');
}

async function commitJournal(root: string, journal: EditJournal): Promise<CommitState> {
  const paths = Object.keys(journal.files);
  const commit = await commitPaths(root, {
    paths,
    media: paths.filter(isMediaPath),
    message: messageOf(journal),
  });
  if (commit.state === 'committed') await removeFromJournal(root, journal);
  passed('edit.settled');
  return commit;
}

function messageOf({ summaries }: EditJournal): string {
  const latest = summaries.at(-1) ?? 'Edit the film';
  const earlier = summaries.slice(0, -1).map((summary) => `- ${summary}`);
  return earlier.length === 0 ? latest : `${latest}\n\nAlso, not committed before:\n${earlier.join('\n')}\n`;
}

async function pendingForUser(root: string, file: string, when: 'had' | 'got'): Promise<CommitState> {
  try {
    await requireNoOperation(new Git(root));
  } catch (error) {
    return pendingBecause(error, root);
  }
  const changes =
    when === 'had' ? 'had changes of your own before' : 'got changes of your own during the edit';
  return { state: 'pending', reason: `${file} ${changes}, so the edit was left for your next commit.` };
}

/** What was dirty before an edit; Git is asked right before its first write, about all the files it usually writes. */
class Before {
  readonly #root: string;
  #dirty: ReadonlySet<string> | undefined;
  #dirtyAssets: ReadonlySet<string> | undefined;
  /** Where Git cannot tell what is dirty, nothing can be committed either, and why. */
  unknown: CommitState | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  /** Finds out whose the files were that were edited while Git could not tell. */
  async settle(journal: EditJournal): Promise<EditJournal> {
    if (Object.keys(journal.before).length === 0) return journal;
    const known = await this.#asked(() => settled(this.#root, journal));
    if (known === undefined) return journal;
    await storeEditJournal(this.#root, known);
    return known;
  }

  /** What is to be known of a file before our first write; undefined where it has changes of the user's. */
  async ofOurs(
    file: string,
    earlier: EditJournal,
  ): Promise<{ readonly unsure: string | undefined } | undefined> {
    if (file in earlier.files) return { unsure: earlier.before[file] };
    const isClean = this.unknown === undefined ? await this.#asked(() => this.#isClean(file)) : undefined;
    if (isClean !== undefined) return isClean ? { unsure: undefined } : undefined;
    // Whose it was is asked later.
    const unsure = await hashOf(this.#root, file);
    return unsure === undefined ? undefined : { unsure };
  }

  /** Those that are not committed already; all of them where Git cannot tell. */
  async uncommitted(files: readonly string[]): Promise<readonly string[]> {
    if (this.unknown !== undefined) return files;
    return (await this.#asked(() => dirtyPaths(this.#root, files))) ?? files;
  }

  async #asked<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof GitFailure) && !AuteurError.is(error)) throw error;
      this.unknown = pendingBecause(error, this.#root);
      return undefined;
    }
  }

  /** Whether a file of the film holds nothing but what is committed. */
  async #isClean(file: string): Promise<boolean> {
    this.#dirty ??= new Set(await dirtyPaths(this.#root, [manifest, usualLists]));
    if (file === manifest || file.startsWith(`${usualLists}/`)) return !this.#dirty.has(file);
    if (file.startsWith(`${assets}/`)) {
      // An import brings many, and each question is a process.
      this.#dirtyAssets ??= new Set(await dirtyPaths(this.#root, [assets]));
      return !this.#dirtyAssets.has(file);
    }
    return (await dirtyPaths(this.#root, [file])).length === 0;
  }
}
