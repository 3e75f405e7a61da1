import { expect, test } from 'vitest';
import { aCardJob, aServerJob } from '../../../test/builders/aCardJob.ts';
import { aJob } from '../../../test/builders/aJob.ts';
import { openQueue, turnClock } from '../../../test/lib/openQueue.ts';
import type { Capacity, Card, Claim } from '../../core/ports/jobQueue.ts';
import type { LocalQueue } from './localQueue.ts';

const small: Card = { id: 'gpu0', name: 'Small', vramMb: 12 * 1024 };
const large: Card = { id: 'gpu1', name: 'Large', vramMb: 24 * 1024 };
const both: Capacity = { cpu: 0, cards: [large, small] };
const minute = 60_000;

function claimOf(queue: LocalQueue, capacity: Capacity = both): Claim {
  const claim = queue.claim('all', capacity);
  if (claim === undefined) throw new Error('nothing claimed');
  return claim;
}

test('one job runs on each card, on the smallest that suffices, and others beside them', () => {
  const { queue } = openQueue();
  const [first, second, third, cpu] = [aCardJob(8), aCardJob(16), aCardJob(8), aJob()];
  queue.submit([first, second, third, cpu]);
  const places = { ...both, cpu: 1 };
  const claims = [1, 2, 3, 4].map(() => queue.claim('all', places));
  expect(claims.map((claim) => [claim?.job.id, claim?.device])).toEqual([
    [first.id, 'gpu0'],
    [second.id, 'gpu1'],
    [cpu.id, undefined],
    [undefined, undefined],
  ]);
});

test('what is too large for the free card lets the next one pass', () => {
  const { queue } = openQueue();
  const [first, second, fits] = [aCardJob(16), aCardJob(16), aCardJob(12)];
  queue.submit([first, second, fits]);
  expect([claimOf(queue).device, claimOf(queue).job.id]).toEqual(['gpu1', fits.id]);
  expect(queue.claim('all', both)).toBeUndefined();
});

test('what takes a whole card shares it with no container, and what wants none of this machine waits for none', () => {
  const { queue } = openQueue();
  const definition = {
    kind: 'comfyui',
    server: 'http://127.0.0.1:8188',
    workflow: { 1: { class_type: 'A', inputs: {} } },
  };
  const comfy = (vramMb: number) =>
    aJob({ definition: { ...definition, vramGb: vramMb === 0 ? 24 : 0 }, vramMb });
  const [here, container, elsewhere] = [comfy(small.vramMb), aCardJob(8), comfy(0)];
  queue.submit([here, container, elsewhere]);
  const capacity = { cpu: 1, cards: [small] };
  const first = claimOf(queue, capacity);
  expect([first.job.id, first.device]).toEqual([here.id, 'gpu0']);
  const second = claimOf(queue, capacity);
  expect([second.job.id, second.device]).toEqual([elsewhere.id, undefined]);
  expect(queue.claim('all', capacity)).toBeUndefined();
  queue.fail(first, { code: 'x', message: 'It ended.' });
  expect(claimOf(queue, capacity).job.id).toBe(container.id);
});

test('a process without a card leaves what needs one, and one without a place what needs none', () => {
  const { queue } = openQueue();
  const [card, cpu] = [aCardJob(), aJob()];
  queue.submit([card, cpu]);
  expect(queue.claim('all', { cpu: 1, cards: [] })?.job.id).toBe(cpu.id);
  expect(queue.claim('all', { cpu: 1, cards: [] })).toBeUndefined();
  expect(queue.claim('all', { cpu: 0, cards: [small] })?.job.id).toBe(card.id);
});

test('a card is free as soon as the output is complete, and when the job failed', () => {
  const { queue } = openQueue();
  queue.submit([aCardJob(), aCardJob(), aCardJob()]);
  const capacity = { cpu: 0, cards: [small] };
  const first = claimOf(queue, capacity);
  expect(queue.claim('all', capacity)).toBeUndefined();
  queue.delivered(first);
  queue.fail(claimOf(queue, capacity), { code: 'x', message: 'x' });
  expect(queue.claim('all', capacity)).toBeDefined();
});

test('the card of a cancelled job is free when what it started has ended, or after a while where nobody can look', () => {
  const { queue } = openQueue();
  queue.submit([aServerJob(), aServerJob(), aCardJob()]);
  const capacity = { cpu: 0, cards: [small] };
  const first = claimOf(queue, capacity);
  queue.cancel(first.job.id);
  expect(queue.claim('all', capacity)).toBeUndefined();
  queue.freeCard(first);
  const second = claimOf(queue, capacity);
  queue.cancel(second.job.id);
  expect(queue.claim('all', capacity)).toBeUndefined();
  turnClock(minute);
  expect(queue.claim('all', capacity)).toBeDefined();
});

test('a job that was handed back keeps its card for what may still run there, but not for ever', () => {
  const { queue } = openQueue();
  const [first, second] = [aCardJob(8, { projectRoot: '/ours' }), aCardJob(8, { projectRoot: '/theirs' })];
  queue.submit([first, second]);
  queue.move([second.id], { to: 'top' });
  queue.release(claimOf(queue, { cpu: 0, cards: [small] }));
  // In a window that has only the other film open.
  expect(queue.claim(['/ours'], { cpu: 0, cards: [small] })).toBeUndefined();
  expect(queue.claim(['/ours'], both)).toMatchObject({ job: { id: first.id }, device: 'gpu1' });
  expect(queue.claim(['/theirs'], both)).toMatchObject({
    job: { id: second.id },
    device: 'gpu0',
    attempt: 2,
  });
});

test('a card on which nobody can look what runs is given to others after some minutes', () => {
  const { queue } = openQueue();
  const [gone, next] = [aServerJob({ projectRoot: '/gone' }), aCardJob(8, { projectRoot: '/ours' })];
  queue.submit([gone, next]);
  const capacity = { cpu: 0, cards: [small] };
  queue.release(claimOf(queue, capacity));
  turnClock(11 * minute);
  expect(queue.claim(['/ours'], capacity)?.job.id).toBe(next.id);
});

test('a job whose card is not there any more runs on another', () => {
  const { queue } = openQueue();
  queue.submit([aCardJob()]);
  queue.release(claimOf(queue, { cpu: 0, cards: [small] }));
  expect(claimOf(queue, { cpu: 0, cards: [large] }).device).toBe('gpu1');
});

test('a card stays held whatever the clock does', () => {
  const { queue } = openQueue();
  queue.submit([aCardJob(), aCardJob()]);
  const capacity = { cpu: 0, cards: [small] };
  const first = claimOf(queue, capacity);
  for (const jump of [-60 * minute, 60 * minute]) {
    turnClock(jump);
    expect(queue.claim('all', capacity)).toBeUndefined();
  }
  // Taken for lost by another process that looked in the moment of the jump: the job keeps its card.
  for (const orphan of queue.orphans('all')) queue.requeue(orphan);
  const again = claimOf(queue, capacity);
  expect(again.job.id).toBe(first.job.id);
  expect(queue.renew([first, again])).toEqual([first]);
  expect(queue.claim('all', capacity)).toBeUndefined();
});

test('a clock that is turned back does not keep a card, nor an engine away, for longer', () => {
  const { queue } = openQueue();
  const next = aServerJob();
  queue.submit([aServerJob(), next]);
  const capacity = { cpu: 0, cards: [small] };
  queue.putBack(claimOf(queue, capacity), { code: 'engine-not-running', message: 'Away.' });
  expect(queue.claim('all', capacity)).toBeUndefined();
  turnClock(-24 * 60 * minute);
  const claim = claimOf(queue, capacity);
  queue.cancel(claim.job.id);
  turnClock(-48 * 60 * minute);
  expect(queue.claim('all', capacity)?.job.id).toBe(next.id);
});

test('an engine that is away holds back all that need it, longer each time, and nothing else', () => {
  const { queue } = openQueue();
  queue.submit([aCardJob(), aCardJob(), aJob()]);
  const capacity = { cpu: 0, cards: [small] };
  const pauses: number[] = [];
  let time = 0;
  let claim: Claim | undefined = claimOf(queue, capacity);
  while (pauses.length < 6) {
    queue.putBack(claim, { code: 'engine-not-running', message: 'No engine answers.' });
    const began = time;
    for (claim = undefined; claim === undefined; claim = queue.claim('all', capacity))
      turnClock((time += 500));
    pauses.push(Math.floor((time - began) / 1000));
  }
  expect(pauses).toEqual([1, 2, 4, 8, 15, 15]);
  expect(queue.claim('all', { cpu: 1, cards: [] })?.attempt).toBe(1);
  // It answers: the next time it goes, the pauses begin anew, and none of this has counted as failed.
  queue.delivered(claim);
  queue.putBack(claimOf(queue, capacity), { code: 'engine-not-running', message: 'No engine answers.' });
  turnClock(time + 1_500);
  expect(claimOf(queue, capacity).attempt).toBe(2);
});

test('after running out of memory a job has all cards for itself', () => {
  const { queue } = openQueue();
  const [first, second, third] = [aCardJob(8), aCardJob(16), aCardJob(8)];
  queue.submit([first, second, third]);
  const [failed, other] = [claimOf(queue), claimOf(queue)];
  expect(queue.retryAlone(failed)).toBe(true);
  // Nothing new begins before the other has ended, and nothing beside it.
  expect(queue.claim('all', both)).toBeUndefined();
  queue.delivered(other);
  const alone = claimOf(queue);
  expect(alone).toMatchObject({ job: { id: first.id }, alone: true, device: 'gpu0', attempt: 2 });
  expect(queue.claim('all', both)).toBeUndefined();
  queue.delivered(alone);
  expect(claimOf(queue).job.id).toBe(third.id);
});

test('a job that waits to be alone is not passed for ever by those of another window', () => {
  const { queue, path } = openQueue();
  const { queue: other } = openQueue(path);
  const [ours, theirs] = [{ projectRoot: '/ours' }, { projectRoot: '/theirs' }];
  queue.submit([aCardJob(8, ours)]);
  other.submit(Array.from({ length: 4 }, () => aCardJob(8, theirs)));
  const failed = queue.claim(['/ours'], both);
  let running = other.claim(['/theirs'], both);
  if (failed === undefined) throw new Error('nothing claimed');
  queue.retryAlone(failed);
  // It is first, and the other window may not know that anybody is there to run it.
  expect(queue.claim(['/ours'], both)).toBeUndefined();
  expect(other.claim(['/theirs'], both)).toBeUndefined();
  if (running !== undefined) other.delivered(running);
  expect(other.claim(['/theirs'], both)).toBeUndefined();
  const alone = queue.claim(['/ours'], both);
  expect(alone).toMatchObject({ job: { id: failed.job.id }, alone: true });
  expect(other.claim(['/theirs'], both)).toBeUndefined();
  if (alone !== undefined) queue.delivered(alone);
  running = other.claim(['/theirs'], both);
  expect(running).toBeDefined();
});

test('a job that waits to be alone lets what is before it go first, and holds nobody up once its window is gone', () => {
  const { queue, path } = openQueue();
  const { queue: other } = openQueue(path);
  const [before, after] = [1, 2].map(() => aCardJob(8, { projectRoot: '/theirs' }));
  if (before === undefined || after === undefined) throw new Error('too few');
  const failed = aCardJob(8, { projectRoot: '/ours' });
  queue.submit([failed]);
  const claim = queue.claim(['/ours'], both);
  if (claim === undefined) throw new Error('nothing claimed');
  queue.retryAlone(claim);
  other.submit([before, after, aCardJob(8, { projectRoot: '/theirs' })]);
  other.move([before.id, failed.id], { to: 'top' });
  const running = other.claim(['/theirs'], both);
  expect(running?.job.id).toBe(before.id);
  expect(queue.claim(['/ours'], both)).toBeUndefined();
  expect(other.claim(['/theirs'], both)).toBeUndefined();
  turnClock(10_000);
  expect(other.claim(['/theirs'], both)?.job.id).toBe(after.id);
});

test('hundreds of jobs that nobody here can run keep nobody from the next one', () => {
  const { queue } = openQueue();
  queue.submit(Array.from({ length: 300 }, () => aCardJob(48, { projectRoot: '/theirs' })));
  const ours = aCardJob(8, { projectRoot: '/ours' });
  queue.submit([ours]);
  expect(claimOf(queue).job.id).toBe(ours.id);
});
