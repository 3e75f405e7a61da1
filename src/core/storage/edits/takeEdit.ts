import { isDeepStrictEqual } from 'node:util';
import type { TakeReview } from '../../model/shotList.ts';
import type { TakeName, Verdict } from '../../protocol/editRequest.ts';
import { applyOp } from './applyOp.ts';
import type { NodesPlan } from './editFilm.ts';
import type { FilmDraft } from './filmDraft.ts';
import { jsonOf, type FilmOp, type OpOf } from './filmOp.ts';
import { findShotTarget, findTakes, nodesOf, wordsFor, type TakeTarget } from './takeTargets.ts';

/**
 * Rates, approves, rejects takes or notes something on them; null and no stars take it back.
 * @throws AuteurError `take-unknown`, `address-unknown`
 */
export async function planReview(
  draft: FilmDraft,
  { takes, review }: { readonly takes: readonly TakeName[]; readonly review: Verdict },
): Promise<NodesPlan> {
  const targets = await findTakes(draft, takes);
  const ops: FilmOp[] = targets.flatMap((target) => reviewOps(target, review));
  for (const op of ops) await applyOp(draft, op);
  return { summary: `${verb(review)} ${wordsFor(targets)}`, nodes: nodesOf(targets), ops };
}

/** Field by field, so that of two people one can rate a take while the other notes something on it. */
function reviewOps({ shot, take }: TakeTarget, verdict: Verdict): readonly OpOf<'set'>[] {
  const before = shot.shot.reviews?.[take.id] ?? {};
  const after = reviewed(before, verdict);
  const place = shot.place;
  if (Object.keys(after).length === 0 && Object.keys(before).length > 0) {
    return [{ op: 'set', place, field: ['reviews', take.id], from: jsonOf(before) }];
  }
  return (['rating', 'status', 'note'] as const).flatMap((name) => {
    const [from, to] = [before[name], after[name]];
    if (isDeepStrictEqual(from, to)) return [];
    const field = ['reviews', take.id, name];
    return [
      {
        op: 'set',
        place,
        field,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      },
    ];
  });
}

function reviewed(before: TakeReview, { rating, status, note }: Verdict): TakeReview {
  const after = { ...before };
  if (rating === 0) delete after.rating;
  else if (rating !== undefined) after.rating = rating;
  if (status === null) delete after.status;
  else if (status !== undefined) after.status = status;
  if (note === null || note?.trim() === '') delete after.note;
  else if (note !== undefined) after.note = note;
  return after;
}

function verb({ rating, status, note }: Verdict): string {
  if (status === 'approved') return 'Approve';
  if (status === 'rejected') return 'Reject';
  if (rating !== undefined && rating > 0) return `Rate (${rating})`;
  return note === undefined || note === null ? 'Clear the review of' : 'Note on';
}

/** Makes a take the one its shot shows and exports. */
export async function planActivate(
  draft: FilmDraft,
  { take }: { readonly take: TakeName },
): Promise<NodesPlan> {
  const targets = await findTakes(draft, [take]);
  const ops = targets.flatMap((target) => activeTakeOps(target.shot, target.take.id));
  for (const op of ops) await applyOp(draft, op);
  return { summary: `Choose the active take of ${take.address}`, nodes: nodesOf(targets), ops };
}

export async function planDeactivate(
  draft: FilmDraft,
  { addresses }: { readonly addresses: readonly string[] },
): Promise<NodesPlan> {
  const shots = await Promise.all([...new Set(addresses)].map((one) => findShotTarget(draft, one)));
  const ops = shots.flatMap((shot) => activeTakeOps(shot, undefined));
  for (const op of ops) await applyOp(draft, op);
  const what = shots.length === 1 ? (shots[0]?.address ?? '') : `${shots.length} shots`;
  const nodes = shots.map(({ address, id }) => ({ address, id }));
  return { summary: `Leave the take of ${what} open`, nodes, ops };
}

/** What makes a take the active one of its shot, or none; nothing where it is so already. */
export function activeTakeOps(
  { shot, place }: TakeTarget['shot'],
  to: TakeTarget['take']['id'] | undefined,
): readonly OpOf<'set'>[] {
  const from = shot.activeTake;
  if (from === to) return [];
  return [
    {
      op: 'set',
      place,
      field: ['activeTake'],
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    },
  ];
}
