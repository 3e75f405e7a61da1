import { expect, it } from 'vitest';
import { aJobView } from '../../test/builders/aJobView.ts';
import { Emitter } from '../core/events.ts';
import { ShotId } from '../core/model/ids.ts';
import type { JobView } from '../core/protocol/views.ts';
import { JobBoard } from './jobBoard.ts';

const shot = ShotId.parse('shot');

function aBoard(...stored: readonly JobView[]) {
  const news = new Emitter<readonly JobView[]>();
  const board = new JobBoard({ jobs: () => Promise.resolve(stored), onJobs: news.event });
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
  expect(board.all().map(({ id }) => id)).toEqual(['b', 'a']);
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
