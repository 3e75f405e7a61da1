import { realpath } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import PQueue from 'p-queue';
import { AuteurError } from '../errors.ts';
import type { CommitState } from '../model/job.ts';
import { announcingWrites, type Announced } from './announcedWrites.ts';
import { commitPaths, dirtyPaths, pendingBecause, requireNoOperation } from './commit.ts';
import {
  addToJournal,
  announceInJournal,
  changedSince,
  readEditJournal,
  removeFromJournal,
  type EditJournal,
} from './editJournal.ts';
import type { FilmEdit } from './edits/editFilm.ts';
import { Git, GitFailure } from './git.ts';
import { isMediaPath } from './gitTemplates.ts';
import { nearestFolder } from './locate.ts';
import { withProjectLock } from './projectLock.ts';
import { passed } from './steps.ts';

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

async function editAndCommit<E extends FilmEdit>(
  root: string,
  make: () => Promise<E>,
): Promise<CommittedEdit<E>> {
  const earlier = await readEditJournal(root);
  const before = new Before(root);
  const ours = new Set<string>();
  const edit = await announcingWrites(async (files) => {
    const announced: Announced[] = [];
    for (const { path, sha256 } of files) {
      const file = await nameInProject(root, path);
      if (!(file in earlier.files) && !(await before.isClean(file))) continue;
      ours.add(file);
      announced.push({ path: file, sha256 });
    }
    if (announced.length > 0) await announceInJournal(root, announced);
  }, make);
  passed('edit.made');
  const touched = await Promise.all(edit.files.map((file) => nameInProject(root, join(root, file))));
  // Among them are those of an earlier edit that a crash had cut short, and that was ended just now.
  const journal = await addToJournal(root, earlier, { files: [...ours], summary: edit.summary });
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
  readonly #asked = new Map<string, boolean>();
  #dirty: ReadonlySet<string> | undefined;
  #dirtyAssets: ReadonlySet<string> | undefined;
  /** Where Git cannot tell what is dirty, nothing can be committed either, and why. */
  unknown: CommitState | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  /** Whether a file of the film holds nothing but what is committed. */
  async isClean(file: string): Promise<boolean> {
    const known = this.#asked.get(file);
    if (known !== undefined) return known;
    const isClean = await this.#look(file);
    this.#asked.set(file, isClean);
    return isClean;
  }

  async #look(file: string): Promise<boolean> {
    try {
      this.#dirty ??= new Set(await dirtyPaths(this.#root, [manifest, usualLists]));
      if (file === manifest || file.startsWith(`${usualLists}/`)) return !this.#dirty.has(file);
      if (file.startsWith(`${assets}/`)) {
        // An import brings many, and each question is a process.
        this.#dirtyAssets ??= new Set(await dirtyPaths(this.#root, [assets]));
        return !this.#dirtyAssets.has(file);
      }
      return (await dirtyPaths(this.#root, [file])).length === 0;
    } catch (error) {
      if (!(error instanceof GitFailure) && !AuteurError.is(error)) throw error;
      this.unknown = pendingBecause(error, this.#root);
      return false;
    }
  }
}
