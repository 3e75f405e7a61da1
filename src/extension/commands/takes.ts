import * as vscode from 'vscode';
import { AuteurError } from '../../core/errors.ts';
import type { TakeView } from '../../core/protocol/views.ts';
import type { TakeRef } from '../../providers/contributions.ts';
import { chooseTake } from './choosePlace.ts';
import type { PartNeeds } from './parts.ts';

export type SelectedPlaces = readonly (TakeRef | { readonly root: string })[];

/** Takes of one film as they are now: what a tree or page shows may be a moment old. */
export interface MeantTakes {
  readonly root: string;
  readonly views: readonly [TakeView, ...TakeView[]];
}

function isTake(place: TakeRef | { readonly root: string }): place is TakeRef {
  return 'takeId' in place;
}

/** What was clicked with the selection it is part of; from the keyboard the selection; else the user is asked. */
export async function meantTakes(
  needs: PartNeeds,
  title: string,
  { take, selected }: { take: TakeRef | undefined; selected?: SelectedPlaces | undefined },
): Promise<MeantTakes> {
  const around: SelectedPlaces = take === undefined ? needs.tree.selection : (selected ?? []);
  const chosen = around.filter(isTake);
  const isPart = take === undefined || chosen.some((one) => one.takeId === take.takeId);
  const refs = isPart && chosen.length > 0 ? chosen : [take ?? (await chooseTake(needs, title))];
  const [first] = refs;
  const { root } = first ?? { root: '' };
  const views = await Promise.all(refs.filter((one) => one.root === root).map((one) => findTake(needs, one)));
  const [one, ...others] = views;
  if (one === undefined) throw new vscode.CancellationError();
  return { root, views: [one, ...others] };
}

/** @throws AuteurError `take-unknown` where it is gone meanwhile */
export async function findTake(
  { studio }: Pick<PartNeeds, 'studio'>,
  { root, shotId, takeId }: TakeRef,
): Promise<TakeView> {
  const take = (await studio.takes(root, shotId)).find(({ id }) => id === takeId);
  if (take === undefined) throw new AuteurError('take-unknown', { address: shotId, number: takeId });
  return take;
}
