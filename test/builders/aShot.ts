import { Shot } from '../../src/core/model/shotList.ts';

/** A valid shot; say only what matters. */
export function aShot(fields: Partial<Record<keyof Shot, unknown>> = {}): Shot {
  return Shot.parse({
    id: 'shot',
    number: 1,
    folder: '03_Renders/Chapter_01/Scene_01/Shot_01',
    description: 'Somebody opens a door.',
    ...fields,
  });
}
