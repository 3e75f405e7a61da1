import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { fakePipeline } from '../../test/fakes/fakePipeline.ts';
import { tempFolder } from '../../test/lib/tempFolder.ts';
import { testFilm } from '../../test/lib/testFilm.ts';
import type { JobId } from '../core/model/ids.ts';
import { RelativePath } from '../core/model/relativePath.ts';
import type { Pipeline } from '../core/ports/pipeline.ts';
import type { JobView } from '../core/protocol/views.ts';
import { scanTakes } from '../core/storage/takes.ts';
import { validateProject } from '../core/storage/validate.ts';
import { openFloor, type Floor } from './floor.ts';
import { jobRequests } from './jobRequests.ts';
import { openDatabase } from './queue/database.ts';
import { LocalQueue } from './queue/localQueue.ts';

const shotFolder = '03_Renders/Chapter_01/Scene_01/Shot_01';

interface Setup {
  readonly root: string;
  readonly pipeline: Pipeline;
  readonly home?: string;
  readonly concurrency?: number;
  readonly roots?: () => readonly string[] | 'all';
}

async function openTestFloor(setup: Setup) {
  const { root, pipeline, home = tempFolder(), concurrency = 2, roots = () => [root] } = setup;
  const logged: string[] = [];
  const floor = await openFloor({
    home,
    pipelineOf: () => pipeline,
    sweep: () => Promise.resolve(),
    version: 'test',
    concurrency,
    roots,
    onJobs: () => undefined,
    onOutdated: () => undefined,
    log: (line) => logged.push(line),
  });
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= floor.stop());
  onTestFinished(stop);
  const generate = async (takes: number, seed = 7) => {
    const jobs = await jobRequests({ root, addresses: [], takes, seed }, () => ({
      pipeline: pipeline.ref,
    }));
    const views = floor.queue.submit(jobs);
    floor.wake();
    return views.map(({ id }) => id);
  };
  return { floor, generate, logged, home, stop };
}

async function settled(floor: Floor, ids: readonly JobId[]): Promise<readonly JobView[]> {
  return new Promise((resolve) => {
    const check = (): void => {
      const jobs = floor.queue.jobs({ ids });
      const done = jobs.every(
        (job) =>
          ['error', 'cancelled'].includes(job.status) ||
          job.take?.commit.state === 'committed' ||
          (job.take?.commit.state === 'pending' && job.take.commit.reason !== undefined),
      );
      if (!done) return;
      subscription.dispose();
      resolve(jobs.toReversed());
    };
    const subscription = floor.queue.onChanged(check);
    check();
  });
}

function git(root: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' });
}

test('every job becomes one take in LFS, and takes finished together become one commit', async () => {
  const { root } = await testFilm({ shots: 3 });
  const { floor, generate } = await openTestFloor({ root, pipeline: fakePipeline() });
  const ids = await generate(2);
  const jobs = await settled(floor, ids);
  expect(jobs.map(({ status }) => status)).toEqual(Array(6).fill('completed'));
  expect(jobs.map(({ take }) => take?.commit.state)).toEqual(Array(6).fill('committed'));
  expect(git(root, 'lfs', 'ls-files', '--name-only').trim().split('\n')).toHaveLength(6);
  expect(git(root, 'status', '--porcelain')).toBe('');
  expect(git(root, 'rev-list', '--count', 'HEAD').trim()).toBe('3');
  expect(await validateProject(root, { git: true })).toEqual([]);
  expect(readdirSync(join(root, '.auteur', 'outbox'))).toEqual([]);
});

test('a picture that shows its take number is recorded under that number', async () => {
  const { root } = await testFilm();
  const { floor, generate } = await openTestFloor({
    root,
    pipeline: fakePipeline({ drawsTakeNumber: true }),
  });
  const jobs = await settled(floor, await generate(8));
  expect(jobs.map(({ take }) => take?.number).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const { takes } = await scanTakes(join(root, shotFolder));
  expect(takes.map(({ seed }) => seed).sort((a, b) => a - b)).toEqual([7, 8, 9, 10, 11, 12, 13, 14]);
});

test('two floors on one queue never run one job twice', async () => {
  const { root } = await testFilm({ shots: 4 });
  const runs: string[] = [];
  const pipeline = fakePipeline({ before: ({ job }) => Promise.resolve(void runs.push(job.id)) });
  const first = await openTestFloor({ root, pipeline });
  const second = await openTestFloor({ root, pipeline, home: first.home });
  const ids = [...(await first.generate(5)), ...(await second.generate(5))];
  const jobs = await settled(first.floor, ids);
  expect(new Set(jobs.map(({ status }) => status))).toEqual(new Set(['completed']));
  expect(runs.toSorted()).toEqual(ids.toSorted());
  expect(await validateProject(root, { git: true })).toEqual([]);
});

test('what waits in the queue is taken up as the floor opens, before a timer turns', async () => {
  const { root } = await testFilm();
  const idle = await openTestFloor({ root, pipeline: fakePipeline(), roots: () => [] });
  const ids = await idle.generate(1);
  vi.useFakeTimers({ toFake: ['setInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const { floor } = await openTestFloor({ root, pipeline: fakePipeline(), home: idle.home });
  const [job] = await settled(floor, ids);
  expect(job?.take?.commit.state).toBe('committed');
});

test('what another process writes is heard of before a timer turns', async () => {
  const { root } = await testFilm();
  vi.useFakeTimers({ toFake: ['setInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const nobody = { pipeline: fakePipeline(), root, roots: () => [] };
  const { floor, home } = await openTestFloor(nobody);
  const other = await openTestFloor({ ...nobody, home });
  const heard = new Promise<readonly JobView[]>((resolve) => floor.queue.onChanged(resolve));
  const ids = await other.generate(1);
  expect((await heard).map(({ id }) => id)).toEqual(ids);
});

test('a job that fails ends with its reason and leaves nothing behind', async () => {
  const { root } = await testFilm();
  const pipeline = fakePipeline({ before: () => Promise.reject(new Error('no ink')) });
  const { floor, generate } = await openTestFloor({ root, pipeline });
  const [job] = await settled(floor, await generate(1));
  expect(job?.status).toBe('error');
  expect(job?.error?.message).toContain('no ink');
  expect(job?.error?.hint).not.toBe('');
  expect(readdirSync(join(root, '.auteur', 'outbox'))).toEqual([]);
});

test('cancelling stops the run, and the next take gets the number', async () => {
  const { root } = await testFilm();
  let started: () => void = () => undefined;
  const running = new Promise<void>((resolve) => (started = resolve));
  let block = true;
  const pipeline = fakePipeline({
    before: ({ signal }) =>
      new Promise((resolve, reject) => {
        if (!block) {
          resolve();
          return;
        }
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        started();
      }),
  });
  const { floor, generate } = await openTestFloor({ root, pipeline });
  const [id] = await generate(1);
  if (id === undefined) throw new Error('no job');
  await running;
  floor.queue.cancel(id);
  floor.checkClaims();
  block = false;
  const [next] = await settled(floor, await generate(1));
  expect(floor.queue.outcome(id)).toBe('cancelled');
  expect(next?.take?.number).toBe(1);
});

test('stopping hands running jobs back, and the next floor finishes them', async () => {
  const { root } = await testFilm({ shots: 3 });
  const stuck = fakePipeline({
    before: ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
  });
  const first = await openTestFloor({ root, pipeline: stuck });
  const ids = await first.generate(1);
  await expect
    .poll(() => first.floor.queue.jobs({ ids }).filter(({ status }) => status === 'running').length)
    .toBe(2);
  await first.stop();
  const second = await openTestFloor({ root, pipeline: fakePipeline(), home: first.home });
  second.floor.wake();
  const jobs = await settled(second.floor, ids);
  expect(jobs.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
});

test('without LFS in the repository a take stays recorded, commit pending, and is committed later', async () => {
  const { root } = await testFilm();
  git(root, 'config', '--local', '--remove-section', 'filter.lfs');
  const first = await openTestFloor({ root, pipeline: fakePipeline() });
  const [job] = await settled(first.floor, await first.generate(1));
  expect(job?.status).toBe('completed');
  expect(job?.take?.commit).toMatchObject({
    state: 'pending',
    reason: expect.stringContaining('Git LFS') as string,
  });
  expect(git(root, 'ls-files', shotFolder)).toBe('');
  await first.stop();
  git(root, 'lfs', 'install', '--local');
  const second = await openTestFloor({ root, pipeline: fakePipeline(), home: first.home });
  second.floor.wake();
  const ids = job === undefined ? [] : [job.id];
  await expect
    .poll(() => second.floor.queue.jobs({ ids })[0]?.take?.commit.state, { timeout: 5000 })
    .toBe('committed');
  expect(git(root, 'status', '--porcelain')).toBe('');
});

test('an output that can never be recorded ends its job with the reason', async () => {
  const { root } = await testFilm();
  const blocked = join(root, '03_Renders', 'Chapter_01');
  const pipeline = fakePipeline({ before: () => writeFile(blocked, 'a file where a folder should be') });
  const { floor, generate } = await openTestFloor({ root, pipeline });
  const [job] = await settled(floor, await generate(1));
  expect(job).toMatchObject({ status: 'error' });
});

test('an output that is gone from the outbox is made again', async () => {
  const { root } = await testFilm();
  const stuck = await openTestFloor({ root, pipeline: fakePipeline() });
  const [job] = await jobRequests({ root, addresses: [] }, () => ({ pipeline: fakePipeline().ref }));
  if (job === undefined) throw new Error('no job');
  await stuck.stop();
  const database = openDatabase(join(stuck.home, 'auteur.db'));
  const queue = new LocalQueue(database);
  queue.submit([job]);
  const claim = queue.claim('all');
  if (claim !== undefined) queue.delivered(claim);
  queue.close();
  const { floor } = await openTestFloor({ root, pipeline: fakePipeline(), home: stuck.home });
  floor.wake();
  const [ended] = await settled(floor, [job.id]);
  expect(ended).toMatchObject({ status: 'completed', take: { number: 1 } });
});

test('a project that was deleted does not come back, and its jobs end with the reason', async () => {
  const { root } = await testFilm();
  const first = await openTestFloor({ root, pipeline: fakePipeline(), roots: () => [] });
  const ids = await first.generate(2);
  await rm(root, { recursive: true });
  const { floor: worker } = await openTestFloor({
    root,
    pipeline: fakePipeline(),
    home: first.home,
    roots: () => 'all',
  });
  worker.wake();
  const jobs = await settled(worker, ids);
  expect(jobs.map(({ error }) => error?.code)).toEqual(['project-moved', 'project-moved']);
  expect(existsSync(root)).toBe(false);
});

test('a take whose commit was pending when the queue was lost is committed all the same', async () => {
  const { root } = await testFilm();
  git(root, 'config', '--local', '--remove-section', 'filter.lfs');
  const first = await openTestFloor({ root, pipeline: fakePipeline() });
  await settled(first.floor, await first.generate(1));
  await first.stop();
  git(root, 'lfs', 'install', '--local');
  await openTestFloor({ root, pipeline: fakePipeline() });
  await expect.poll(() => git(root, 'status', '--porcelain'), { timeout: 10_000 }).toBe('');
  expect(git(root, 'lfs', 'ls-files', '--name-only').trim()).toBe(`${shotFolder}/S01_S01_take01.png`);
});

test('a sidecar names what the picture was made from', async () => {
  const { root } = await testFilm();
  const input = { path: RelativePath.parse('01_Assets/k.png'), sha256: 'a'.repeat(64) };
  const pipeline = fakePipeline();
  const run: Pipeline['run'] = async (one) => ({ ...(await pipeline.run(one)), inputs: [input] });
  const { floor, generate } = await openTestFloor({ root, pipeline: { ...pipeline, run } });
  await settled(floor, await generate(1));
  const [found] = (await scanTakes(join(root, shotFolder))).takes;
  expect(found?.inputs).toEqual([input]);
});
