import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AuteurError } from '../../errors.ts';
import { createExclusively, writeFileAtomic } from '../atomicFile.ts';
import { formatJson, readOwnJsonFile } from '../jsonFile.ts';
import { isThere, readFolder } from '../locate.ts';
import { isOwnFolder, makeOwnFolder } from '../ownFolder.ts';
import { forgetKept } from './mediaStep.ts';
import { HistoryEntry } from './historyEntry.ts';

/** The oldest are forgotten beyond this; an entry holds little more than what was added. */
export const maxEntries = 200;

const folderNames = ['.auteur', 'history'] as const;
const namePattern = /^(\d{1,12})\.json$/;

/** The numbers of the entries, newest first. */
export async function entryIds(root: string): Promise<readonly number[]> {
  if (!(await isOwnFolder(root, ...folderNames))) return [];
  const numbers = (await readFolder(folderOf(root))).flatMap((name) => namePattern.exec(name)?.[1] ?? []);
  return numbers.map(Number).sort((a, b) => b - a);
}

/** An entry; one that cannot be read counts as none, because the film itself is not in it. */
export async function readEntry(root: string, id: number): Promise<HistoryEntry | undefined> {
  try {
    const { value } = await readOwnJsonFile(pathOf(root, id), HistoryEntry);
    return value.id === id ? value : undefined;
  } catch (error) {
    if (AuteurError.is(error, 'file-unreadable')) return undefined;
    throw error;
  }
}

export async function writeEntry(root: string, entry: HistoryEntry): Promise<void> {
  await makeFolder(root);
  await writeFileAtomic(pathOf(root, entry.id), formatJson(entry));
}

/** Forgets an edit for good: what it had deleted is not brought back any more. */
async function forgetEntry(root: string, id: number): Promise<void> {
  const entry = await readEntry(root, id);
  const isDeleted = entry?.state === 'done' || entry?.state === 'redoing';
  for (const op of isDeleted ? entry.ops : [])
    if (op.op === 'media' && op.way === 'out') await forgetKept(root, op.kept);
  await dropEntry(root, id);
}

export async function dropEntry(root: string, id: number): Promise<void> {
  await rm(pathOf(root, id), { force: true });
}

/** The number of the next entry; makes room for it. */
export async function nextEntryId(root: string): Promise<number> {
  const ids = await entryIds(root);
  for (const id of ids.slice(maxEntries - 1)) await forgetEntry(root, id);
  return (ids[0] ?? 0) + 1;
}

function folderOf(root: string): string {
  return join(root, ...folderNames);
}

function pathOf(root: string, id: number): string {
  return join(folderOf(root), `${String(id).padStart(6, '0')}.json`);
}

/** Its own `.gitignore` keeps it out of Git where that of the project was changed or is an old one. */
async function makeFolder(root: string): Promise<void> {
  const ignore = join(await makeOwnFolder(root, ...folderNames), '.gitignore');
  if (!(await isThere(ignore))) await createExclusively(ignore, '*\n');
}
