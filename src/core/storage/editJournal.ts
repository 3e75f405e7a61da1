import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { AuteurError, systemCode } from '../errors.ts';
import { writeFileAtomic } from './atomicFile.ts';
import { formatJson, readOwnJsonFile } from './jsonFile.ts';
import { kindOf } from './ownFolder.ts';
import { resolveInside } from './projectPath.ts';
import { sha256Of } from './sha256.ts';

/** Stands for the hash of a file that is not there. */
const gone = 'gone';

const EditJournal = z.object({
  /** SHA-256 of what our edit left in each file, by its path; `gone` where it removed the file. */
  files: z.record(z.string(), z.string()),
  /** What the edits were, oldest first: the words of the commit. */
  summaries: z.array(z.string()),
});

/** Edits of ours that are not committed yet: what tells them from changes of the user's. */
export type EditJournal = z.infer<typeof EditJournal>;

/** The edits whose files still hold what we wrote; a file changed since is the user's. */
export async function readEditJournal(root: string): Promise<EditJournal> {
  const { files, summaries } = await readStored(root);
  const ours: Record<string, string> = {};
  for (const [path, hash] of Object.entries(files)) {
    if ((await hashOf(root, path)) === hash) ours[path] = hash;
  }
  return { files: ours, summaries: Object.keys(ours).length === 0 ? [] : summaries };
}

/** Adds one edit, as its files are on disk now. */
export async function addToJournal(
  root: string,
  journal: EditJournal,
  { files, summary }: { readonly files: readonly string[]; readonly summary: string },
): Promise<EditJournal> {
  const hashes = { ...journal.files };
  for (const path of files) {
    const hash = await hashOf(root, path);
    if (hash !== undefined) hashes[path] = hash;
  }
  const added = { files: hashes, summaries: [...journal.summaries, summary] };
  await store(root, added);
  return added;
}

/** Strikes out what was committed; what another process has added meanwhile stays. */
export async function removeFromJournal(root: string, committed: EditJournal): Promise<void> {
  const { files, summaries } = await readStored(root);
  const left = Object.entries(files).filter(([path, hash]) => committed.files[path] !== hash);
  await store(root, {
    files: Object.fromEntries(left),
    summaries: summaries.filter((summary) => !committed.summaries.includes(summary)),
  });
}

function journalPath(root: string): string {
  return join(root, '.auteur', 'edits.json');
}

async function store(root: string, journal: EditJournal): Promise<void> {
  if (Object.keys(journal.files).length === 0) await rm(journalPath(root), { force: true });
  else await writeFileAtomic(journalPath(root), formatJson(journal));
}

async function readStored(root: string): Promise<EditJournal> {
  const none: EditJournal = { files: {}, summaries: [] };
  try {
    return (await readOwnJsonFile(journalPath(root), EditJournal)).value;
  } catch (error) {
    // Without it nothing is lost: the changes count as the user's.
    if (AuteurError.is(error, 'file-unreadable')) return none;
    throw error;
  }
}

async function hashOf(root: string, path: string): Promise<string | undefined> {
  try {
    const file = await resolveInside(root, path);
    return (await kindOf(file)) === 'file' ? await sha256Of(file) : undefined;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return gone;
    if (systemCode(error) === 'EISDIR' || AuteurError.is(error, 'path-outside')) return undefined;
    throw error;
  }
}
