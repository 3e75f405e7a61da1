import { ShotList } from '../../model/shotList.ts';
import { readJsonFile } from '../jsonFile.ts';
import { isThere } from '../locate.ts';
import { readProject } from '../projectFiles.ts';
import { resolveInside } from '../projectPath.ts';
import { carryOut } from './fileStep.ts';
import type { HistoryEntry } from './historyEntry.ts';
import { dropEntry, entryIds, readEntry, writeEntry } from './historyFiles.ts';
import { isApplied } from './isApplied.ts';

export interface Ends {
  /** What undo is about. */
  readonly newest: HistoryEntry | undefined;
  /** What redo is about: the oldest of the undone ones that no edit has followed. */
  readonly undone: HistoryEntry | undefined;
}

/** The ends as the entries tell them; a step that a crash has cut short may have come to pass or not. */
export function unsettledEnds(root: string): Promise<Ends> {
  return ends(root, (entry) => Promise.resolve(entry));
}

/** Finds out of each step that a crash has cut short whether it came to pass. Runs under the project's lock. */
export function settledEnds(root: string): Promise<Ends> {
  return ends(root, async (entry) => {
    if (entry.state === 'done' || entry.state === 'undone') return entry;
    const { value: project } = await readProject(root);
    const applied = await isApplied(root, project, entry.change);
    if (entry.state === 'doing' && !applied) {
      await dropEntry(root, entry.id);
      return undefined;
    }
    return rest(root, entry, applied);
  });
}

/** A new edit ends redo: what is undone right below it is forgotten. */
export async function endRedo(root: string, edit: HistoryEntry): Promise<void> {
  for (const id of await entryIds(root)) {
    const entry = id < edit.id ? await readEntry(root, id) : undefined;
    if (entry === undefined) continue;
    if (entry.state !== 'undone') return;
    await dropEntry(root, id);
  }
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

async function rest(root: string, entry: HistoryEntry, applied: boolean): Promise<HistoryEntry> {
  const { next, ...kept } = entry;
  const happened = applied === (entry.state !== 'undoing');
  if (happened && entry.state === 'undoing') await finishRemovals(root, entry);
  if (entry.state === 'doing') await endRedo(root, entry);
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
