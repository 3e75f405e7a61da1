import { expect, test } from 'vitest';
import { formatDragged, parseDragged, parseUriList } from './assetDrag.ts';

test('dragged assets come through as they were', () => {
  const assets = [{ root: '/film', asset: 'a' }];
  expect(parseDragged(formatDragged(assets))).toEqual(assets);
});

test.each(['', '{', '[{"root":1}]', '"x"'])('%s is nothing of ours', (text) => {
  expect(parseDragged(text)).toEqual([]);
});

test('a list of addresses has one on each line, and comments', () => {
  expect(parseUriList('# files\r\nfile:///a.png\r\nfile:///b.png\r\n')).toEqual([
    'file:///a.png',
    'file:///b.png',
  ]);
});
