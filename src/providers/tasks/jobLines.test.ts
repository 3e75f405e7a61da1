import { expect, test } from 'vitest';
import { aJobView } from '../../../test/builders/aJobView.ts';
import { fallbackLines } from '../fallbackLines.ts';
import { untranslated as t } from '../translate.ts';
import { JobLines, pendingLines, summaryLine } from './jobLines.ts';

const take = { number: 3, path: '03_Renders/take03.png', commit: { state: 'committed' } } as const;

test('a job is told of where something happens, and never twice', () => {
  let now = 0;
  const lines = new JobLines(t, 2, () => now);
  const told = (fields: Parameters<typeof aJobView>[0]) => lines.of(aJobView(fields));
  expect(told({})).toBeUndefined();
  expect(told({ status: 'running' })).toBe('01/01/01  running with storyboard');
  expect(told({ status: 'running', progress: 0.09, step: 'step 1' })).toBeUndefined();
  expect(told({ status: 'running', progress: 0.1, step: 'step 2' })).toBeUndefined();
  now += 1000;
  expect(told({ status: 'running', progress: 0.1, step: 'step 2' })).toBe('01/01/01  10%  step 2');
  expect(told({ status: 'running', progress: 0.19, step: 'step 3' })).toBeUndefined();
  now += 10_000;
  expect(told({ status: 'running', progress: 0.19, step: 'step 3' })).toBe('01/01/01  19%  step 3');
  expect(told({ status: 'pending' })).toBe('01/01/01  waits again');
  expect(told({ status: 'running' })).toBe('01/01/01  running with storyboard');
  const done = '01/01/01  take 03: 03_Renders/take03.png (1 of 2)';
  expect(told({ status: 'completed', progress: 1, take })).toBe(done);
  expect(told({ status: 'completed', progress: 1, take })).toBeUndefined();
  expect(told({ id: 'other', status: 'error' })).toBe('01/01/01  failed (2 of 2)');
});

test('a flood of progress is a few lines', () => {
  let now = 0;
  const lines = new JobLines(t, 1, () => now++);
  const jobs = Array.from({ length: 100_000 }, (_, step) =>
    aJobView({ status: 'running', progress: step / 100_000, step: `step ${step}` }),
  );
  expect(jobs.filter((job) => lines.of(job) !== undefined).length).toBeLessThan(20);
});

test('no name of a film or a step drives the terminal', () => {
  let now = 0;
  const lines = new JobLines(t, 1, () => (now += 1000));
  lines.of(aJobView({ status: 'running' }));
  const line = lines.of(aJobView({ status: 'running', progress: 0.5, step: '\u001b[2Jhidden\r\n' }));
  expect(line).toBe('01/01/01  50%   [2Jhidden');
});

test('the end says how many, and each cause once', () => {
  const pending = { state: 'pending', reason: 'a merge is going on' } as const;
  const jobs = [
    aJobView({ status: 'completed', take: { ...take, commit: pending } }),
    aJobView({ status: 'completed', take: { ...take, commit: pending } }),
    aJobView({ status: 'error', fallback: { from: 'flux', reason: 'no card' } }),
    aJobView({ status: 'cancelled', fallback: { from: 'flux', reason: 'no card' } }),
  ];
  expect(summaryLine(t, jobs, 2400)).toBe('Takes recorded: 2. Failed: 1. Cancelled: 1. Seconds: 2.');
  expect(pendingLines(t, jobs)).toEqual(['Recorded and not committed yet: a merge is going on']);
  expect(fallbackLines(t, jobs)).toEqual(['storyboard stands in for flux: no card']);
});
