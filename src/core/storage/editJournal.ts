import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { AuteurError } from '../errors.ts';
import type { Announced } from './announcedWrites.ts';
import { writeFileAtomic } from './atomicFile.ts';
import { formatJson, readOwnJsonFile } from './jsonFile.ts';
import { kindOf } from './ownFolder.ts';
import { resolveInside } from './projectPath.ts';
import { sha256Of } from './sha256.ts';

/** Stands for the hash of a file that is not there. */
export const gone = 'gone';

const EditJournal = z.object({
  /** SHA-256 of what our edit left in each file, by its path; `gone` where it removed the file. */
  files: z.record(z.string(), z.string()),
  /** The same of writes that were about to happen; after a crash the file itself tells whether they did. */
  announced: z.record(z.string(), z.string()).default({}),
  /**
   * What was in a file before our edits, where Git could not be asked whose that was: if it turns out to be what is
   * committed, the edits are ours, else the file has changes of the user's too.
   */
  before: z.record(z.string(), z.string()).default({}),
  /** What the edits were, oldest first: the words of the commit. */
  summaries: z.array(z.string()),
});

/** Edits of ours that are not committed yet: what tells them from changes of the user's. */
export type EditJournal = z.infer<typeof EditJournal>;

/** The edits whose files still hold what we wrote; a file changed since is the user's. */
export async function readEditJournal(root: string): Promise<EditJournal> {
  const { files, announced, before, summaries } = await readStored(root);
  const ours: Record<string, string> = {};
  for (const [path, hash] of [...Object.entries(files), ...Object.entries(announced)]) {
    if ((await hashOf(root, path)) === hash) ours[path] = hash;
  }
  return onlyOf({ files: ours, announced: {}, before, summaries });
}

/** Without what it says of other files, and without the words where no file is left. */
function onlyOf(journal: EditJournal): EditJournal {
  const { files, before, summaries } = journal;
  const kept = Object.entries(before).filter(([path]) => path in files);
  return {
    ...journal,
    before: Object.fromEntries(kept),
    summaries: Object.keys(files).length === 0 ? [] : summaries,
  };
}

/** What it says once Git has been asked about every file: those that had changes of the user's are the user's. */
export function withoutUsers(journal: EditJournal, users: ReadonlySet<string>): EditJournal {
  const ours = Object.entries(journal.files).filter(([path]) => !users.has(path));
  return onlyOf({ ...journal, files: Object.fromEntries(ours), before: {} });
}

/** A write that is about to happen, by its path in the project. */
export interface NotedWrite extends Announced {
  /** What the file held before our edits, where Git could not say whether that is committed. */
  readonly before: string | undefined;
}

/** Notes what writes of ours are about to leave in files, before they happen. */
export async function announceInJournal(root: string, files: readonly NotedWrite[]): Promise<void> {
  const stored = await readStored(root);
  const announced = { ...stored.announced };
  const before = new Map(Object.entries(stored.before));
  for (const { path, sha256, before: held } of files) {
    announced[path] = sha256 ?? gone;
    if (held === undefined) before.delete(path);
    else before.set(path, held);
  }
  await storeEditJournal(root, { ...stored, announced, before: Object.fromEntries(before) });
}

/** Adds one edit, as its writes were announced: what is on disk by now may be somebody else's. */
export async function addToJournal(
  root: string,
  journal: EditJournal,
  { files, summary }: { readonly files: readonly string[]; readonly summary: string },
): Promise<EditJournal> {
  const { announced, before } = await readStored(root);
  const named = new Set(files);
  const written = Object.entries(announced).filter(([path]) => named.has(path));
  if (written.length === 0) return journal;
  const hashes = { ...journal.files, ...Object.fromEntries(written) };
  const summaries = [...journal.summaries, summary];
  const added = onlyOf({ files: hashes, announced: {}, before, summaries });
  await storeEditJournal(root, added);
  return added;
}

/** The first file that no longer holds what our edits left in it. */
export async function changedSince(root: string, { files }: EditJournal): Promise<string | undefined> {
  for (const [path, hash] of Object.entries(files)) if ((await hashOf(root, path)) !== hash) return path;
  return undefined;
}

/** Strikes out what was committed; what another process has added meanwhile stays. */
export async function removeFromJournal(root: string, committed: EditJournal): Promise<void> {
  const { files, before, summaries } = await readStored(root);
  const left = Object.entries(files).filter(([path, hash]) => committed.files[path] !== hash);
  await storeEditJournal(
    root,
    onlyOf({
      files: Object.fromEntries(left),
      announced: {},
      before,
      summaries: summaries.filter((summary) => !committed.summaries.includes(summary)),
    }),
  );
}

function journalPath(root: string): string {
  return join(root, '.auteur', 'edits.json');
}

/** The journal as it stands now, where more has become known. */
export async function storeEditJournal(root: string, journal: EditJournal): Promise<void> {
  const isEmpty = Object.keys(journal.files).length + Object.keys(journal.announced).length === 0;
  if (isEmpty) await rm(journalPath(root), { force: true });
  else await writeFileAtomic(journalPath(root), formatJson(journal));
}

async function readStored(root: string): Promise<EditJournal> {
  const none: EditJournal = { files: {}, announced: {}, before: {}, summaries: [] };
  try {
    return (await readOwnJsonFile(journalPath(root), EditJournal)).value;
  } catch (error) {
    // Without it nothing is lost: the changes count as the user's.
    if (AuteurError.is(error, 'file-unreadable')) return none;
    throw error;
  }
}

/** The SHA-256 of a file of the project, `gone` where there is none, undefined of what is no file. */
export async function hashOf(root: string, path: string): Promise<string | undefined> {
  try {
    const file = await resolveInside(root, path);
    const kind = await kindOf(file);
    if (kind === 'nothing') return gone;
    return kind === 'file' ? await sha256Of(file) : undefined;
  } catch (error) {
    if (AuteurError.is(error, 'path-outside')) return undefined;
    throw error;
  }
}
