import { expect, test } from 'vitest';
import { fitsQuery, isEmptyQuery, parseQuery, type QueriedShot } from './filmQuery.ts';

const shot: QueriedShot = {
  address: '01/02/03',
  texts: ['Ada opens the door', 'The lighthouse'],
  characters: ['Ada Lovelace', 'Émile'],
  location: 'Light House',
  states: new Set(['approved']),
  stale: false,
};
const fits = (typed: string): boolean => fitsQuery(parseQuery(typed), shot);

test.each([
  ['', true],
  ['door ada', true],
  ['DOOR', true],
  ['01/02', true],
  ['window', false],
  ['character:ada', true],
  ['character:ADA character:e\u0301mile', true],
  ['character:Emil', false],
  ['location:"light h"', true],
  ['location:kitchen', false],
  ['status:approved', true],
  ['status:rejected', false],
  ['status:nonsense', false],
  ['is:stale', false],
  ['door character:ada status:approved', true],
])('"%s" fits: %s', (typed, fit) => {
  expect(fits(typed)).toBe(fit);
});

test('an open quotation mark is a word like any other', () => {
  expect(parseQuery('"open')).toMatchObject({ words: ['"open'] });
  expect(isEmptyQuery(parseQuery('  "" '))).toBe(true);
  expect(isEmptyQuery(parseQuery('is:stale'))).toBe(false);
});
