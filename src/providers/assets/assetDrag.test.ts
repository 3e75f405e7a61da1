import { expect, test } from 'vitest';
import { parseUriList } from './assetDrag.ts';

test('a list of addresses has one on each line, and comments', () => {
  expect(parseUriList('# files\r\nfile:///a.png\r\nfile:///b.png\r\n')).toEqual([
    'file:///a.png',
    'file:///b.png',
  ]);
});
