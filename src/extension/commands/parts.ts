import * as vscode from 'vscode';
import { AuteurError } from '../../core/errors.ts';
import type { PlaceRef } from '../../providers/contributions.ts';
import type { ProjectsView } from '../../providers/trees/registerProjectTree.ts';
import type { Services } from '../services.ts';

export type PartNeeds = Services & { readonly tree: ProjectsView };

/**
 * What was clicked, with the selection it is part of; from the keyboard the selection alone.
 * @throws CancellationError where only takes are meant
 */
export function meant(
  { tree }: PartNeeds,
  part: PlaceRef | undefined,
  selected: readonly PlaceRef[] | undefined,
): readonly PlaceRef[] | undefined {
  const clicked = clickedOn({ tree }, part, selected);
  const parts = clicked.filter((place) => !isTake(place) && !isProblem(place));
  if (parts.length < clicked.length && parts.length === 0) throw new vscode.CancellationError();
  return parts.length > 0 ? parts : undefined;
}

/** The same, takes among them. */
export function clickedOn(
  { tree }: Pick<PartNeeds, 'tree'>,
  part: PlaceRef | undefined,
  selected: readonly PlaceRef[] | undefined,
): readonly PlaceRef[] {
  if (part === undefined) return tree.selection;
  return selected?.includes(part) === true ? selected : [part];
}

/** The line that says what is wrong stands for nothing of the film. */
export function isProblem(place: PlaceRef): boolean {
  return 'kind' in place && place.kind === 'problem';
}

/** A take has the address of its shot, and a document is of the film; neither of these is meant. */
export function isTake(place: PlaceRef): boolean {
  return 'takeId' in place || 'path' in place;
}

/** One film at a time: an edit is one step of one history. */
export function oneFilm(parts: readonly PlaceRef[]): { root: string; addresses: string[] } {
  const [first] = parts;
  const addresses = parts.flatMap(({ address }) => address ?? []);
  if (first === undefined || parts.some(({ root }) => root !== first.root))
    throw new AuteurError('drop-elsewhere');
  return { root: first.root, addresses };
}
