import { existsSync, truncateSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { aJob } from '../../test/builders/aJob.ts';
import { fakePipeline } from '../../test/fakes/fakePipeline.ts';
import { openQueue } from '../../test/lib/openQueue.ts';
import { tempFolder } from '../../test/lib/tempFolder.ts';
import { asPng } from '../../test/lib/tinyMedia.ts';
import type { Orphan } from '../core/ports/jobQueue.ts';
import type { Pipeline } from '../core/ports/pipeline.ts';
import { openAttempt } from './outbox.ts';
import { openDatabase } from './queue/database.ts';
import { LocalQueue } from './queue/localQueue.ts';
import { Runner } from './runner.ts';

/** The queue of a process that looked for lost jobs a moment ago. */
class EarlierLook extends LocalQueue {
  lost: readonly Orphan[] = [];

  override orphans(): readonly Orphan[] {
    return this.lost;
  }
}

test('a lost job that another process has taken up meanwhile keeps the output of its new attempt', async () => {
  const [root, database] = [tempFolder(), join(tempFolder(), 'auteur.db')];
  const quicker = new LocalQueue(openDatabase(database));
  const slower = new EarlierLook(openDatabase(database));
  const later = Date.now() + 60_000;
  quicker.submit([aJob({ projectRoot: root })]);
  quicker.claim('all');
  const clock = vi.spyOn(Date, 'now').mockReturnValue(later);
  onTestFinished(() => {
    clock.mockRestore();
    quicker.close();
    slower.close();
  });
  slower.lost = quicker.orphans('all');
  expect(slower.lost).toHaveLength(1);
  for (const orphan of slower.lost) expect(quicker.requeue(orphan)).toBe(true);
  const again = quicker.claim('all');
  if (again === undefined) throw new Error('nothing claimed');
  const output = join(await openAttempt(again), 'panel.png');
  writeFileSync(output, 'half drawn');

  const logged: string[] = [];
  const runner = new Runner({
    queue: slower,
    pipelineOf: () => fakePipeline(),
    concurrency: 1,
    version: 'test',
    roots: () => [root],
    log: (line) => logged.push(line),
  });
  runner.look();
  await runner.stop();
  expect(logged).toHaveLength(1);
  expect(existsSync(output)).toBe(true);
});

test('a job that is cancelled while its huge output is read holds its place no longer', async () => {
  const projectRoot = tempFolder();
  writeFileSync(join(projectRoot, 'project.json'), '{"id":"film"}');
  const { queue } = openQueue();
  const made: string[] = [];
  const huge: Pipeline = {
    ref: { id: 'huge', kind: 'container', version: '1' },
    async run({ outputDir }) {
      const path = join(outputDir, '01.png');
      await writeFile(path, asPng('huge'));
      // Holes take no room, and minutes to read.
      truncateSync(path, 256 * 1024 ** 3);
      made.push(path);
      return { files: [{ name: '01.png', mediaType: 'image/png' }], drawsTakeNumber: false };
    },
  };
  const runner = new Runner({
    ...{ queue, concurrency: 1, version: 'test', roots: () => 'all', log: () => undefined },
    pipelineOf: () => huge,
  });
  onTestFinished(() => runner.stop());
  const job = aJob({ projectRoot });
  queue.submit([job]);
  runner.look();
  await expect.poll(() => made.length).toBe(1);
  queue.cancel(job.id);
  runner.checkClaims();
  await expect.poll(() => made.map((path) => existsSync(path))).toEqual([false]);
});
