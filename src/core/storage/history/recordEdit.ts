import { AuteurError, systemCode } from '../../errors.ts';
import { fileMove } from './fileMove.ts';
import { carryOutAll, isFileStep, type Step } from './fileStep.ts';
import type { HistoryEntry } from './historyEntry.ts';
import { nextEntryId, writeEntry } from './historyFiles.ts';
import { endRedo, giveUp, isBegun, settledEnds } from './settle.ts';

export type RecordedEdit = Pick<HistoryEntry, 'summary' | 'address' | 'target' | 'ops'>;

/**
 * Makes an edit that can be undone: what it will do is written first, what it did to the files afterwards.
 * Runs under the project's lock.
 */
export async function recordEdit(root: string, edit: RecordedEdit, steps: readonly Step[]): Promise<void> {
  const intent: HistoryEntry = {
    id: await nextEntryId(root),
    time: new Date().toISOString(),
    ...edit,
    state: 'doing',
    moves: [],
  };
  await writeEntry(root, intent);
  try {
    await carryOutAll(root, steps);
  } catch (error) {
    await unlessUnreadable(() => dropUnlessMade(root, intent));
    throw error;
  }
  // While it counts as under way: after a crash here, whoever finds it made ends redo too.
  await quietly(() => endRedo(root, intent));
  await confirm(root, {
    ...intent,
    state: 'done',
    moves: steps.filter(isFileStep).map(({ path, before, text }) => fileMove({ path, before, after: text })),
  });
}

/** What is below a new edit is looked at while it is still on top: later the film would tell another story. */
export function settleBelow(root: string): Promise<void> {
  return unlessUnreadable(() => settledEnds(root));
}

/** The edit is made by now; without this the next reader settles the intent by looking into the film. */
export function confirm(root: string, entry: HistoryEntry): Promise<void> {
  return quietly(() => writeEntry(root, entry));
}

/** An edit that failed is nothing to undo, unless it failed once the film held it. */
async function dropUnlessMade(root: string, entry: HistoryEntry): Promise<void> {
  if (!(await isBegun(root, entry.ops))) await giveUp(root, entry);
}

/** Where the film cannot be read now, the next undo finds out. */
async function unlessUnreadable(work: () => Promise<unknown>): Promise<void> {
  try {
    await quietly(work);
  } catch (error) {
    if (!AuteurError.is(error)) throw error;
  }
}

/** A full disk, or one that fails, keeps the history from being written; the edit itself stands. */
async function quietly(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}
