import { expect, test, vi } from 'vitest';
import { aCardJob } from '../../../test/builders/aCardJob.ts';
import { aJob } from '../../../test/builders/aJob.ts';
import { openQueue, passTime } from '../../../test/lib/openQueue.ts';
import type { JobId } from '../../core/model/ids.ts';
import type { JobRequest } from '../../core/model/job.ts';
import { defaultConcurrency } from '../places.ts';
import type { LocalQueue } from './localQueue.ts';

const failure = { code: 'x', message: 'It went wrong.' };

function jobs(count: number, fields: Parameters<typeof aJob>[0] = {}): readonly JobRequest[] {
  return Array.from({ length: count }, () => aJob(fields));
}

/** The order in which all that waits is run. */
function order(queue: LocalQueue): readonly JobId[] {
  return queue.view(100).next.map(({ id }) => id);
}

function claimOf(queue: LocalQueue) {
  const claim = queue.claim('all');
  if (claim === undefined) throw new Error('nothing claimed');
  return claim;
}

test('what has a higher priority goes first, and is claimed so', () => {
  const { queue } = openQueue();
  const [usual, urgent, idle] = [jobs(2), jobs(2), jobs(1)];
  queue.submit(idle, { priority: -5 });
  queue.submit(usual);
  queue.submit(urgent, { priority: 3 });
  const ids = [...urgent, ...usual, ...idle].map(({ id }) => id);
  expect(order(queue)).toEqual(ids);
  expect(ids.map(() => queue.claim('all')?.job.id)).toEqual(ids);
});

test('waiting jobs are moved to the top, to the end, and beside another, in the order they are named', () => {
  const { queue } = openQueue();
  const submitted = queue.submit(jobs(6)).map(({ id }) => id);
  const [a, b, c, d, e, f] = submitted as [JobId, JobId, JobId, JobId, JobId, JobId];
  queue.move([e, c], { to: 'top' });
  expect(order(queue)).toEqual([e, c, a, b, d, f]);
  queue.move([e], { to: 'end' });
  expect(order(queue)).toEqual([c, a, b, d, f, e]);
  queue.move([f, c], { to: 'before', job: b });
  expect(order(queue)).toEqual([a, f, c, b, d, e]);
  queue.move([a, e], { to: 'after', job: b });
  expect(order(queue)).toEqual([f, c, b, a, e, d]);
  const [late] = queue.submit(jobs(1));
  expect(order(queue).at(-1)).toBe(late?.id);
});

test('a job that is moved beside another has its priority from then on', () => {
  const { queue } = openQueue();
  const [low] = queue.submit(jobs(1), { priority: -1 });
  const [high] = queue.submit(jobs(1), { priority: 1 });
  const [usual] = queue.submit(jobs(1));
  if (low === undefined || high === undefined || usual === undefined) throw new Error('not submitted');
  queue.move([low.id], { to: 'top' });
  expect(order(queue)).toEqual([low.id, high.id, usual.id]);
  queue.move([high.id], { to: 'priority', priority: -9 });
  expect(order(queue)).toEqual([low.id, usual.id, high.id]);
  expect(queue.jobs({ ids: [low.id] })[0]?.priority).toBe(1);
});

test('there is always room between two jobs', () => {
  const { queue } = openQueue();
  const submitted = queue.submit(jobs(4)).map(({ id }) => id);
  const [first, last] = [submitted[0], submitted[3]];
  if (first === undefined || last === undefined) throw new Error('not submitted');
  for (let times = 0; times < 40; times++) {
    const [, second, third] = order(queue);
    if (second === undefined || third === undefined) throw new Error('lost');
    queue.move([third], { to: 'after', job: first });
    expect(order(queue)).toEqual([first, third, second, last]);
  }
});

test('what does not wait is left where it is, and is no neighbour', () => {
  const { queue } = openQueue();
  const submitted = queue.submit(jobs(3)).map(({ id }) => id);
  const [runs, waits, other] = submitted as [JobId, JobId, JobId];
  queue.claim('all');
  queue.move([runs, other], { to: 'top' });
  expect(order(queue)).toEqual([other, waits]);
  expect(() => queue.move([waits], { to: 'before', job: runs })).toThrow(
    expect.objectContaining({ code: 'job-not-waiting' }),
  );
  expect(() => queue.move(['nobody' as JobId], { to: 'top' })).toThrow(
    expect.objectContaining({ code: 'job-unknown' }),
  );
  queue.move([waits], { to: 'after', job: waits });
  expect(order(queue)).toEqual([other, waits]);
});

test('while the queue is paused no process begins anything, and all hear when it goes on', () => {
  const { queue, path } = openQueue();
  const { queue: other } = openQueue(path);
  const heard: number[] = [];
  other.onChanged((changed) => heard.push(changed.length));
  const [first] = queue.submit(jobs(2));
  const running = claimOf(other);
  queue.pause();
  other.poll();
  expect([queue.claim('all'), other.claim('all')]).toEqual([undefined, undefined]);
  expect(other.view(10)).toMatchObject({ paused: true, running: 1, waiting: 1 });
  expect(other.view(10).next[0]?.waiting).toBe('The queue is paused.');
  expect(other.delivered(running)).toBe(true);
  other.resume();
  queue.poll();
  expect(queue.claim('all')?.job.id).not.toBe(first?.id);
  // Claimed, paused, delivered, resumed.
  expect(heard).toEqual([2, 0, 1, 0]);
});

test('jobs asked for at once are one batch, and are cancelled as one', () => {
  const { queue } = openQueue();
  const batch = queue.submit(jobs(3));
  const [other] = queue.submit(jobs(1));
  const [first, second] = batch;
  if (first === undefined || second === undefined || other === undefined) throw new Error('not submitted');
  expect(new Set(batch.map((job) => job.batch)).size).toBe(1);
  expect(other.batch).not.toBe(first.batch);
  const done = claimOf(queue);
  queue.fail(done, failure);
  claimOf(queue);
  expect(queue.cancelAll({ batchOf: first.id }).map(({ id }) => id)).toEqual(
    batch.slice(1).map(({ id }) => id),
  );
  expect(order(queue)).toEqual([other.id]);
  expect(queue.outcome(done.job.id)).toBe('error');
});

test('all of a project are cancelled, and of others none', () => {
  const { queue } = openQueue();
  queue.submit(jobs(2, { projectRoot: '/ours' }));
  queue.submit(jobs(1, { projectRoot: '/theirs' }));
  expect(queue.cancelAll({ root: '/ours' })).toHaveLength(2);
  expect(queue.cancelAll({})).toMatchObject([{ projectRoot: '/theirs', status: 'cancelled' }]);
  expect(queue.cancelAll({})).toEqual([]);
});

test('what failed is asked for anew in new jobs, once, with the same seed or another', () => {
  const { queue } = openQueue();
  queue.submit([aJob({ seed: 7 }), aJob({ seed: 8 })]);
  for (let times = 0; times < 2; times++) queue.fail(claimOf(queue), failure);
  const failed = queue.failed({ root: '/film' });
  const [first, second] = failed;
  if (first === undefined || second === undefined) throw new Error('none failed');
  const [same] = queue.retry([first.id], 'same');
  const [other] = queue.retry([second.id], 'new');
  expect(same).toMatchObject({ status: 'pending', seed: 7, shotId: first.shotId });
  expect(other?.seed).not.toBe(8);
  expect(queue.failed({ root: '/film' })).toEqual([]);
  expect(queue.jobs({ ids: [first.id] })).toMatchObject([{ status: 'error', retriedBy: same?.id }]);
  expect(queue.claim('all')?.job).toMatchObject({ id: same?.id, seed: 7 });
});

test('what has not failed is not tried again, and what killed its runner only where it is named', () => {
  const { queue } = openQueue();
  const [job] = queue.submit([aJob()]);
  if (job === undefined) throw new Error('not submitted');
  expect(() => queue.retry([job.id], 'same')).toThrow(expect.objectContaining({ code: 'job-not-failed' }));
  queue.cancel(job.id);
  expect(queue.failed({})).toEqual([]);
  expect(queue.retry([job.id], 'same')).toHaveLength(1);
});

test('how long it takes is told by earlier attempts of the same kind, for each kind of place apart', () => {
  const { queue } = openQueue();
  const card = { id: 'gpu0', name: 'Card', vramMb: 16 * 1024 };
  queue.setCards([card]);
  queue.submit([...jobs(1), aCardJob(), ...jobs(4), aCardJob(), aCardJob()]);
  passTime(0);
  const makeOne = (cpu: number, ms: number): void => {
    const claim = queue.claim('all', { cpu, cards: [card] });
    if (claim === undefined) throw new Error('nothing claimed');
    passTime(ms);
    queue.delivered(claim);
  };
  makeOne(1, 60_000);
  expect(queue.view(0).remainingMs).toBeUndefined();
  makeOne(0, 600_000);
  // Two on the one card; beside them, four that need none.
  expect(Math.round((queue.view(0).remainingMs ?? 0) / 10_000)).toBe(120);
  queue.cancelAll({});
  expect(queue.view(0).remainingMs).toBeUndefined();
});

test('how long it takes does not hang on what the clock does', () => {
  const { queue } = openQueue();
  queue.submit(jobs(4));
  passTime(0);
  const first = claimOf(queue);
  passTime(60_000);
  const clock = Date.now();
  vi.setSystemTime(clock + 3_600_000);
  queue.delivered(first);
  const left = () => Math.round(((queue.view(0).remainingMs ?? 0) / 60_000) * defaultConcurrency);
  expect(left()).toBe(3);
  claimOf(queue);
  for (const jump of [-3_600_000, 0]) {
    vi.setSystemTime(clock + 3_600_000 + jump);
    expect(left()).toBe(3);
  }
});

test('an attempt that was handed back before says nothing of how long one takes', () => {
  const { queue } = openQueue();
  queue.submit(jobs(2));
  queue.release(claimOf(queue));
  queue.delivered(claimOf(queue));
  expect(queue.view(0).remainingMs).toBeUndefined();
});

test('how long it takes is not told while an engine that is waited for is away', () => {
  const { queue } = openQueue();
  const card = { id: 'gpu0', name: 'Card', vramMb: 16 * 1024 };
  queue.setCards([card]);
  queue.submit([aCardJob(), aCardJob()]);
  const claimOne = () => {
    passTime(60_000);
    const claim = queue.claim('all', { cpu: 0, cards: [card] });
    if (claim === undefined) throw new Error('nothing claimed');
    return claim;
  };
  const first = claimOne();
  passTime(60_000);
  queue.delivered(first);
  expect(queue.view(0).remainingMs).toBe(60_000);
  queue.putBack(claimOne(), { code: 'engine-not-running', message: 'No engine answers.' });
  expect(queue.view(0).remainingMs).toBeUndefined();
  const second = claimOne();
  expect(queue.view(0).remainingMs).toBeUndefined();
  queue.progress(second, 0.1, 'Sampling');
  expect(queue.view(0).remainingMs).toBe(60_000);
});
