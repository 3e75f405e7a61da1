import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { fakePipeline } from '../../test/fakes/fakePipeline.ts';
import { tempFolder } from '../../test/lib/tempFolder.ts';
import { testFilm } from '../../test/lib/testFilm.ts';
import { stepChannelName } from '../core/storage/steps.ts';
import { scanTakes } from '../core/storage/takes.ts';
import { jobRequests } from './jobRequests.ts';
import { completeAttempt, openAttempt } from './outbox.ts';
import { openDatabase } from './queue/database.ts';
import { LocalLeases } from './queue/leases.ts';
import { LocalQueue } from './queue/localQueue.ts';
import { Recorder } from './recorder.ts';

/** A recorder on a film with two accepted jobs, whose outputs are delivered by hand. */
async function desk({ drawsTakeNumber }: { drawsTakeNumber: boolean }) {
  const { root } = await testFilm();
  const home = tempFolder();
  const database = openDatabase(join(home, 'auteur.db'));
  const queue = new LocalQueue(database);
  const pipeline = fakePipeline();
  const requests = await jobRequests({ root, addresses: [], takes: 2 }, () => ({
    pipeline: pipeline.ref,
  }));
  const ids = queue.submit(requests).map(({ id }) => id);
  const recorder = new Recorder({
    queue,
    leases: new LocalLeases(database),
    roots: () => [root],
    log: () => undefined,
  });
  onTestFinished(() => recorder.dispose());
  const deliver = async (takeNumber: number): Promise<void> => {
    const claim = queue.claim([root]);
    if (claim === undefined) throw new Error('no job waits');
    const folder = await openAttempt(claim);
    await writeFile(join(folder, 'panel.png'), `picture ${claim.job.id}`);
    const output = { files: [{ name: 'panel.png', mediaType: 'image/png' }], drawsTakeNumber, inputs: [] };
    queue.reserveTakeNumber(claim, takeNumber);
    await completeAttempt(folder, { claim, output, takeNumber, started: new Date(), version: 'test' });
    queue.delivered(claim);
  };
  return { root, home, database, queue, ids, recorder, deliver };
}

const shotFolder = '03_Renders/Chapter_01/Scene_01/Shot_01';

test.each([true, false])(
  'closing in the middle of a round records each take once (drawn: %s)',
  async (drawn) => {
    const { root, queue, ids, recorder, deliver } = await desk({ drawsTakeNumber: drawn });
    await deliver(1);
    recorder.wake();
    await deliver(2);
    recorder.wake();
    await recorder.stop();
    const { takes } = await scanTakes(join(root, shotFolder));
    expect(takes.map(({ number, id }) => [number, id])).toEqual([
      [1, ids[0]],
      [2, ids[1]],
    ]);
    expect(readdirSync(join(root, shotFolder)).filter((name) => name.endsWith('.png'))).toHaveLength(2);
    expect(queue.jobs({ ids }).map(({ status, take }) => [status, take?.commit.state])).toEqual([
      ['completed', 'committed'],
      ['completed', 'committed'],
    ]);
    expect(readdirSync(join(root, '.auteur', 'outbox'))).toEqual([]);
  },
);

test('a queue that another process holds makes no error of a take that has its number', async () => {
  const { root, home, database, queue, ids, recorder, deliver } = await desk({ drawsTakeNumber: false });
  database.exec('PRAGMA busy_timeout = 100');
  const other = new DatabaseSync(join(home, 'auteur.db'));
  const hold = (step: unknown): void => {
    if (step !== 'media.moved') return;
    unsubscribe(stepChannelName, hold);
    other.exec('BEGIN IMMEDIATE');
  };
  subscribe(stepChannelName, hold);
  await deliver(1);
  recorder.wake();
  await expect.poll(() => other.isTransaction, { timeout: 5000 }).toBe(true);
  other.exec('COMMIT');
  await expect
    .poll(() => queue.jobs({ ids }).filter(({ status }) => status === 'completed').length, {
      timeout: 10_000,
    })
    .toBe(1);
  expect((await scanTakes(join(root, shotFolder))).takes).toHaveLength(1);
  expect(queue.jobs({ ids }).some(({ status }) => status === 'error')).toBe(false);
});
