import { expect, test } from 'vitest';
import { AssetId } from '../../core/model/ids.ts';
import type { AssetView } from '../../core/protocol/assetViews.ts';
import { changedAssets, keepLastGood } from './changedAssets.ts';

function anAsset(name: string, difference: Partial<AssetView> = {}): AssetView {
  const folder = `01_Assets/Characters/${name}`;
  return { id: AssetId.parse(name), category: 'characters', name, folder, files: [], ...difference };
}

const file = { name: 'a.png', path: '/a.png', bytes: 1 };
const kitchen = anAsset('Kitchen', { category: 'locations' });
const film = [anAsset('Ada'), anAsset('Bo'), kitchen];

test('nothing is drawn anew where nothing has changed', () => {
  expect(changedAssets(film, structuredClone(film))).toEqual({ film: false, categories: [], assets: [] });
});

test('an asset that says another thing is drawn anew alone', () => {
  const after = [anAsset('Ada'), anAsset('Bo', { description: 'Tall' }), kitchen];
  expect(changedAssets(film, after)).toEqual({ film: false, categories: [], assets: ['Bo'] });
});

test.each<[string, readonly AssetView[]]>([
  ['one comes', [...film, anAsset('Cy')]],
  ['one goes', [anAsset('Ada'), kitchen]],
  ['two change places', [anAsset('Bo'), anAsset('Ada'), kitchen]],
  ['one moves to a folder', [anAsset('Ada', { folder: '01_Assets/Characters/Crew/Ada' }), ...film.slice(1)]],
  ['one gets its first file', [anAsset('Ada', { files: [file] }), ...film.slice(1)]],
])('the category is drawn anew where %s', (_what, after) => {
  expect(changedAssets(film, after)).toEqual({ film: false, categories: ['characters'], assets: [] });
});

test('the film is drawn anew where a category gets its first asset or loses its last', () => {
  expect(changedAssets(film, film.slice(0, 2))).toMatchObject({ film: true });
  expect(changedAssets(film.slice(0, 2), film)).toMatchObject({ film: true });
});

test('a broken asset keeps what it last said, has its problem, and is right again with the next reading', () => {
  const problem = { code: 'file-unreadable', message: 'Broken.' };
  const good = [anAsset('Ada', { description: 'Tall', keywords: ['blue'] })];
  const kept = keepLastGood(good, [anAsset('Ada', { files: [file], problem })]);
  expect(kept).toEqual([{ ...good[0], files: [file], problem }]);
  expect(keepLastGood(kept, [anAsset('Ada')])).toEqual([anAsset('Ada')]);
});
