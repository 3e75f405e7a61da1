import { basename } from 'node:path';
import { takeIn } from '../edits/takeOps.ts';
import type { FilmDraft } from '../edits/filmDraft.ts';
import type { OpOf } from '../edits/filmOp.ts';
import type { Obstacle } from './refusal.ts';

export async function againstMark(
  draft: FilmDraft,
  { path, take, from }: OpOf<'mark'>,
): Promise<Obstacle | undefined> {
  const found = takeIn(await draft.text(path));
  const isThere = found?.id === take && (found.deleted === undefined) === (from === undefined);
  return isThere ? undefined : { is: 'gone', what: `the sidecar ${basename(path)}`, path };
}
