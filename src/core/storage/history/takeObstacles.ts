import { basename } from 'node:path';
import { mediaPlaces, takeIn } from '../edits/takeOps.ts';
import type { FilmDraft } from '../edits/filmDraft.ts';
import type { FilmOp, OpOf } from '../edits/filmOp.ts';
import type { Obstacle } from './refusal.ts';

export async function againstMark(
  draft: FilmDraft,
  { path, take, from }: OpOf<'mark'>,
): Promise<Obstacle | undefined> {
  const found = takeIn(await draft.text(path));
  const isThere = found?.id === take && (found.deleted === undefined) === (from === undefined);
  return isThere ? undefined : { is: 'gone', what: `the sidecar ${basename(path)}`, path };
}

export async function againstMedia(
  { draft, ops }: { readonly draft: FilmDraft; readonly ops: readonly FilmOp[] },
  op: OpOf<'media'>,
): Promise<Obstacle | undefined> {
  // Somebody has put the take back by other means: that is told of the sidecar.
  const mark = ops.find((one) => one.op === 'mark' && one.take === op.take);
  const obstacle = mark?.op === 'mark' ? await againstMark(draft, mark) : undefined;
  if (obstacle !== undefined && op.to === 'folder') return obstacle;
  for (const { name, inFolder, inTrash } of await mediaPlaces(draft, op)) {
    const path = `${op.folder}/${name}`;
    if (op.to === 'trash') continue;
    if (!inTrash && !inFolder) return { is: 'gone', what: `the trash of ${name}`, path };
  }
  return undefined;
}
