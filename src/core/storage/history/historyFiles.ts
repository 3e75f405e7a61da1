import { lstat, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AuteurError, systemCode } from '../../errors.ts';
import { createExclusively, writeFileAtomic } from '../atomicFile.ts';
import { formatJson } from '../jsonFile.ts';
import { isThere, readFolder } from '../locate.ts';
import { HistoryEntry } from './historyEntry.ts';

/** The oldest are forgotten beyond this; an entry holds little more than what was added. */
export const maxEntries = 200;

const namePattern = /^(\d{1,12})\.json$/;

/** The numbers of the entries, newest first. */
export async function entryIds(root: string): Promise<readonly number[]> {
  if (await leadsElsewhere(root)) return [];
  const numbers = (await readFolder(folderOf(root))).flatMap((name) => namePattern.exec(name)?.[1] ?? []);
  return numbers.map(Number).sort((a, b) => b - a);
}

/** An entry; one that cannot be read counts as none, because the film itself is not in it. */
export async function readEntry(root: string, id: number): Promise<HistoryEntry | undefined> {
  try {
    const entry = HistoryEntry.safeParse(JSON.parse(await readFile(pathOf(root, id), 'utf8'))).data;
    return entry?.id === id ? entry : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || ['ENOENT', 'EISDIR'].includes(systemCode(error) ?? ''))
      return undefined;
    throw error;
  }
}

export async function writeEntry(root: string, entry: HistoryEntry): Promise<void> {
  await makeFolder(root);
  await writeFileAtomic(pathOf(root, entry.id), formatJson(entry));
}

export async function dropEntry(root: string, id: number): Promise<void> {
  await rm(pathOf(root, id), { force: true });
}

/** The number of the next entry; makes room for it. */
export async function nextEntryId(root: string): Promise<number> {
  const ids = await entryIds(root);
  for (const id of ids.slice(maxEntries - 1)) await dropEntry(root, id);
  return (ids[0] ?? 0) + 1;
}

function folderOf(root: string): string {
  return join(root, '.auteur', 'history');
}

function pathOf(root: string, id: number): string {
  return join(folderOf(root), `${String(id).padStart(6, '0')}.json`);
}

/** Its own `.gitignore` keeps it out of Git where that of the project was changed or is an old one. */
async function makeFolder(root: string): Promise<void> {
  const folder = folderOf(root);
  if (await leadsElsewhere(root)) throw new AuteurError('path-outside', { path: folder });
  await mkdir(folder, { recursive: true });
  const ignore = join(folder, '.gitignore');
  if (!(await isThere(ignore))) await createExclusively(ignore, '*\n');
}

/** A project from elsewhere may hold links: neither folder may lead out of it. */
async function leadsElsewhere(root: string): Promise<boolean> {
  for (const folder of [join(root, '.auteur'), folderOf(root)]) {
    try {
      if ((await lstat(folder)).isSymbolicLink()) return true;
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
    }
  }
  return false;
}
