import { isDeepStrictEqual } from 'node:util';
import { applyOp, isMade, valueOf } from '../edits/applyOp.ts';
import { FilmDraft } from '../edits/filmDraft.ts';
import { inverse, type FilmOp } from '../edits/filmOp.ts';
import { isSameText } from '../edits/sameText.ts';
import { carryOutAll } from './fileStep.ts';
import type { HistoryEntry } from './historyEntry.ts';
import { dropEntry, entryIds, readEntry, writeEntry } from './historyFiles.ts';

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
    return settle(root, entry);
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

/** Whether the film holds any of the changes. Files come and go with what names them, so they do not count. */
export async function isBegun(root: string, ops: readonly FilmOp[]): Promise<boolean> {
  const draft = await FilmDraft.open(root);
  const deciding = ops.some(isDeciding) ? ops.filter(isDeciding) : ops;
  for (const op of deciding) if (await isMade(draft, op)) return true;
  return false;
}

function isDeciding({ op }: FilmOp): boolean {
  return op !== 'file' && op !== 'media' && op !== 'relocate';
}

async function ends(
  root: string,
  settled: (entry: HistoryEntry) => Promise<HistoryEntry | undefined>,
): Promise<Ends> {
  let undone: HistoryEntry | undefined;
  for (const id of await entryIds(root)) {
    const read = await readEntry(root, id);
    const entry = read === undefined ? undefined : await settled(read);
    if (entry === undefined) continue;
    if (entry.state !== 'undone' && entry.state !== 'redoing') return { newest: entry, undone };
    undone = entry;
  }
  return { newest: undefined, undone };
}

async function settle(root: string, entry: HistoryEntry): Promise<HistoryEntry | undefined> {
  const { next, ...kept } = entry;
  const ops = entry.state === 'undoing' ? inverse(entry.ops) : entry.ops;
  const happened = await isBegun(root, ops);
  if (!happened && entry.state === 'doing') {
    await giveUp(root, entry);
    return undefined;
  }
  if (happened) await finish(root, ops);
  // Media and texts come and go before what names them says so: then they go and come back.
  else await finish(root, inverse(ops.filter((op) => !isDeciding(op))));
  if (entry.state === 'doing') await endRedo(root, entry);
  const isUndone = happened === (entry.state === 'undoing');
  const rested: HistoryEntry = {
    ...kept,
    state: isUndone ? 'undone' : 'done',
    moves: happened && next !== undefined ? next : entry.moves,
  };
  await writeEntry(root, rested);
  return rested;
}

/** Of an edit that never came to pass, the files it made first go again, and what it moved first goes back. */
export async function giveUp(root: string, { id, ops }: Pick<HistoryEntry, 'id' | 'ops'>): Promise<void> {
  await finish(root, inverse(ops.filter(({ op }) => op === 'file' || op === 'relocate')));
  await dropEntry(root, id);
}

/** Makes the changes that are missing: a shot on its way from one list to another is in both until then. */
async function finish(root: string, ops: readonly FilmOp[]): Promise<void> {
  const draft = await FilmDraft.open(root);
  for (const op of ops) if (!(await isMade(draft, op)) && (await isSafe(draft, op))) await applyOp(draft, op);
  await carryOutAll(root, draft.steps());
}

/** What somebody has changed since is theirs. */
async function isSafe(draft: FilmDraft, op: FilmOp): Promise<boolean> {
  if (op.op === 'media') return draft.canMove(op);
  if (op.op === 'relocate') return draft.canRelocate(op);
  if (op.op === 'set') return isDeepStrictEqual(await valueOf(draft, op), op.from);
  return op.op !== 'file' || isSameText(await draft.text(op.path), op.from);
}
