import { expect, test } from 'vitest';
import { table } from './table.ts';
import { clip, columns, oneLine } from './text.ts';

test('no control code of a file reaches the terminal', () => {
  expect(oneLine('A\u001b[31mred\u001b[0m\nkettle\u0007\u202e')).toBe('Ared kettle');
});

test('nothing else of a text is changed, and what turns its direction is taken out', () => {
  expect(oneLine('/films/two  spaces/映画')).toBe('/films/two  spaces/映画');
  expect(oneLine('a\u009b31mb \u202egnp.\u2066exe\u061c')).toBe('ab gnp. exe');
});

test('wide characters take two columns, combined ones one', () => {
  expect(columns('映画')).toBe(4);
  expect(columns('🎬')).toBe(2);
  expect(columns('e\u0301')).toBe(1);
});

test('clip leaves what fits and marks what does not', () => {
  expect(clip('projector', 9)).toBe('projector');
  expect(clip('projector', 5)).toBe('proj…');
  expect(columns(clip('映画映画', 4))).toBeLessThanOrEqual(4);
});

test('a table lines up, also under wide characters', () => {
  expect(
    table([
      ['映', 'a'],
      ['abc', 'b', ''],
    ]),
  ).toEqual(['映   a', 'abc  b']);
});
