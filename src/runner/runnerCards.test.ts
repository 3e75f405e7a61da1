import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { aCardJob } from '../../test/builders/aCardJob.ts';
import { aJob } from '../../test/builders/aJob.ts';
import { fakePipeline } from '../../test/fakes/fakePipeline.ts';
import { openQueue } from '../../test/lib/openQueue.ts';
import { tempFolder } from '../../test/lib/tempFolder.ts';
import { AuteurError } from '../core/errors.ts';
import type { Card } from '../core/ports/jobQueue.ts';
import type { JobRequest } from '../core/model/job.ts';
import { LeftBehind, type Pipeline, type PipelineRun } from '../core/ports/pipeline.ts';
import { Runner } from './runner.ts';

const cards: readonly Card[] = ['gpu0', 'gpu1'].map((id) => ({ id, name: id, vramMb: 24 * 1024 }));

/** The least that a runner looks for. */
function aFilm(): string {
  const root = tempFolder();
  writeFileSync(join(root, 'project.json'), '{"id":"film"}');
  return root;
}

function openRunner(before: (run: PipelineRun) => Promise<void>, here = cards) {
  const { queue } = openQueue();
  const logged: string[] = [];
  const pipeline: Pipeline = fakePipeline({ before });
  const runner = new Runner({
    queue,
    pipelineOf: () => pipeline,
    concurrency: 1,
    cards: () => Promise.resolve(here),
    version: 'test',
    roots: () => 'all',
    log: (line) => logged.push(line),
  });
  // As on a floor.
  const news = queue.onChanged((jobs) => {
    if (jobs.length === 0 || jobs.some(({ status }) => status === 'pending')) runner.look();
  });
  onTestFinished(async () => {
    news.dispose();
    await runner.stop();
  });
  return { queue, runner, logged };
}

/** Jobs that go on until they are let go. */
function heldRuns() {
  const begun: PipelineRun[] = [];
  const release = new Map<string, () => void>();
  const before = (run: PipelineRun): Promise<void> =>
    new Promise((resolve, reject) => {
      begun.push(run);
      release.set(run.job.id, resolve);
      run.signal.addEventListener('abort', () => reject(run.signal.reason as Error));
    });
  return { begun, before, finish: (job: JobRequest) => release.get(job.id)?.() };
}

test('a job on each card runs beside those that need none, and knows its card', async () => {
  const { begun, before, finish } = heldRuns();
  const { queue } = openRunner(before);
  const projectRoot = aFilm();
  const jobs = [aCardJob(8, { projectRoot }), aJob({ projectRoot }), aCardJob(8, { projectRoot })];
  const next = aCardJob(8, { projectRoot });
  queue.submit([...jobs, next, aJob({ projectRoot })]);
  await expect.poll(() => begun.length).toBe(3);
  const cardOf = ({ id }: JobRequest) => begun.find(({ job }) => job.id === id)?.device;
  expect(jobs.map(cardOf).sort()).toEqual(['gpu0', 'gpu1', undefined]);
  finish(jobs[2] ?? next);
  await expect.poll(() => cardOf(next)).toBe('gpu1');
});

test('a job whose engine is away has not failed, and goes on by itself when that is back', async () => {
  let isAway = true;
  const away = new AuteurError('engine-not-running', { address: 'here', reason: 'nobody answers' });
  const { queue } = openRunner(() => (isAway ? Promise.reject(away) : Promise.resolve()));
  const job = aCardJob(8, { projectRoot: aFilm() });
  queue.submit([job]);
  await expect.poll(() => queue.jobs({ ids: [job.id] })[0]?.waiting).toContain('nobody answers');
  isAway = false;
  await expect.poll(() => queue.outcome(job.id), { timeout: 5_000 }).toBe('delivered');
});

test('a job that runs out of memory is tried once more alone, and then fails', async () => {
  const other = heldRuns();
  const tried: boolean[] = [];
  const projectRoot = aFilm();
  const [hungry, steady] = [aCardJob(8, { projectRoot }), aCardJob(8, { projectRoot })];
  const { queue } = openRunner((run) => {
    if (run.job.id === steady.id) return other.before(run);
    tried.push(queue.outcome(steady.id) === 'running');
    return Promise.reject(new AuteurError('gpu-out-of-memory', { reason: 'CUDA out of memory' }));
  });
  queue.submit([steady, hungry]);
  await expect.poll(() => queue.jobs({ ids: [hungry.id] })[0]?.waiting).toContain('tried again alone');
  other.finish(steady);
  await expect.poll(() => queue.outcome(hungry.id)).toBe('error');
  expect(tried).toEqual([true, false]);
  expect(queue.jobs({ ids: [hungry.id] })).toMatchObject([{ error: { code: 'gpu-out-of-memory' } }]);
});

test('the card of a cancelled job is given on as soon as what ran there has ended', async () => {
  const { begun, before } = heldRuns();
  const { queue, runner } = openRunner(before, cards.slice(0, 1));
  const projectRoot = aFilm();
  const [first, second] = [aCardJob(8, { projectRoot }), aCardJob(8, { projectRoot })];
  queue.submit([first, second]);
  await expect.poll(() => begun.length).toBe(1);
  queue.cancel(first.id);
  runner.checkClaims();
  await expect.poll(() => begun.map(({ job }) => job.id)).toEqual([first.id, second.id]);
});

test('a card on which something was left behind is not given on, whether its job was cancelled or failed', async () => {
  const isLeft = new Set<JobRequest['id']>();
  const held = heldRuns();
  const { queue, runner } = openRunner(async (run) => {
    const why: unknown = await held.before(run).catch((reason: unknown) => reason);
    isLeft.add(run.job.id);
    throw new LeftBehind(why ?? new AuteurError('container-no-result'));
  });
  const projectRoot = aFilm();
  const [first, second, third] = [1, 2, 3].map(() => aCardJob(8, { projectRoot }));
  if (first === undefined || second === undefined || third === undefined) throw new Error('too few');
  queue.submit([first, second, third]);
  await expect.poll(() => held.begun.length).toBe(2);
  queue.cancel(first.id);
  runner.checkClaims();
  held.finish(second);
  await expect.poll(() => queue.outcome(second.id)).toBe('error');
  expect(queue.jobs({ ids: [second.id] })).toMatchObject([{ error: { code: 'container-no-result' } }]);
  await expect.poll(() => isLeft.size).toBe(2);
  expect(queue.claim('all', { cpu: 0, cards })).toBeUndefined();
});

test('what waits for the end of a pause begins with it', async () => {
  const { begun, before } = heldRuns();
  const { queue, runner } = openRunner(before);
  queue.pause();
  queue.submit([aJob({ projectRoot: aFilm() })]);
  runner.look();
  expect(queue.view(1).next[0]?.waiting).toBe('The queue is paused.');
  expect(begun).toEqual([]);
  queue.resume();
  await expect.poll(() => begun.length).toBe(1);
});
