import { randomUUID } from 'node:crypto';
import { categoryWord } from '../../domain/assetPaths.ts';
import type { ImportedFile, SkippedFile } from '../../protocol/assetViews.ts';
import type { ImportRequest } from '../../protocol/importRequest.ts';
import { insertOps } from '../edits/assetEdit.ts';
import { editFilm, planOf, type NodesEdit, type NodesPlan } from '../edits/editFilm.ts';
import type { FilmDraft } from '../edits/filmDraft.ts';
import { FilmOp } from '../edits/filmOp.ts';
import { findAnyAsset } from '../edits/findAnyAsset.ts';
import type { MadeAsset } from './placing.ts';
import { placingFor, type StagedImport } from './stageImport.ts';

export interface ImportEdit extends NodesEdit {
  readonly imported: readonly ImportedFile[];
  readonly skipped: readonly SkippedFile[];
}

/**
 * Takes the copies into the film, as one edit that can be undone.
 * @throws AuteurError `file-changed`, `project-locked`, and what finding the target throws
 */
export async function finishImport(
  root: string,
  { target, clash = 'keep' }: ImportRequest,
  staged: StagedImport,
): Promise<ImportEdit> {
  const imported: ImportedFile[] = [];
  const skipped = [...staged.skipped];
  const edit = await editFilm(root, async (draft) => {
    const placing = await placingFor(draft, target);
    const made: MadeAsset[] = [];
    const media: FilmOp[] = [];
    for (const { from, steps, kept } of staged.files) {
      const placement = await placing.place(steps, clash);
      if (placement.is === 'skipped') {
        skipped.push({ from, reason: placement.reason });
        continue;
      }
      const { path, asset } = placement;
      if (placement.is === 'replacing') media.push(putAside(path));
      else if (placement.made !== undefined) made.push(placement.made);
      media.push(FilmOp.parse({ op: 'media', path, kept, way: 'in' }));
      imported.push({ from, path, asset });
    }
    return plan(draft, { target, made, media });
  });
  return { ...edit, imported, skipped };
}

function putAside(path: string): FilmOp {
  return FilmOp.parse({ op: 'media', path, kept: `trash/${randomUUID()}/0`, way: 'out' });
}

interface Planned {
  readonly target: ImportRequest['target'];
  readonly made: readonly MadeAsset[];
  readonly media: readonly FilmOp[];
}

async function plan(draft: FilmDraft, { target, made, media }: Planned): Promise<NodesPlan> {
  const count = media.filter((op) => op.op === 'media' && op.way === 'in').length;
  const files = `${count} file${count === 1 ? '' : 's'}`;
  if ('asset' in target) {
    const { category, ref } = findAnyAsset(draft.project, target.asset);
    const node = { address: `${category}/${ref.name}`, id: ref.id };
    const summary = `Import ${files} into ${categoryWord(category)} ${ref.name}`;
    return planOf(draft, { summary, node, ops: media });
  }
  const { category } = target;
  const plan = await planOf(draft, {
    summary: `Import ${files} into ${category}`,
    node: { address: category, id: made[0]?.value.id ?? '' },
    ops: [...insertOps(draft, category, made), ...media],
  });
  const nodes = made.map(({ value }) => ({ address: `${category}/${value.name}`, id: value.id }));
  return { ...plan, nodes: nodes.length > 0 ? nodes : plan.nodes };
}
