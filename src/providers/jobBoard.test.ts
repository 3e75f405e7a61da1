import { expect, it } from 'vitest';
import { aJobView } from '../../test/builders/aJobView.ts';
import { AuteurError } from '../core/errors.ts';
import { Emitter } from '../core/events.ts';
import type { JobFilter } from '../core/ports/studio.ts';
import { ShotId } from '../core/model/ids.ts';
import type { JobView } from '../core/protocol/views.ts';
import { JobBoard } from './jobBoard.ts';

const shot = ShotId.parse('shot');

function aBoard(...stored: readonly JobView[]) {
  const news = new Emitter<readonly JobView[]>();
  const jobs = ({ limit = Infinity, before }: JobFilter): Promise<readonly JobView[]> => {
    const first = stored.findIndex(({ id }) => id === before) + 1;
    return Promise.resolve(stored.slice(first, first + limit));
  };
  const board = new JobBoard({ jobs, onJobs: news.event });
  return {
    board,
    tell: (...jobs: readonly JobView[]) => {
      news.fire(jobs);
    },
  };
}

it('knows what is stored and what it is told', async () => {
  const { board, tell } = aBoard(aJobView({ id: 'a', status: 'completed' }));
  await board.refresh();
  tell(aJobView({ id: 'b', submitted: '2026-01-02T00:00:00Z' }));
  expect(board.active().map(({ id }) => id)).toEqual(['b']);
  expect(board.ended().map(({ id }) => id)).toEqual(['a']);
  tell(aJobView({ id: 'b', status: 'completed', finished: '2026-01-03T00:00:00Z' }));
  expect(board.active()).toEqual([]);
  expect(board.ended().map(({ id }) => id)).toEqual(['b', 'a']);
});

it('reads a long history piece by piece, and all of it', async () => {
  const history = Array.from({ length: 1001 }, (_, index) =>
    aJobView({ id: `job-${String(index)}`, status: 'completed' }),
  );
  const { board } = aBoard(...history);
  const pieces: number[] = [];
  board.onChanged((jobs) => pieces.push(jobs.length));
  await board.refresh();
  expect(board.ended()).toHaveLength(1001);
  expect(Math.max(...pieces)).toBeLessThan(1001);
});

it('tells once that the queue cannot be read, and reads all of it when it can again', async () => {
  const newer = new AuteurError('database-newer');
  const answers = [Promise.reject(newer), Promise.reject(newer)];
  const news = new Emitter<readonly JobView[]>();
  const board = new JobBoard({
    jobs: () => answers.shift() ?? Promise.resolve([aJobView({ id: 'old', status: 'completed' })]),
    onJobs: news.event,
  });
  const told: string[] = [];
  board.onFailed(({ code }) => told.push(code));
  await expect(board.refresh()).rejects.toBe(newer);
  await expect(board.refresh()).rejects.toBe(newer);
  expect([told, board.problem]).toEqual([['database-newer'], newer]);
  news.fire([aJobView({ id: 'new' })]);
  await expect.poll(() => board.ended().map(({ id }) => id)).toEqual(['old']);
  expect(board.problem).toBeUndefined();
});

it('shows of a shot what runs, before what waits', () => {
  const { board, tell } = aBoard();
  tell(aJobView({ id: 'a', status: 'running' }), aJobView({ id: 'b', submitted: '2026-01-02T00:00:00Z' }));
  expect(board.ofShot(shot)?.id).toBe('a');
});

it('shows a failure until something newer has followed it', () => {
  const { board, tell } = aBoard();
  tell(aJobView({ id: 'a', status: 'error' }));
  expect(board.ofShot(shot)?.id).toBe('a');
  tell(aJobView({ id: 'b', status: 'completed', submitted: '2026-01-02T00:00:00Z' }));
  expect(board.ofShot(shot)).toBeUndefined();
});

it('puts what waits in the order of the queue, wherever it was moved', () => {
  const { board, tell } = aBoard();
  const waits = (id: string, place: number, priority = 0) => aJobView({ id, place, priority });
  tell(waits('a', 1), waits('b', 2), waits('urgent', 3, 1), aJobView({ id: 'runs', status: 'running' }));
  expect(board.waiting().map(({ id }) => id)).toEqual(['urgent', 'a', 'b']);
  tell(waits('b', 0.5));
  expect(board.waiting().map(({ id }) => id)).toEqual(['urgent', 'b', 'a']);
});

it('knows what failed until it is tried again, and tells that the queue was paused though no job has changed', () => {
  const { board, tell } = aBoard();
  let told = 0;
  board.onChanged(() => told++);
  tell(aJobView({ id: 'a', status: 'error' }));
  expect(board.failed().map(({ id }) => id)).toEqual(['a']);
  tell(aJobView({ id: 'a', status: 'error', retriedBy: aJobView({ id: 'b' }).id }), aJobView({ id: 'b' }));
  expect([board.hasFailed, board.hasActive]).toEqual([false, true]);
  tell();
  expect(told).toBe(3);
});
