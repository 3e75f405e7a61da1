import { expect, test } from 'vitest';
import { aTake } from '../../../test/builders/aTake.ts';
import { aShot } from '../../../test/builders/aShot.ts';
import { shownTake } from './shownTake.ts';

const takes = [aTake({ number: 1 }), aTake({ number: 2 }), aTake({ number: 3 })];

test('without a choice the newest take shows as latest', () => {
  expect(shownTake(aShot(), takes)).toMatchObject({ number: 3, as: 'latest' });
});

test('a rejected or deleted take does not show as latest', () => {
  const shot = aShot({ reviews: { 'job-3': { status: 'rejected' } } });
  expect(shownTake(shot, takes)).toMatchObject({ number: 2, as: 'latest' });
  expect(
    shownTake(aShot(), [aTake({ number: 1 }), aTake({ number: 2, deleted: '2026-01-01T00:00:00Z' })]),
  ).toMatchObject({ number: 1 });
});

test('the chosen take shows as active, even when rejected', () => {
  const shot = aShot({ activeTake: 'job-1', reviews: { 'job-1': { status: 'rejected' } } });
  expect(shownTake(shot, takes)).toMatchObject({ number: 1, as: 'active' });
});

test('a chosen take that is not there falls back to the latest', () => {
  expect(shownTake(aShot({ activeTake: 'gone' }), takes)).toMatchObject({ number: 3, as: 'latest' });
  expect(shownTake(aShot(), [])).toBeUndefined();
});
