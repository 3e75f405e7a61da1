import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { csv } from './csv.ts';

test('is RFC 4180, with the mark of UTF-8', () => {
  const text = csv([
    ['a', 'b "c"', 'd,e'],
    ['two\nlines', undefined, 3.5],
  ]);
  expect(text).toBe('\uFEFFa,"b ""c""","d,e"\r\n"two\nlines",,3.5\r\n');
});

test.each(['=1+1', '+1+1', '-cmd|x', '@SUM(A1)', '\t=1', '＝1+1'])('%j is text to a spreadsheet', (value) => {
  expect(csv([[value]])).toMatch(/^\uFEFF"?'/);
});

test.each(['-3', '-0.5'])('%s stays a number', (value) => {
  expect(csv([[value]])).toBe(`\uFEFF${value}\r\n`);
});

test('holds every text that is no formula, as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }), (row) => {
      const harmless = row.map((value) => `x${value}`);
      expect(readCsv(csv([harmless]))).toEqual([harmless]);
    }),
  );
});

/** As a spreadsheet reads it. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (const [, quoted, plain, end] of text.slice(1).matchAll(cells)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}
