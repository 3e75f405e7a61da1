import { systemCode } from '../../errors.ts';
import { fileMove, type FileTexts } from './fileMove.ts';
import type { FilmChange, HistoryEntry } from './historyEntry.ts';
import { nextEntryId, writeEntry } from './historyFiles.ts';

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
  const intent: HistoryEntry = {
    id: await nextEntryId(root),
    time: new Date().toISOString(),
    summary,
    change,
    state: 'doing',
    moves: [],
  };
  await writeEntry(root, intent);
  const texts = await write();
  await confirm(root, { ...intent, state: 'done', moves: texts.map(fileMove) });
}

/** The edit is made by now; without this the next reader settles the intent by looking into the film. */
export async function confirm(root: string, entry: HistoryEntry): Promise<void> {
  try {
    await writeEntry(root, entry);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}
