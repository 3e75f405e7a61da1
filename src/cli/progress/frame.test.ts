import { expect, test } from 'vitest';
import { JobId, ProjectId, ShotId } from '../../core/model/ids.ts';
import type { JobView } from '../../core/protocol/views.ts';
import { columns } from '../format/text.ts';
import { frame } from './frame.ts';
import { JobBoard } from './jobBoard.ts';

const size = { width: 80, rows: 24 };

function aJob(change: Partial<JobView> = {}): JobView {
  return {
    id: JobId.parse('job-1'),
    projectId: ProjectId.parse('film'),
    projectRoot: '/film',
    projectName: 'Film',
    shotId: ShotId.parse('shot'),
    address: '01/02/03',
    status: 'running',
    progress: 0.5,
    step: 'Drawing',
    pipeline: { id: 'storyboard', kind: 'storyboard', version: '1' },
    seed: 1,
    submitted: '2026-01-01T00:00:00.000Z',
    quarantined: false,
    ...change,
  };
}

test('a bar for each running job, and the whole', () => {
  const waiting = aJob({ id: JobId.parse('job-2'), status: 'pending' });
  const failed = aJob({ id: JobId.parse('job-3'), status: 'error' });
  const lines = frame([aJob(), waiting, failed], 1500, size).split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^01\/02\/03 .+ 50% {2}Drawing$/);
  expect(lines[1]).toMatch(/1 of 3 jobs · 1 waiting · 1 failed · 1\.5 s$/);
});

test('never wider nor higher than the terminal', () => {
  const jobs = Array.from({ length: 40 }, (_, index) =>
    aJob({ id: JobId.parse(`job-${String(index)}`), step: 'A step with very many words to say'.repeat(5) }),
  );
  const lines = frame(jobs, 0, { width: 60, rows: 10 }).split('\n');
  expect(lines.length).toBeLessThan(10);
  expect(Math.max(...lines.map(columns))).toBeLessThanOrEqual(60);
  expect(lines.at(-2)).toContain('more running');
});

test('how long it will take is said once two are done', () => {
  const done = [1, 2].map((n) => aJob({ id: JobId.parse(`done-${String(n)}`), status: 'completed' }));
  expect(frame([...done, aJob(), aJob()], 10_000, size)).toContain('about 10.0 s left');
});

test('late news does not bring a job back that has ended', () => {
  const board = new JobBoard();
  expect(board.update([aJob()])).toHaveLength(1);
  expect(board.update([aJob({ progress: 0.7 })])).toHaveLength(0);
  expect(board.update([aJob({ status: 'cancelled' })])).toHaveLength(1);
  expect(board.update([aJob()])).toHaveLength(0);
  expect(board.jobs[0]?.status).toBe('cancelled');
});
