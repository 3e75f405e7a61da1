import { expect, it } from 'vitest';
import { aJobView } from '../../../test/builders/aJobView.ts';
import { batchBegun, justEnded, sections, shortTime } from './sections.ts';

it('sorts what runs by when it was asked for, and leaves the others as they come', () => {
  const jobs = [
    aJobView({ id: 'next', submitted: '2026-01-02T00:00:00Z' }),
    aJobView({ id: 'then' }),
    aJobView({ id: 'ran-on', status: 'running', submitted: '2026-01-02T00:00:00Z' }),
    aJobView({ id: 'runs', status: 'running' }),
    aJobView({ id: 'failed', status: 'error' }),
    aJobView({ id: 'gone', status: 'cancelled' }),
  ];
  const { running, waiting, finished } = sections(jobs);
  expect([running, waiting, finished].map((part) => part.map(({ id }) => id))).toEqual([
    ['runs', 'ran-on'],
    ['next', 'then'],
    ['failed', 'gone'],
  ]);
});

it('tells what has ended since the page was last drawn, not what was over before', () => {
  const before = [aJobView({ id: 'a', status: 'running' }), aJobView({ id: 'b', status: 'completed' })];
  const now = [aJobView({ id: 'a', status: 'error' }), aJobView({ id: 'b', status: 'completed' })];
  expect(justEnded(before, now).map(({ id }) => id)).toEqual(['a']);
});

it('names the day only where it is not today', () => {
  const noon = new Date(2026, 0, 5, 12, 0);
  expect(shortTime(noon.toISOString(), noon, 'en')).not.toContain('Jan');
  expect(shortTime(noon.toISOString(), new Date(2026, 0, 6), 'en')).toContain('Jan');
});

it('names a batch where it begins, and only one of which several are open', () => {
  const jobs = ['one', 'one', 'two', 'lone'].map((batch) => aJobView({ batch }));
  const batches = ['one', 'two'].map((id) => ({ id }));
  expect(jobs.map((_, index) => batchBegun(jobs, index, batches)?.id)).toEqual([
    'one',
    undefined,
    'two',
    undefined,
  ]);
});
