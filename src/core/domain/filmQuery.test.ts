import { expect, test } from 'vitest';
import { fitsQuery, isEmptyQuery, parseQuery, unknownTerm, type QueriedShot } from './filmQuery.ts';

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

test('states of jobs are looked for, all that are named', () => {
  expect(parseQuery('door is:running is:Failed')).toMatchObject({
    words: ['door'],
    jobs: ['running', 'failed'],
  });
  expect(isEmptyQuery(parseQuery('is:waiting'))).toBe(false);
  expect(isEmptyQuery(parseQuery(''))).toBe(true);
});

test.each([
  ['status:foo', { key: 'status', value: 'foo', known: ['none', 'unrated', 'approved', 'rejected'] }],
  ['door is:done', { key: 'is', value: 'done', known: ['stale', 'waiting', 'running', 'failed'] }],
  ['is:stale status:', { key: 'status', value: '' }],
  ['status:"no such"', { key: 'status', value: 'no such' }],
  ['is:stale is:RUNNING status:approved', undefined],
  ['"status:foo"', undefined],
  ['location:"house is:foo"', undefined],
  ['this:foo 12:30 location:is:foo', undefined],
])('of "%s" %o is unknown', (typed, term) => {
  const found = unknownTerm(typed);
  if (term === undefined) expect(found).toBeUndefined();
  else expect(found).toMatchObject(term);
});
