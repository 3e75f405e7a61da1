import { legible } from '../../core/domain/legible.ts';
import type { FilmNode } from '../../providers/trees/nodes.ts';
import { firstLine } from '../../providers/trees/nodeText.ts';

/** A node by what is shown of it. */
export type Seen<N extends FilmNode = FilmNode> = N extends unknown ? Pick<N, 'kind' | 'view'> : never;

/** What a chapter, scene or shot is called in a sentence; empty where it could not be read. */
export function shownTitle(node: Seen | undefined): string {
  if (node?.kind === 'shot') return legible(firstLine(node.view.shot.description));
  return node?.kind === 'chapter' || node?.kind === 'scene' ? legible(firstLine(node.view.title)) : '';
}
