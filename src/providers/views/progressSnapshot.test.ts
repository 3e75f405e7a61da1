import { expect, it } from 'vitest';
import { aJobView } from '../../../test/builders/aJobView.ts';
import { progressSnapshot } from './progressSnapshot.ts';

function ended(minute: number) {
  const finished = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
  return aJobView({ id: `job-${String(minute)}`, status: 'completed', finished });
}

it('shows the last fifty finished jobs after what is active, and counts the rest', () => {
  const board = {
    active: () => [aJobView({ id: 'waiting' })],
    ended: () => Array.from({ length: 53 }, (_, minute) => ended(minute)).toReversed(),
  };
  const snapshot = progressSnapshot(board, { hasProjects: true });
  expect(snapshot.jobs.map(({ id }) => id).slice(0, 3)).toEqual(['waiting', 'job-52', 'job-51']);
  expect(snapshot.jobs).toHaveLength(51);
  expect(snapshot.earlier).toBe(3);
});
