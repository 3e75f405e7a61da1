import { expect, test } from 'vitest';
import { formatDragged } from './assets/assetDrag.ts';
import { parseDraggedAssets, parseDraggedBeats, parseDraggedParts } from './dragged.ts';

test('dragged assets come through as they were', () => {
  const assets = [{ root: '/film', asset: 'a' }];
  expect(parseDraggedAssets(formatDragged(assets))).toEqual(assets);
});

test.each(['', '{', '[{"root":1}]', '"x"'])('%s is nothing of ours', (text) => {
  expect(parseDraggedAssets(text)).toEqual([]);
});

test.each(['', '{', '[{"root":1}]', '"x"'])('neither parts nor beats are read from %s', (text) => {
  expect(() => parseDraggedParts(text)).toThrow();
  expect(() => parseDraggedBeats(text)).toThrow();
});

test('a part without an address is the film itself', () => {
  expect(parseDraggedParts('[{"root":"/film"}]')).toEqual([{ root: '/film' }]);
});
