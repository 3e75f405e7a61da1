import { expect, onTestFinished, test } from 'vitest';
import { openQueue, turnClock } from '../../../test/lib/openQueue.ts';
import { openDatabase } from './database.ts';
import { LocalLeases } from './leases.ts';

const hour = 3_600_000;

/** Two holders of one machine, as two windows are. */
function twoHolders(): readonly [LocalLeases, LocalLeases] {
  const { path } = openQueue();
  return [aHolder(path), aHolder(path)];
}

function aHolder(path: string): LocalLeases {
  const database = openDatabase(path);
  onTestFinished(() => database.close());
  return new LocalLeases(database);
}

test('one holds at a time whatever the clock does, and who lost it hears so at once', () => {
  const [one, other] = twoHolders();
  expect(one.hold('film')).toBe(1);
  for (const jump of [-hour, 0, hour, 0, -hour]) {
    turnClock(jump);
    // Whoever asks first after the jump may have it.
    const holders = [other.hold('film'), one.hold('film')].filter((epoch) => epoch !== undefined);
    expect(holders).toHaveLength(1);
  }
});

test('a clock that is turned back does not keep a lease for who has fallen silent', () => {
  const [one, other] = twoHolders();
  one.hold('film');
  turnClock(-hour);
  expect(one.hold('film')).toBe(1);
  expect(other.hold('film')).toBeUndefined();
  turnClock(-hour + 11_000);
  expect(other.hold('film')).toBe(2);
});
