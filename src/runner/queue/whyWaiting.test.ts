import { expect, test } from 'vitest';
import { aCardJob } from '../../../test/builders/aCardJob.ts';
import { aJob } from '../../../test/builders/aJob.ts';
import { openQueue, turnClock } from '../../../test/lib/openQueue.ts';
import type { Card } from '../../core/ports/jobQueue.ts';
import type { LocalQueue } from './localQueue.ts';

const card: Card = { id: 'gpu0', name: 'RTX 4090', vramMb: 24 * 1024, freeMb: 11 * 1024 };
const places = { cpu: 1, cards: [card] };

/** What each waiting job says, in the order of the queue. */
function reasons(queue: LocalQueue): readonly string[] {
  return queue.view(100).next.map(({ waiting }) => waiting);
}

test('a job says how many are before it, and that it is next', () => {
  const { queue } = openQueue();
  queue.submit([aJob(), aJob(), aJob()]);
  expect(reasons(queue)).toEqual([
    'It starts as soon as a place is free.',
    '1 job is before it.',
    '2 jobs are before it.',
  ]);
  queue.claim('all');
  expect(reasons(queue)).toEqual(['It starts as soon as a place is free.', '1 job is before it.']);
  expect(queue.jobs({}).map(({ waiting }) => waiting)).toEqual([
    '1 job is before it.',
    'It starts as soon as a place is free.',
    undefined,
  ]);
});

test('a job that needs a card says what it needs, what is free, and who holds it', () => {
  const { queue } = openQueue();
  queue.setCards([card]);
  queue.submit([aCardJob(20, { address: '01/02/03' }), aCardJob(16), aCardJob(16), aJob()]);
  queue.claim('all', places);
  expect(reasons(queue)).toEqual([
    'It needs 16 GB; RTX 4090 has 11 GB free and is held by 01/02/03.',
    'It needs 16 GB; RTX 4090 has 11 GB free and is held by 01/02/03. 1 job is before it.',
    'It starts as soon as a place is free.',
  ]);
});

test('of several cards those are named that would suffice', () => {
  const { queue } = openQueue();
  const cards = [
    { id: 'a', name: 'Small', vramMb: 8192 },
    { id: 'b', name: 'Large', vramMb: 24_576 },
    { id: 'c', name: 'Larger', vramMb: 49_152 },
  ];
  queue.setCards(cards);
  queue.submit([aCardJob(16, { address: '01/01/01' }), aCardJob(16, { address: '01/01/02' }), aCardJob(16)]);
  for (let times = 0; times < 2; times++) queue.claim('all', { cpu: 0, cards });
  expect(reasons(queue)).toEqual(['It needs 16 GB; Large is held by 01/01/01, Larger is held by 01/01/02.']);
});

test('a job that can never run here says so', () => {
  const { queue } = openQueue();
  queue.submit([aCardJob(30)]);
  queue.submit([aCardJob(8)], { priority: 1 });
  queue.claim('all', places);
  queue.submit([aCardJob(8)], { priority: 1 });
  expect(reasons(queue).at(-1)).toBe(
    'It needs 30 GB of graphics memory, and no graphics card was found here.',
  );
  queue.setCards([card]);
  expect(reasons(queue).at(-1)).toBe('It needs 30 GB, and the largest card here, RTX 4090, has 24 GB.');
});

test('jobs whose engine is away say so with the next step, and only they', () => {
  const { queue } = openQueue();
  queue.submit([aCardJob(), aCardJob(), aJob()]);
  const claim = queue.claim('all', places);
  if (claim === undefined) throw new Error('nothing claimed');
  queue.putBack(claim, { code: 'engine-not-running', message: 'No engine answers.', hint: 'Start it.' });
  const away = 'No engine answers. Start it.';
  expect(reasons(queue)).toEqual([away, away, 'It starts as soon as a place is free.']);
  turnClock(2_000);
  expect(reasons(queue)).not.toContain(away);
});

test('a job that ran out of memory says after whom it is tried again', () => {
  const { queue } = openQueue();
  const cards = [card, { id: 'gpu1', name: 'Other', vramMb: 24_576 }];
  queue.setCards(cards);
  queue.submit([aCardJob(8, { address: '01/01/01' }), aCardJob(8, { address: '01/01/02' }), aCardJob()]);
  const claims = [1, 2].map(() => queue.claim('all', { cpu: 0, cards }));
  if (claims[0] === undefined) throw new Error('nothing claimed');
  queue.retryAlone(claims[0]);
  expect(reasons(queue)[0]).toBe('The card ran out of memory, so it is tried again alone, after 01/01/02.');
  expect(queue.claim('all', { cpu: 0, cards })).toBeUndefined();
  expect(reasons(queue)[1]).toBe(
    '01/01/01 ran out of memory and is to have the cards for itself first. 1 job is before it.',
  );
  if (claims[1] !== undefined) queue.delivered(claims[1]);
  queue.claim('all', { cpu: 0, cards });
  expect(reasons(queue)).toEqual(['It needs 8 GB; 01/01/01 has the cards for itself.']);
});
