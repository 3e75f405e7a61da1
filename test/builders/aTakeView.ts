import { JobId, ShotId } from '../../src/core/model/ids.ts';
import type { TakeView } from '../../src/core/protocol/views.ts';

/** A take as a view shows it; say only what matters. */
export function aTakeView(fields: Partial<TakeView> = {}): TakeView {
  return {
    id: JobId.parse('job'),
    shotId: ShotId.parse('shot'),
    address: '01/01/01',
    number: 1,
    path: '/film/take01.png',
    media: 'present',
    mediaType: 'image/png',
    bytes: 3,
    seed: 7,
    quality: 'low',
    pipeline: { id: 'storyboard', kind: 'storyboard', version: '1' },
    created: '2026-01-01T00:00:00Z',
    ...fields,
  };
}
