import { AuteurError } from '../../errors.ts';
import type { EditHistory } from '../../ports/studio.ts';
import { applyOp } from '../edits/applyOp.ts';
import type { FilmEdit } from '../edits/editFilm.ts';
import { FilmDraft } from '../edits/filmDraft.ts';
import { inverse } from '../edits/filmOp.ts';
import { readProject, requireWritable } from '../projectFiles.ts';
import { withProjectLock } from '../projectLock.ts';
import { fileMove, formerText } from './fileMove.ts';
import { carryOutAll, filesOf, isFileStep, type Step } from './fileStep.ts';
import { findObstacle, type IsBusy } from './findObstacle.ts';
import type { HistoryEntry } from './historyEntry.ts';
import { dropEntry, writeEntry } from './historyFiles.ts';
import { confirm } from './recordEdit.ts';
import { refusal, type Way } from './refusal.ts';
import { isBegun, settledEnds, unsettledEnds } from './settle.ts';

/** An edit of its own, and the words of the edit that was undone or done again. */
export interface HistoryStep extends FilmEdit {
  readonly of: string;
}

/**
 * Takes back the newest edit of the store that is not undone. Numbers that were given are not given again.
 * @throws AuteurError `nothing-to-undo`, `undo-…` where the film has changed since, `text-changed`, `document-unsaved`; then the film is as it was
 */
export function undoEdit(root: string, isBusy: IsBusy): Promise<HistoryStep> {
  return withProjectLock(root, async () => {
    requireWritable(await readProject(root));
    const { newest } = await settledEnds(root);
    if (newest === undefined) throw new AuteurError('nothing-to-undo', { root });
    try {
      return await step({ root, entry: newest, way: 'undo', isBusy });
    } catch (error) {
      if (!AuteurError.is(error, 'undo-gone')) throw error;
      // Of what the film still holds a part, the entry may be the only copy of the rest; of a take, the film has all.
      const parts = newest.ops.filter(({ op }) => !['mark', 'set', 'media', 'relocate'].includes(op));
      if (await isBegun(root, parts)) throw new AuteurError('undo-changed', error.data, { cause: error });
      // What is no longer in the film would stand in the way of every edit before it.
      await dropEntry(root, newest.id);
      throw error;
    }
  });
}

/**
 * Does again what was undone last, as long as no newer edit was made.
 * @throws AuteurError `nothing-to-redo`, `redo-impossible`, `text-changed`, `document-unsaved`; then the film is as it was
 */
export function redoEdit(root: string, isBusy: IsBusy): Promise<HistoryStep> {
  return withProjectLock(root, async () => {
    requireWritable(await readProject(root));
    const { undone } = await settledEnds(root);
    if (undone === undefined) throw new AuteurError('nothing-to-redo', { root });
    return step({ root, entry: undone, way: 'redo', isBusy });
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

interface Asked {
  readonly root: string;
  readonly entry: HistoryEntry;
  readonly way: Way;
  readonly isBusy: IsBusy;
}

async function step(asked: Asked): Promise<HistoryStep> {
  const { root, entry, way } = asked;
  const steps = await plan(asked);
  const next = steps
    .filter(isFileStep)
    .map(({ path, before, text }) => fileMove({ path, before, after: text }));
  await writeEntry(root, { ...entry, state: way === 'undo' ? 'undoing' : 'redoing', next });
  await carryOutAll(root, steps);
  await confirm(root, { ...entry, state: way === 'undo' ? 'undone' : 'done', moves: next });
  return {
    address: entry.address,
    id: entry.target,
    files: filesOf(steps),
    ops: way === 'undo' ? inverse(entry.ops) : entry.ops,
    summary: `${way === 'undo' ? 'Undo' : 'Redo'}: ${entry.summary}`,
    of: entry.summary,
  };
}

/** Found out before anything is touched. */
async function plan({ root, entry, way, isBusy }: Asked): Promise<readonly Step[]> {
  const draft = await FilmDraft.open(root);
  const ops = way === 'undo' ? inverse(entry.ops) : entry.ops;
  for (const op of ops) {
    const obstacle = await findObstacle({ draft, ops, isBusy, way }, op);
    if (obstacle !== undefined) throw refusal(way, entry.summary, obstacle);
    await applyOp(draft, op);
  }
  return draft.steps().map((one) => former(entry, one));
}

/** The former text byte for byte where the file is as it was left, else only what the edit did taken back, by id. */
function former({ moves }: HistoryEntry, one: Step): Step {
  if (!isFileStep(one)) return one;
  const move = moves.find(({ path }) => path === one.path);
  const text = move === undefined || one.text === undefined ? undefined : formerText(move, one.before);
  return text === undefined ? one : { ...one, text };
}
