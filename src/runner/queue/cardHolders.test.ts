import { expect, test } from 'vitest';
import { dirname } from 'node:path';
import { aCardJob } from '../../../test/builders/aCardJob.ts';
import { openQueue } from '../../../test/lib/openQueue.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { cardHolders } from './cardHolders.ts';

test('a card is held by the shot of the job that runs there; where there is no queue, by none', async () => {
  const { queue, path } = openQueue();
  const job = aCardJob(8, { address: '01/02/03' });
  queue.submit([job, aCardJob(8)]);
  expect(await cardHolders(dirname(path))).toEqual(new Map());
  queue.claim('all', { cpu: 0, cards: [{ id: 'gpu0', name: 'A', vramMb: 8192 }] });
  expect(await cardHolders(dirname(path))).toEqual(new Map([['gpu0', '01/02/03']]));
  expect(await cardHolders(tempFolder())).toEqual(new Map());
});
