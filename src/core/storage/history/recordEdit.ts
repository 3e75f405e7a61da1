import { AuteurError, systemCode } from '../../errors.ts';
import { readProject } from '../projectFiles.ts';
import { fileMove, type FileTexts } from './fileMove.ts';
import type { FilmChange, HistoryEntry } from './historyEntry.ts';
import { dropEntry, nextEntryId, writeEntry } from './historyFiles.ts';
import { isApplied } from './isApplied.ts';
import { endRedo, settledEnds } from './settle.ts';

interface RecordedEdit {
  readonly summary: string;
  readonly change: FilmChange;
}

/**
 * Makes an edit that can be undone: what it will do is written first, what it did to the files afterwards.
 * Runs under the project's lock.
 */
export async function recordEdit(
  root: string,
  { summary, change }: RecordedEdit,
  write: () => Promise<readonly FileTexts[]>,
): Promise<void> {
  // What is below the new edit is looked at while it is still on top: later the film would tell another story.
  await unlessUnreadable(() => settledEnds(root));
  const intent: HistoryEntry = {
    id: await nextEntryId(root),
    time: new Date().toISOString(),
    summary,
    change,
    state: 'doing',
    moves: [],
  };
  await writeEntry(root, intent);
  const texts = await write().catch(async (error: unknown) => {
    await unlessUnreadable(() => dropUnlessMade(root, intent));
    throw error;
  });
  // While it counts as under way: after a crash here, whoever finds it made ends redo too.
  await quietly(() => endRedo(root, intent));
  await confirm(root, { ...intent, state: 'done', moves: texts.map(fileMove) });
}

/** The edit is made by now; without this the next reader settles the intent by looking into the film. */
export function confirm(root: string, entry: HistoryEntry): Promise<void> {
  return quietly(() => writeEntry(root, entry));
}

/** An edit that failed is nothing to undo, unless it failed once the film held it. */
async function dropUnlessMade(root: string, { id, change }: HistoryEntry): Promise<void> {
  const { value: project } = await readProject(root);
  if (!(await isApplied(root, project, change))) await dropEntry(root, id);
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
