import { AuteurError } from '../../errors.ts';
import type { Project } from '../../model/project.ts';
import { ShotList } from '../../model/shotList.ts';
import type { EditHistory } from '../../ports/studio.ts';
import type { FilmEdit } from '../filmEdits.ts';
import { readJsonFile, type JsonFile } from '../jsonFile.ts';
import { isThere } from '../locate.ts';
import { readProject, requireWritable } from '../projectFiles.ts';
import { withProjectLock } from '../projectLock.ts';
import { resolveInside } from '../projectPath.ts';
import { fileMove } from './fileMove.ts';
import { carryOut, type Asked, type Plan } from './fileStep.ts';
import type { HistoryEntry } from './historyEntry.ts';
import { dropEntry, entryIds, readEntry, writeEntry } from './historyFiles.ts';
import { isApplied } from './isApplied.ts';
import { planRedo } from './planRedo.ts';
import { planUndo, type IsBusy } from './planUndo.ts';
import { confirm } from './recordEdit.ts';

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
    const { newest } = await settled(root, project);
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
    const { undone } = await settled(root, project);
    if (undone === undefined) throw new AuteurError('nothing-to-redo', { root });
    const asked = { root, project, entry: undone };
    return step(asked, 'redo', await planRedo(asked));
  });
}

/** What undo and redo would do now; a hint, because another process may edit at the same moment. */
export async function readHistory(root: string): Promise<EditHistory> {
  const { newest, undone } = await ends(root, (entry) => Promise.resolve(entry));
  return {
    ...(newest === undefined ? {} : { undo: newest.summary }),
    ...(undone === undefined ? {} : { redo: undone.summary }),
  };
}

interface Ends {
  /** What undo is about. */
  readonly newest: HistoryEntry | undefined;
  /** What redo is about: the oldest of the undone ones that no edit has followed. */
  readonly undone: HistoryEntry | undefined;
}

async function ends(
  root: string,
  settle: (entry: HistoryEntry) => Promise<HistoryEntry | undefined>,
): Promise<Ends> {
  let undone: HistoryEntry | undefined;
  for (const id of await entryIds(root)) {
    const read = await readEntry(root, id);
    const entry = read === undefined ? undefined : await settle(read);
    if (entry === undefined) continue;
    if (entry.state !== 'undone' && entry.state !== 'redoing') return { newest: entry, undone };
    undone = entry;
  }
  return { newest: undefined, undone };
}

/** Finds out of each step that a crash has cut short whether it came to pass. */
function settled(root: string, project: JsonFile<Project>): Promise<Ends> {
  return ends(root, async (entry) => {
    if (entry.state === 'done' || entry.state === 'undone') return entry;
    const applied = await isApplied(root, project.value, entry.change);
    if (entry.state === 'doing' && !applied) {
      await dropEntry(root, entry.id);
      return undefined;
    }
    return rest(root, entry, applied);
  });
}

async function rest(root: string, entry: HistoryEntry, applied: boolean): Promise<HistoryEntry> {
  const { next, ...kept } = entry;
  const happened = applied === (entry.state !== 'undoing');
  if (happened && entry.state === 'undoing') await finishRemovals(root, entry);
  const settledEntry: HistoryEntry = {
    ...kept,
    state: applied ? 'done' : 'undone',
    moves: happened && next !== undefined ? next : entry.moves,
  };
  await writeEntry(root, settledEntry);
  return settledEntry;
}

/** A scene's shot list goes after the scene itself, so a crash may have left it behind. */
async function finishRemovals(root: string, { change, next = [] }: HistoryEntry): Promise<void> {
  if (change.kind !== 'addScene') return;
  const { shotList: path, id } = change.scene;
  const move = next.find((one) => one.path === path && one.after === undefined);
  if (move === undefined || !(await isThere(await resolveInside(root, path)))) return;
  const file = await readJsonFile(await resolveInside(root, path), ShotList);
  if (file.value.sceneId === id && file.text === move.removed)
    await carryOut(root, { path, file, text: undefined });
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
