import { randomUUID } from 'node:crypto';
import { AuteurError } from '../../errors.ts';
import type { TakeName } from '../../protocol/editRequest.ts';
import type { IsBusy } from '../history/findObstacle.ts';
import { kindOf } from '../ownFolder.ts';
import { resolveInside } from '../projectPath.ts';
import { applyOp } from './applyOp.ts';
import type { NodesPlan } from './editFilm.ts';
import type { FilmDraft } from './filmDraft.ts';
import { FilmOp } from './filmOp.ts';
import { activeTakeOps } from './takeEdit.ts';
import { findTakes, nodesOf, wordsFor, type TakeTarget } from './takeTargets.ts';

interface Deletion {
  readonly takes: readonly TakeName[];
  /** Where one of them is the active take, it is so no longer. */
  readonly deactivate?: boolean | undefined;
}

/**
 * Deletes takes: their media go to the trash, their sidecars stay with the mark, so that no number is given again.
 * @throws AuteurError `take-unknown`, `take-is-active`, `take-being-recorded`
 */
export async function planDeleteTakes(
  draft: FilmDraft,
  { takes, deactivate }: Deletion,
  isBusy: IsBusy,
): Promise<NodesPlan> {
  const targets = await findTakes(draft, takes);
  const now = new Date().toISOString();
  const ops: FilmOp[] = [];
  for (const target of targets) {
    if (target.shot.shot.activeTake === target.take.id) {
      const { address } = target.shot;
      if (deactivate !== true)
        throw new AuteurError('take-is-active', { address, number: target.take.number });
      ops.push(...activeTakeOps(target.shot, undefined));
    }
    ops.push(...(await deletionOps(draft, target, { now, isBusy })));
  }
  for (const op of ops) await applyOp(draft, op);
  return { summary: `Delete ${wordsFor(targets)}`, nodes: nodesOf(targets), ops };
}

/** The mark comes first: media without it would be missed. */
async function deletionOps(
  { root }: FilmDraft,
  { take, folder, sidecar, shot }: TakeTarget,
  { now, isBusy }: { now: string; isBusy: IsBusy },
): Promise<readonly FilmOp[]> {
  const kinds = await Promise.all(
    take.files.map(async ({ name }) => kindOf(await resolveInside(root, `${folder}/${name}`))),
  );
  const present = take.files.filter((_, index) => kinds[index] === 'file');
  // A recorder has claimed the number and is about to move the media to it.
  if (present.length < take.files.length && (await isBusy(shot.shot.id)))
    throw new AuteurError('take-being-recorded', { address: shot.address, number: take.number });
  const trash = randomUUID();
  const media = present.map(({ name }, index) => ({
    op: 'media',
    path: `${folder}/${name}`,
    kept: `trash/${trash}/${index}`,
    way: 'out',
  }));
  return [{ op: 'mark', path: sidecar, take: take.id, to: now }, ...media.map((op) => FilmOp.parse(op))];
}
