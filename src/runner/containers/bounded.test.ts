import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { bounded } from './bounded.ts';

test('what is over listens no more to a signal that lives on', async () => {
  let left = new AbortController().signal;
  const answer = await bounded(
    async (signal) => {
      left = signal;
      return Promise.resolve('answered');
    },
    {
      ...{ signal: new AbortController().signal, lookMs: 1000, limitMs: 1000 },
      ...{ requireThere: () => Promise.resolve(), tooLong: () => new Error('too long') },
    },
  );
  expect(answer).toBe('answered');
  expect(getEventListeners(left, 'abort')).toEqual([]);
});
