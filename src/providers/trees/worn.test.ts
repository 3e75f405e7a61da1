import { expect, test } from 'vitest';
import { aShotView } from '../../../test/builders/aShotView.ts';
import { AuteurError } from '../../core/errors.ts';
import { AssetId } from '../../core/model/ids.ts';
import type { AssetView } from '../../core/protocol/assetViews.ts';
import { wornIn } from './worn.ts';

const ada: AssetView = {
  id: AssetId.parse('ada'),
  category: 'characters',
  name: 'Ada',
  folder: '01_Assets/Characters/Ada',
  wardrobe: [{ id: 'coat', name: 'Raincoat' }],
  files: [],
};
const shot = (wardrobe?: object) => ({ root: '/film', view: aShotView({ characters: ['ada'], wardrobe }) });

test('what is worn goes by the name of the variant', async () => {
  const studio = { assets: () => Promise.resolve([ada]) };
  expect([...(await wornIn(studio, shot({ ada: 'coat' })))]).toEqual([['ada', 'Raincoat']]);
  expect((await wornIn(studio, shot({ ada: 'gone' }))).size).toBe(0);
});

test('no asset is read for a shot that says nothing of clothes', async () => {
  const studio = { assets: () => Promise.reject(new Error('Assets were read.')) };
  expect((await wornIn(studio, shot())).size).toBe(0);
});

test('a film that cannot be read leaves the tooltip without it', async () => {
  const studio = {
    assets: () => Promise.reject(new AuteurError('file-unreadable', { path: 'project.json' })),
  };
  expect((await wornIn(studio, shot({ ada: 'coat' }))).size).toBe(0);
});
