import * as vscode from 'vscode';
import type { NodeKind } from '../../core/domain/fieldForms.ts';
import { AuteurError } from '../../core/errors.ts';
import type { BeatRef, DocumentRef, PlaceRef } from '../../providers/contributions.ts';
import type { ProjectsView } from '../../providers/trees/registerProjectTree.ts';
import type { Services } from '../services.ts';

export type PartNeeds = Services & { readonly tree: ProjectsView };

/**
 * What was clicked, with the selection it is part of; from the keyboard the selection alone.
 * @throws CancellationError where only takes, documents or beats are meant
 */
export function meant(
  { tree }: PartNeeds,
  part: PlaceRef | undefined,
  selected: readonly PlaceRef[] | undefined,
): readonly PlaceRef[] | undefined {
  const clicked = clickedOn({ tree }, part, selected);
  const parts = clicked.filter((place) => !isTake(place) && !isBeside(place));
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

const besideTheParts: readonly unknown[] = ['problem', 'documents', 'beats'];

/** Of the film and at no place in it: documents, beats, the lines above them, and the one that says what is wrong. */
export function isBeside(place: PlaceRef): boolean {
  return isDocument(place) || isBeat(place) || ('kind' in place && besideTheParts.includes(place.kind));
}

/** It has the address of its shot. */
export function isTake(place: PlaceRef): boolean {
  return 'takeId' in place;
}

/** Whether what the tree hands over is a document rather than a part of the film. */
export function isDocument(place: PlaceRef): place is DocumentRef {
  return 'path' in place && typeof place.path === 'string';
}

export function isBeat(place: PlaceRef): place is BeatRef {
  return 'beat' in place && typeof place.beat === 'string';
}

const kinds: readonly NodeKind[] = ['project', 'chapter', 'scene', 'shot'];

/** By its address; what is below a shot has that of its shot. */
export function kindOf({ address }: PlaceRef): NodeKind {
  return kinds[address === undefined || address === '' ? 0 : address.split('/').length] ?? 'shot';
}

/**
 * What is of several kinds is done in several goes: one question could not say what is meant.
 * @throws AuteurError `nodes-mixed`
 */
export function requireOneKind(places: readonly PlaceRef[]): void {
  const parts = places.filter((place) => !isBeside(place));
  const found = [...new Set(parts.map((place) => ('takeId' in place ? 'take' : kindOf(place))))];
  if (found.length > 1) throw new AuteurError('nodes-mixed', { kinds: found.join(', ') });
}

/** What was clicked, with the selection it is part of, as a request names it: no address means the whole film. */
export function placesInFilm(
  place: PlaceRef,
  selected: readonly PlaceRef[] | undefined,
): { root: string; addresses: readonly string[] } {
  const places = selected?.includes(place) === true ? selected : [place];
  const within = places.filter((one) => !isBeside(one));
  const isWhole = within.some(({ address }) => address === undefined || address === '');
  const { root, addresses } = oneFilm(within);
  return { root, addresses: isWhole ? [] : addresses };
}

/** One film at a time: an edit is one step of one history. */
export function oneFilm(parts: readonly PlaceRef[]): { root: string; addresses: string[] } {
  const [first] = parts;
  const addresses = parts.flatMap(({ address }) => address ?? []);
  if (first === undefined || parts.some(({ root }) => root !== first.root))
    throw new AuteurError('drop-elsewhere');
  return { root: first.root, addresses };
}
