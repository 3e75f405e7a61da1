import { expect, test } from 'vitest';
import { aCardJob } from '../../../test/builders/aCardJob.ts';
import { openQueue, turnClock } from '../../../test/lib/openQueue.ts';
import type { Claim, KeptCard } from '../../core/ports/jobQueue.ts';
import type { LocalQueue } from './localQueue.ts';
import { isSameStart, machineStart } from './machineStart.ts';

const minute = 60_000;
const capacity = { cpu: 0, cards: [{ id: 'gpu0', name: 'Card', vramMb: 24 * 1024 }] };
const away = { code: 'engine-not-running', message: 'No engine answers.', hint: 'Start it.' };

/** A film whose job has begun, and another film whose job waits for the same card. */
function begunJob() {
  const { queue } = openQueue();
  queue.setCards(capacity.cards);
  queue.submit([aCardJob(8, { projectRoot: '/gone', address: '01/01/01' })]);
  queue.submit([aCardJob(8, { projectRoot: '/ours' })]);
  const claim = queue.claim('all', capacity);
  if (claim === undefined) throw new Error('nothing claimed');
  return { queue, claim, next: () => queue.claim(['/ours'], capacity) };
}

/** Each way in which a job leaves its card to what it has started. */
const leaves: Readonly<Record<string, (queue: LocalQueue, claim: Claim) => void>> = {
  'handed back': (queue, claim) => queue.release(claim),
  'put back, its engine away': (queue, claim) => queue.putBack(claim, away),
  cancelled: (queue, claim) => queue.cancel(claim.job.id),
  'failed, its container left behind': (queue, claim) => queue.fail(claim, away, true),
};

function onlyKept(queue: LocalQueue): KeptCard {
  const [kept, ...more] = queue.keptCards('container');
  if (kept === undefined || more.length > 0) throw new Error(`not one: ${more.length}`);
  return kept;
}

test.each(Object.keys(leaves))(
  'a card whose job was %s is taken until nothing is seen to run there',
  (way) => {
    const { queue, claim, next } = begunJob();
    leaves[way]?.(queue, claim);
    for (const passed of [0, 11 * minute, 60 * 24 * minute, -60 * 24 * minute]) {
      turnClock(passed);
      expect(next()).toBeUndefined();
    }
    queue.cardIsFree(onlyKept(queue));
    expect(queue.keptCards('container')).toEqual([]);
    expect(next()?.device).toBe('gpu0');
  },
);

test('whoever let go of a job a moment ago may be starting its container still', () => {
  const { queue, claim } = begunJob();
  queue.release(claim);
  expect(queue.keptCards('container')).toEqual([]);
  turnClock(10_000);
  expect(onlyKept(queue)).toMatchObject({ id: claim.job.id, waits: true, definition: { kind: 'container' } });
});

test('what was taken up again meanwhile is neither freed nor ended', () => {
  const { queue, claim, next } = begunJob();
  queue.release(claim);
  turnClock(minute);
  const kept = onlyKept(queue);
  const again = queue.claim(['/gone'], capacity);
  queue.cardIsFree(kept);
  expect(queue.endKept(kept, away)).toBe(false);
  expect(again).toMatchObject({ device: 'gpu0', attempt: 2 });
  expect(next()).toBeUndefined();
});

test('a job that is ended while nobody runs it keeps its card until its container has ended', () => {
  const { queue, claim, next } = begunJob();
  queue.release(claim);
  turnClock(minute);
  expect(queue.endKept(onlyKept(queue), away)).toBe(true);
  expect(queue.outcome(claim.job.id)).toBe('error');
  expect(next()).toBeUndefined();
  queue.cardIsFree(onlyKept(queue));
  expect(next()).toBeDefined();
});

test('where the engine is away the job says so, and who waits for its card says who has it', () => {
  const { queue, claim } = begunJob();
  queue.release(claim);
  queue.engineIsAway('container', away);
  const said = () => queue.view(9).next.map(({ waiting }) => waiting);
  expect(said()).toEqual(['No engine answers. Start it.', 'No engine answers. Start it.']);
  turnClock(2_000);
  expect(said()[1]).toContain('Card is held by 01/01/01');
});

test.each(Object.keys(leaves))('a card whose job was %s is free once the machine was started anew', (way) => {
  const { queue, claim, next } = begunJob();
  queue.onMachine('a');
  leaves[way]?.(queue, claim);
  turnClock(minute);
  queue.onMachine('a');
  expect(next()).toBeUndefined();
  queue.onMachine('b');
  expect(next()?.device).toBe('gpu0');
});

test('a card whose job ran when the machine was stopped is free, that of a job that runs is not', () => {
  const { queue, claim, next } = begunJob();
  queue.onMachine('a');
  queue.onMachine('b');
  expect(queue.renew([claim])).toEqual([]);
  expect(next()).toBeUndefined();
  turnClock(minute);
  queue.onMachine('c');
  const [orphan] = queue.orphans('all');
  expect(orphan && queue.requeue(orphan)).toBe(true);
  expect(next()?.device).toBe('gpu0');
});

test('a start of the machine is told from others by its id, else by its time', async () => {
  const times = [await machineStart('/nowhere'), await machineStart('/nowhere')] as const;
  expect(isSameStart(...times)).toBe(true);
  expect(isSameStart(times[0], new Date(Date.parse(times[0]) + 2 * minute).toISOString())).toBe(false);
  expect(isSameStart('a', 'b')).toBe(false);
});
