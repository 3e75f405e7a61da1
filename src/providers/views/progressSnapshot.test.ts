import { expect, it } from 'vitest';
import { aJobView } from '../../../test/builders/aJobView.ts';
import { ShotId } from '../../core/model/ids.ts';
import { untranslated as t } from '../translate.ts';
import { progressSnapshot } from './progressSnapshot.ts';

const shot = (number: number) => ShotId.parse(`shot-${String(number)}`);

function ended(minute: number) {
  const finished = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
  return aJobView({ id: `job-${String(minute)}`, status: 'completed', finished });
}

const queue = {
  current: { paused: false, running: 0, waiting: 0, next: [] },
  reasonOf: () => undefined,
};

it('shows the last fifty finished jobs after what is active, and counts the rest', () => {
  const board = {
    active: () => [aJobView({ id: 'waiting' })],
    waiting: () => [aJobView({ id: 'waiting' })],
    ended: () => Array.from({ length: 53 }, (_, minute) => ended(minute)).toReversed(),
  };
  const snapshot = progressSnapshot({ board, queue, t }, { hasProjects: true });
  expect(snapshot.jobs.map(({ id }) => id).slice(0, 3)).toEqual(['waiting', 'job-52', 'job-51']);
  expect(snapshot.jobs).toHaveLength(51);
  expect(snapshot.earlier).toBe(3);
  expect(snapshot.batches).toEqual([]);
});

it('does not say when a paused queue will be done', () => {
  const waiting = [aJobView()];
  const board = { active: () => waiting, waiting: () => waiting, ended: () => [] };
  const paused = { ...queue, current: { ...queue.current, paused: true, remainingMs: 5000 } };
  const snapshot = progressSnapshot({ board, queue: paused, t }, { hasProjects: true });
  expect(snapshot.remaining).toBe('about 5 s once resumed');
});

it('shows the first hundred that wait with the newest reasons, and says of what they are part', () => {
  const waiting = Array.from({ length: 103 }, (_, index) =>
    aJobView({ id: `job-${String(index)}`, batch: 'batch', waiting: 'old', shotId: shot(index % 2) }),
  );
  const board = { active: () => waiting, waiting: () => waiting, ended: () => [] };
  const snapshot = progressSnapshot(
    {
      board,
      queue: { current: { ...queue.current, remainingMs: 600_000 }, reasonOf: () => 'new' },
      t,
    },
    { hasProjects: true },
  );
  expect(snapshot).toMatchObject({ later: 3, remaining: 'about 10 min left' });
  expect(snapshot.jobs.map((job) => job.waiting)).toEqual(Array(100).fill('new'));
  expect(snapshot.batches).toEqual([{ id: 'batch', label: '103 takes of 2 shots' }]);
});
