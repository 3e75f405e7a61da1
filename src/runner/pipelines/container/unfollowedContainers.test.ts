import { join } from 'node:path';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { aCardJob } from '../../../../test/builders/aCardJob.ts';
import { engineSaying } from '../../../../test/lib/engineSaying.ts';
import { openQueue, turnClock } from '../../../../test/lib/openQueue.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { ContainerEngine } from '../../containers/containerEngine.ts';
import { EngineLink } from '../../containers/engineLink.ts';
import { ContainerMarks } from './containerMarks.ts';
import { homeLabel } from './containerSpec.ts';
import { sweepLeftovers } from './leftovers.ts';
import { UnfollowedContainers } from './unfollowedContainers.ts';

const other = { address: () => Promise.resolve('tcp://other:2375') };
const capacity = { cpu: 0, cards: [{ id: 'gpu0', name: 'Card', vramMb: 24 * 1024 }] };

/** A job that was handed back, and keeps its card for a container that may run. */
function handedBack() {
  const { queue } = openQueue();
  const home = tempFolder();
  const job = aCardJob(8, { projectRoot: tempFolder() });
  queue.submit([job]);
  const claim = queue.claim('all', capacity);
  if (claim === undefined) throw new Error('nothing claimed');
  queue.release(claim);
  turnClock(10_000);
  const keepsCard = () => queue.keptCards('container').length === 1;
  return { queue, home, job, marks: new ContainerMarks(home), keepsCard };
}

test('a card is freed by whoever has the engine that its container was on, or where nobody knows', async () => {
  const { queue, home, job, marks, keepsCard } = handedBack();
  const engine = await engineSaying([]);
  const unfollowed = new UnfollowedContainers(engine, marks);
  await marks.add(job, 1, other);
  await unfollowed.lookAfter(queue);
  expect(keepsCard()).toBe(true);
  // As an earlier version wrote it.
  writeFileSync(join(home, 'containers', `${job.id}.2`), job.projectRoot);
  await unfollowed.lookAfter(queue);
  expect(keepsCard()).toBe(false);
});

test('a card is freed on the engine that its job was taken up on last', async () => {
  const { queue, job, marks, keepsCard } = handedBack();
  const engine = await engineSaying([]);
  await marks.add(job, 9, engine);
  await marks.add(job, 10, other);
  const unfollowed = new UnfollowedContainers(engine, marks);
  await unfollowed.lookAfter(queue);
  expect(keepsCard()).toBe(true);
  await marks.add(job, 11, engine);
  await unfollowed.lookAfter(queue);
  expect(keepsCard()).toBe(false);
});

test('an engine that is away keeps no jobs from running that were on another', async () => {
  const { queue, home, job, marks } = handedBack();
  const away = new ContainerEngine(new EngineLink(() => Promise.resolve({ socketPath: join(home, 'gone') })));
  await marks.add(job, 1, other);
  await new UnfollowedContainers(away, marks).lookAfter(queue);
  expect(queue.claim('all', capacity)).toBeDefined();
});

test('marks of another engine are left to whoever has it; one socket has many paths', async () => {
  const { home, job, marks } = handedBack();
  const engine = await engineSaying([]);
  await marks.add(job, 1, other);
  await marks.add(job, 2, engine);
  const needs = { engine, home, marks };
  expect(await sweepLeftovers(needs, () => 'cancelled')).toBe(true);
  expect(await marks.on(engine)).toEqual([]);
  expect(await marks.on(other)).toEqual([{ id: job.id, attempt: 1 }]);

  const run = join(home, 'run');
  mkdirSync(run);
  symlinkSync(run, join(home, 'link'), 'junction');
  const at = (folder: string) => ({ address: () => Promise.resolve(join(home, folder, 'docker.sock')) });
  await marks.add(job, 3, at('run'));
  expect(await marks.on(at('link'))).toEqual([{ id: job.id, attempt: 3 }]);
});

test('containers are known by the state folder itself: another of the same path is another one', async () => {
  const home = join(tempFolder(), 'state');
  mkdirSync(home);
  const labels = await Promise.all([homeLabel(home), homeLabel(home)]);
  expect(new Set([...labels, await homeLabel(home)]).size).toBe(1);
  rmSync(home, { recursive: true });
  mkdirSync(home);
  expect(labels).not.toContain(await homeLabel(home));
});
