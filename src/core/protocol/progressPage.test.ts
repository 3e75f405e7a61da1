import { expect, test } from 'vitest';
import { FromProgressPage } from './progressPage.ts';

test.each([{ type: 'ready' }, { type: 'cancelJob', jobId: 'a-1' }, { type: 'openTake', jobId: 'a-1' }])(
  'the page may ask %o',
  (message) => {
    expect(FromProgressPage.parse(message)).toEqual(message);
  },
);

test.each([
  undefined,
  'ready',
  {},
  { type: 'delete' },
  { type: 'cancelJob' },
  { type: 'cancelJob', jobId: '../x' },
  { type: 'openTake', jobId: 7 },
])('and not %o', (message) => {
  expect(FromProgressPage.safeParse(message).success).toBe(false);
});
