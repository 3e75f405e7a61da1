import { AuteurError } from '../../core/errors.ts';
import type { EditRequest } from '../../core/protocol/editRequest.ts';
import type { PlaceRef } from '../contributions.ts';
import type { DraggedBeat } from '../dragged.ts';
import type { FilmNode } from './nodes.ts';

export const beatMimeType = 'application/vnd.auteur.beats';

type Bind = Extract<EditRequest, { kind: 'bindBeats' }>;

/** The beats among what is dragged, as a drop reads them; undefined where there are none. */
export function draggedBeats(nodes: readonly FilmNode[]): string | undefined {
  const beats = nodes.flatMap((node) => (node.kind === 'beat' ? [{ root: node.root, beat: node.beat }] : []));
  return beats.length === 0 ? undefined : JSON.stringify(beats);
}

/**
 * Beats are bound to the scene or chapter they are dropped on; a shot and its takes stand for their scene.
 * @throws AuteurError `drop-elsewhere`, `beat-drop`
 */
export function dropBeats(dragged: readonly DraggedBeat[], target: FilmNode): Bind {
  if (dragged.some(({ root }) => root !== target.root)) throw new AuteurError('drop-elsewhere');
  if (!('address' in target)) throw new AuteurError('beat-drop');
  const at = target.address.split('/').slice(0, 2).join('/');
  return { kind: 'bindBeats', beats: dragged.map(({ beat }) => beat), at };
}

/**
 * A scene or chapter that is dropped on a beat is what the beat is bound to from then on.
 * @throws AuteurError `drop-elsewhere`, `beat-drop`
 */
export function dropOnBeat(parts: readonly PlaceRef[], { root, beat }: DraggedBeat): Bind {
  const [only] = parts;
  if (parts.some((part) => part.root !== root)) throw new AuteurError('drop-elsewhere');
  const at = only?.address ?? '';
  if (parts.length !== 1 || at === '' || at.split('/').length > 2) throw new AuteurError('beat-drop');
  return { kind: 'bindBeats', beats: [beat], at };
}
