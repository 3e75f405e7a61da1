import { AuteurError } from '../../core/errors.ts';
import type { PlaceRef } from '../../providers/contributions.ts';
import type { ProjectsView } from '../../providers/trees/registerProjectTree.ts';
import type { Services } from '../services.ts';

export type PartNeeds = Services & { readonly tree: ProjectsView };

/** What was clicked, with the selection it is part of; from the keyboard the selection alone. */
export function meant(
  { tree }: PartNeeds,
  part: PlaceRef | undefined,
  selected: readonly PlaceRef[] | undefined,
): readonly PlaceRef[] | undefined {
  if (part !== undefined) return selected?.includes(part) === true ? selected : [part];
  return tree.selection.length > 0 ? tree.selection : undefined;
}

/** One film at a time: an edit is one step of one history. */
export function oneFilm(parts: readonly PlaceRef[]): { root: string; addresses: string[] } {
  const [first] = parts;
  const addresses = parts.flatMap(({ address }) => address ?? []);
  if (first === undefined || parts.some(({ root }) => root !== first.root))
    throw new AuteurError('drop-elsewhere');
  return { root: first.root, addresses };
}
