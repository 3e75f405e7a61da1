import { expect, test } from 'vitest';
import { aShotView } from '../../../test/builders/aShotView.ts';
import { SceneId } from '../../core/model/ids.ts';
import { untranslated as t } from '../translate.ts';
import { shotLines } from './shotLines.ts';

const bare = { id: SceneId.parse('s'), number: 1, address: '01/01', title: 'Kitchen' };
const scene = { ...bare, setting: 'INT', timeOfDay: 'night', location: 'Kitchen', style: 'Noir' } as const;

test('a shot says what is set on it, in the order of a slate', () => {
  const view = aShotView(
    {
      description: 'A kettle begins to sing.',
      size: 'CU',
      angle: 'low',
      movement: 'pan',
      lens: 35,
      duration: 3,
      setting: 'EXT',
      timeOfDay: 'dusk',
      characters: ['ada', 'emil'],
      dialogue: 'Tea?',
    },
    {
      characters: ['Ada', 'Emil'],
      names: { characters: ['Ada', 'Emil'], location: 'Pier', style: 'Pastel' },
    },
  );
  expect(shotLines(t, { view, scene, worn: new Map([['ada', 'Raincoat']]) })).toEqual([
    'EXT Pier – DUSK',
    'A kettle begins to sing.',
    'close-up · CU · low angle · pan · 35 mm lens · 3 s',
    'Style: Pastel',
    'With Ada (Raincoat), Emil',
    'Tea?',
  ]);
});

test('what it does not say itself holds from its scene', () => {
  const view = aShotView({ timeOfDay: 'dawn' });
  expect(shotLines(t, { view, scene })).toEqual([
    'INT Kitchen – DAWN',
    'Somebody opens a door.',
    'Style: Noir',
  ]);
});

test('of what nobody decided it says nothing', () => {
  expect(shotLines(t, { view: aShotView(), scene: bare })).toEqual(['Somebody opens a door.']);
});
