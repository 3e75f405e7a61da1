import { SceneId } from '../../src/core/model/ids.ts';
import type { ShotView } from '../../src/core/protocol/views.ts';
import { aShot } from './aShot.ts';

/** A shot as a view shows it; say only what matters of the view, and of the shot. */
export function aShotView(shot: Parameters<typeof aShot>[0] = {}, view: Partial<ShotView> = {}): ShotView {
  const made = aShot(shot);
  return {
    id: made.id,
    sceneId: SceneId.parse('scene'),
    address: '01/01/01',
    shot: made,
    characters: [],
    names: { characters: [] },
    takeCount: 0,
    readOnly: false,
    ...view,
  };
}
