import type { EditedNode } from '../../protocol/editRequest.ts';
import { filesOf } from '../history/fileStep.ts';
import { recordEdit, settleBelow } from '../history/recordEdit.ts';
import { withProjectLock } from '../projectLock.ts';
import { applyOp } from './applyOp.ts';
import { FilmDraft } from './filmDraft.ts';
import type { FilmOp } from './filmOp.ts';

/** What an edit did: the address and id of what it touched, and the files it wrote, relative to the project. */
export interface FilmEdit {
  readonly address: string;
  readonly id: string;
  readonly files: readonly string[];
  readonly summary: string;
  /** What was done, by id. */
  readonly ops: readonly FilmOp[];
}

/** An edit of several nodes; `address` and `id` are those of the first. */
export interface NodesEdit extends FilmEdit {
  readonly nodes: readonly EditedNode[];
}

/** What an edit means for the film as it is now, already made in the draft. */
export interface NodesPlan {
  /** In the words of the commit. */
  readonly summary: string;
  readonly nodes: readonly EditedNode[];
  /** In the order in which they were made; what would be missing after a crash in between comes first. */
  readonly ops: readonly FilmOp[];
}

/** Makes the changes in the draft, and a plan of them. */
export async function planOf(
  draft: FilmDraft,
  { summary, node, ops }: { summary: string; node: EditedNode; ops: readonly FilmOp[] },
): Promise<NodesPlan> {
  for (const op of ops) await applyOp(draft, op);
  return { summary, nodes: [node], ops };
}

/**
 * Makes an edit of the store: found out from the film, made in a draft, written file by file, and kept for undo.
 * Nothing is written before all of it fits.
 * @throws AuteurError whatever `plan` throws, `value-invalid`, `schema-newer`, `text-changed`, `file-changed`,
 *   `document-unsaved`, `project-locked`
 */
export function editFilm(root: string, plan: (draft: FilmDraft) => Promise<NodesPlan>): Promise<NodesEdit> {
  return withProjectLock(root, async () => {
    await settleBelow(root);
    const draft = await FilmDraft.open(root);
    // A film that a newer build wrote is read and not changed, whichever of its files an edit is about.
    draft.requireWritable();
    const { ops, summary, nodes } = await plan(draft);
    const steps = draft.steps();
    const address = nodes[0]?.address ?? '';
    const id = nodes[0]?.id ?? '';
    if (steps.length > 0) await recordEdit(root, { summary, address, target: id, ops: [...ops] }, steps);
    return { address, id, summary, nodes, ops, files: filesOf(steps) };
  });
}
