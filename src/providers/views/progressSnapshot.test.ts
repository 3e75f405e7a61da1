import { expect, it } from 'vitest';
import { aJobView } from '../../../test/builders/aJobView.ts';
import { progressSnapshot } from './progressSnapshot.ts';

function ended(minute: number) {
  const finished = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
  return aJobView({ id: `job-${String(minute)}`, status: 'completed', finished });
}

it('shows the last fifty finished jobs, newest first, and counts the rest', () => {
  const jobs = [aJobView({ id: 'waiting' }), ...Array.from({ length: 53 }, (_, minute) => ended(minute))];
  const snapshot = progressSnapshot(jobs, true);
  expect(snapshot.jobs.map(({ id }) => id).slice(0, 3)).toEqual(['waiting', 'job-52', 'job-51']);
  expect(snapshot.jobs).toHaveLength(51);
  expect(snapshot.earlier).toBe(3);
});
