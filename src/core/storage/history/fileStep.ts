import { unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AuteurError } from '../../errors.ts';
import type { Project } from '../../model/project.ts';
import { announceWrite } from '../announcedWrites.ts';
import { createExclusively, syncFolder } from '../atomicFile.ts';
import { editJsonText, replaceJsonText, type JsonEdit, type JsonFile } from '../jsonFile.ts';
import { isThere } from '../locate.ts';
import { resolveInside } from '../projectPath.ts';
import { formerText } from './fileMove.ts';
import type { HistoryEntry } from './historyEntry.ts';

export const manifestPath = 'project.json';

/** What is to become of one file: a missing `file` is made, a missing `text` removes it. */
export interface FileStep {
  readonly path: string;
  readonly file: JsonFile<unknown> | undefined;
  readonly text: string | undefined;
}

/** What an undo or redo will do, found out before anything is touched. */
export interface Plan {
  readonly address: string;
  readonly id: string;
  /** In this order; the first decides whether it came to pass. */
  readonly steps: readonly FileStep[];
}

/** What a plan is made from. */
export interface Asked {
  readonly root: string;
  readonly project: JsonFile<Project>;
  readonly entry: HistoryEntry;
}

/** The former text byte for byte where the file is as it was left, else only what the edit did taken back, by id. */
export function changeFile(
  { entry }: Asked,
  { path, file, edits }: { path: string; file: JsonFile<unknown>; edits: readonly JsonEdit[] },
): FileStep {
  const move = entry.moves.find((one) => one.path === path);
  const former = move === undefined ? undefined : formerText(move, file.text);
  return { path, file, text: former ?? editJsonText(file.text, edits) };
}

export async function carryOut(root: string, { path, file, text }: FileStep): Promise<void> {
  if (file !== undefined && text !== undefined) {
    await replaceJsonText(file, text);
    return;
  }
  const absolute = await resolveInside(root, path);
  await announceWrite(absolute, text);
  if (text === undefined) await remove(absolute);
  else if (!(await createExclusively(absolute, text))) throw new AuteurError('file-changed', { path });
}

async function remove(path: string): Promise<void> {
  if (!(await isThere(path))) return;
  await unlink(path);
  await syncFolder(dirname(path));
}
