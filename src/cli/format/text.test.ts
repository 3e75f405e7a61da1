import { expect, test } from 'vitest';
import { table } from './table.ts';
import { clip, columns, jsonLine, oneLine } from './text.ts';

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

test('what is not seen takes no column', () => {
  expect(columns('a\u200bb\u2060')).toBe(2);
});

test('JSON says the same, and no control code of a file is in it', () => {
  const value = { title: 'a\u009b31m\u202eb\u2028c\u001b[0m映画' };
  const line = jsonLine(value);
  expect(JSON.parse(line)).toEqual(value);
  expect(line).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
  expect(line).toContain('映画');
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
