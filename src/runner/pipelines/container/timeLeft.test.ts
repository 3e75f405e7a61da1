import { expect, test } from 'vitest';
import { timeLeft } from './containerRun.ts';

const hour = 3_600_000;

test.each([
  ['as it is', -hour / 4, 0.75 * hour],
  ['put back an hour', hour * 0.75, hour],
  ['put forward an hour', -hour * 1.25, hour / 10],
])('what is left of an hour after a quarter of it, with the clock %s', (_clock, started, left) => {
  const now = Date.now();
  expect(timeLeft({ started: now + started }, hour)).toBeGreaterThan(left - 1_000);
  expect(timeLeft({ started: now + started }, hour)).toBeLessThanOrEqual(left);
});
