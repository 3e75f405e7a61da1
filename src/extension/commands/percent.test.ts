import { expect, test } from 'vitest';
import { percentNumber } from '../../providers/trees/beatText.ts';
import { untranslated as t } from '../../providers/translate.ts';
import { checkPercent, parsePercent } from './percent.ts';

test.each([
  ['0', 0],
  ['40', 0.4],
  [' 40 % ', 0.4],
  ['33,3', 0.333],
  ['0.5%', 0.005],
  ['100', 1],
  ['100.0', 1],
])('%j is %d', (typed, share) => {
  expect(parsePercent(typed)).toBe(share);
});

test.each([
  '',
  ' ',
  '-1',
  '101',
  '100.1',
  '40 50',
  'half',
  '1e2',
  '0x10',
  '４０',
  '4.',
  '.5',
  '40 %%',
  'NaN',
])('%j is no percentage, and that is said', (typed) => {
  expect(parsePercent(typed)).toBeUndefined();
  expect(checkPercent(t, typed).problem).toBe('Write a number from 0 to 100.');
});

test('what is shown is what would be typed, for every hundredth of a percent', () => {
  for (let part = 0; part <= 10_000; part++)
    expect(parsePercent(percentNumber(part / 10_000))).toBe(part / 10_000);
});
