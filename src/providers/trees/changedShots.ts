import { isDeepStrictEqual } from 'node:util';
import type { FilmNode, ShotNode } from './nodes.ts';

/** The children of a scene with what they showed: a node is given its next view when it is read again. */
export type Drawn = ReadonlyMap<FilmNode, FilmNode['view']>;

export function drawn(nodes: readonly FilmNode[] = []): Drawn {
  return new Map(nodes.map((node) => [node, node.view]));
}

/** The shots that show something else now; undefined where there are others than before, or in another order. */
export function changedShots(before: Drawn, shots: readonly ShotNode[]): readonly ShotNode[] | undefined {
  const known = [...before.keys()];
  if (known.length !== shots.length || shots.some((shot, index) => shot !== known[index])) return undefined;
  return shots.filter((shot) => !isDeepStrictEqual(shot.view, before.get(shot)));
}
