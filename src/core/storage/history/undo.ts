import { AuteurError } from '../../errors.ts';
import type { Project } from '../../model/project.ts';
import type { EditHistory } from '../../ports/studio.ts';
import type { FilmEdit } from '../filmEdits.ts';
import type { JsonFile } from '../jsonFile.ts';
import { readProject, requireWritable } from '../projectFiles.ts';
import { withProjectLock } from '../projectLock.ts';
import { fileMove } from './fileMove.ts';
import { carryOut, type Asked, type Plan } from './fileStep.ts';
import { dropEntry, writeEntry } from './historyFiles.ts';
import { planRedo } from './planRedo.ts';
import { planUndo, type IsBusy } from './planUndo.ts';
import { confirm } from './recordEdit.ts';
import { settledEnds, unsettledEnds } from './settle.ts';

/** An edit of its own, and the words of the edit that was undone or done again. */
export interface HistoryStep extends FilmEdit {
  readonly of: string;
}

/**
 * Takes back the newest edit of the store that is not undone. Numbers that were given are not given again.
 * @throws AuteurError `nothing-to-undo`, what `planUndo` refuses, `file-changed`; then the film is as it was
 */
export function undoEdit(root: string, isBusy: IsBusy): Promise<HistoryStep> {
  return withProjectLock(root, async () => {
    const project = await readWritable(root);
    const { newest } = await settledEnds(root);
    if (newest === undefined) throw new AuteurError('nothing-to-undo', { root });
    const asked = { root, project, entry: newest };
    try {
      return await step(asked, 'undo', await planUndo(asked, isBusy));
    } catch (error) {
      // What is no longer in the film would stand in the way of every edit before it.
      if (AuteurError.is(error, 'undo-gone')) await dropEntry(root, newest.id);
      throw error;
    }
  });
}

/**
 * Does again what was undone last, as long as no newer edit was made.
 * @throws AuteurError `nothing-to-redo`, `redo-impossible`, `file-changed`; then the film is as it was
 */
export function redoEdit(root: string): Promise<HistoryStep> {
  return withProjectLock(root, async () => {
    const project = await readWritable(root);
    const { undone } = await settledEnds(root);
    if (undone === undefined) throw new AuteurError('nothing-to-redo', { root });
    const asked = { root, project, entry: undone };
    return step(asked, 'redo', await planRedo(asked));
  });
}

/** What undo and redo would do now; a hint, because another process may edit at the same moment. */
export async function readHistory(root: string): Promise<EditHistory> {
  const { newest, undone } = await unsettledEnds(root);
  return {
    ...(newest === undefined ? {} : { undo: newest.summary }),
    ...(undone === undefined ? {} : { redo: undone.summary }),
  };
}

async function step({ root, entry }: Asked, way: 'undo' | 'redo', plan: Plan): Promise<HistoryStep> {
  const texts = plan.steps.map(({ path, file, text }) => ({ path, before: file?.text, after: text }));
  const next = texts.map(fileMove);
  await writeEntry(root, { ...entry, state: way === 'undo' ? 'undoing' : 'redoing', next });
  for (const one of plan.steps) await carryOut(root, one);
  await confirm(root, { ...entry, state: way === 'undo' ? 'undone' : 'done', moves: next });
  return {
    address: plan.address,
    id: plan.id,
    files: plan.steps.map(({ path }) => path),
    summary: `${way === 'undo' ? 'Undo' : 'Redo'}: ${entry.summary}`,
    of: entry.summary,
  };
}

async function readWritable(root: string): Promise<JsonFile<Project>> {
  const project = await readProject(root);
  requireWritable(project);
  return project;
}
