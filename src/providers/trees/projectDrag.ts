import { AuteurError } from '../../core/errors.ts';
import type { EditRequest } from '../../core/protocol/editRequest.ts';
import type { PlaceRef } from '../contributions.ts';

type Move = Extract<EditRequest, { kind: 'move' }>;

/** Where something was dropped, with its siblings in order. */
export interface DropTarget extends PlaceRef {
  readonly siblings: readonly string[];
}

const kinds = ['film', 'chapter', 'scene', 'shot'] as const;

/**
 * What dropping chapters, scenes or shots on something means: into it, where it can hold them; else to its place,
 * pushing it down, or up where they come from above it.
 * @returns undefined where nothing would change
 * @throws AuteurError `move-impossible`, `drop-elsewhere`
 */
export function dropRequest(sources: readonly PlaceRef[], target: DropTarget): Move | undefined {
  const addresses = sources.flatMap(({ address }) => address ?? []);
  const [first] = addresses;
  if (first === undefined) return undefined;
  if (sources.some(({ root }) => root !== target.root)) throw new AuteurError('drop-elsewhere');
  const onto = target.address ?? '';
  const depth = depthOf(first);
  if (addresses.some((one) => depthOf(one) !== depth) || depthOf(onto) < depth - 1 || depthOf(onto) > depth) {
    throw new AuteurError('move-impossible', {
      what: kinds[depth] ?? '',
      into: onto === '' ? 'the film' : `${kinds[depthOf(onto)] ?? ''} ${onto}`,
    });
  }
  if (depthOf(onto) === depth - 1) return { kind: 'move', addresses, into: onto };
  return addresses.includes(onto) ? undefined : besideTarget(addresses, onto, target.siblings);
}

function besideTarget(addresses: readonly string[], onto: string, siblings: readonly string[]): Move {
  const into = onto.split('/').slice(0, -1).join('/');
  const at = siblings.indexOf(onto);
  const comesFromAbove = addresses.some((one) => siblings.includes(one) && siblings.indexOf(one) < at);
  const behind = siblings.slice(at + 1).find((one) => !addresses.includes(one));
  const before = comesFromAbove ? behind : onto;
  return { kind: 'move', addresses: [...addresses], into, ...(before === undefined ? {} : { before }) };
}

function depthOf(address: string): number {
  return address === '' ? 0 : address.split('/').length;
}
