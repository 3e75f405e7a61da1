import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestHome, type TestHome } from '../lib/testHome.ts';
import { auteur, auteurJson, git, makeFilm, printed, start, type Place } from './auteur.ts';
import { GenerateReply, JobsReply } from './shapes.ts';

let home: TestHome;

beforeEach(async () => {
  home = await createTestHome();
});
afterEach(() => home.dispose());

describe('Ctrl+C', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s cancels what this call asked for', async (signal, code) => {
    const film = await makeFilm(home, 3);
    const running = start(film, ['generate', '--all', '--takes', '5']);
    await printed(running, 'running');
    running.child.kill(signal);
    const ended = await running.ended;
    expect(ended.code).toBe(code);
    expect(ended.stdout).toMatch(/takes? recorded/);
    const jobs = await jobsOf(film);
    expect(jobs.length).toBe(15);
    expect(jobs.filter(({ status }) => status !== 'completed' && status !== 'cancelled')).toEqual([]);
    await expectEveryTakeRecorded(film, jobs.filter(({ status }) => status === 'completed').length);
  });

  test('with --json the object still comes', async () => {
    const film = await makeFilm(home, 2);
    const running = start(film, ['generate', '--all', '--takes', '9', '--json']);
    await untilJobs(film, (jobs) => jobs.some(({ status }) => status === 'running'));
    running.child.kill('SIGINT');
    const { code, stdout } = await running.ended;
    expect(code).toBe(130);
    const { takes, failed } = GenerateReply.parse(JSON.parse(stdout));
    expect(takes.length + failed.length).toBe(18);
    expect(new Set(failed.map(({ error }) => error.code))).toEqual(new Set(['cancelled']));
  });
});

test('a Git hook that hangs keeps nobody: what is left stays in the queue', async () => {
  const film = await makeFilm(home, 1);
  const hook = join(film.cwd, '.git', 'hooks', 'pre-commit');
  await writeFile(hook, '#!/bin/sh\necho $$ > .git/hanging\nexec sleep 60\n', { mode: 0o755 });
  const running = start(film, ['generate', '--all', '--takes', '40', '--json']);
  const pid = await written(join(film.cwd, '.git', 'hanging'));
  await sleep(1500);
  const asked = performance.now();
  running.child.kill('SIGINT');
  const { code, stdout, stderr } = await running.ended;
  process.kill(pid);
  expect(performance.now() - asked).toBeLessThan(12_000);
  expect(code).toBe(130);
  expect(stderr).toContain('Cancelling');
  const { takes, failed } = GenerateReply.parse(JSON.parse(stdout));
  expect(takes.length + failed.length).toBe(40);
  expect(failed.map(({ error }) => error.code)).toContain('interrupted');
  await rm(hook);
  expect((await auteur(film, 'worker', '--once')).code).toBe(0);
  const made = (await jobsOf(film)).filter(({ status }) => status !== 'cancelled');
  expect(made.filter(({ status }) => status !== 'completed')).toEqual([]);
  await expectEveryTakeRecorded(film, made.length);
});

async function written(file: string): Promise<number> {
  for (let tries = 0; tries < 400; tries++) {
    if (existsSync(file)) return Number(await readFile(file, 'utf8'));
    await sleep(50);
  }
  throw new Error(`${file} was never written.`);
}

describe('several processes', () => {
  test('two calls on one shot give distinct takes', async () => {
    const film = await makeFilm(home, 1);
    const calls = [1, 2].map(() => auteurJson(film, 'generate', '01/01/01', '--takes', '3'));
    const replies = (await Promise.all(calls)).map((reply) => GenerateReply.parse(reply));
    expect(replies.flatMap(({ failed }) => failed)).toEqual([]);
    const numbers = replies.flatMap(({ takes }) => takes.map(({ take }) => take));
    expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
    await expectEveryTakeRecorded(film, 6);
  });

  test('a worker takes up the jobs of a killed process; each ends in exactly one take', async () => {
    const film = await makeFilm(home, 2);
    const running = start(film, ['generate', '--all', '--takes', '3']);
    await printed(running, 'take 1');
    running.child.kill('SIGKILL');
    await running.ended;
    const worker = await auteur(film, 'worker', '--once');
    expect(worker.code).toBe(0);
    const jobs = await jobsOf(film);
    expect(jobs.map(({ status }) => status)).toEqual(Array<string>(6).fill('completed'));
    await expectEveryTakeRecorded(film, 6);
  });

  test('--detach accepts the jobs and a worker in the background makes the takes', async () => {
    const film = await makeFilm(home, 2);
    const accepted = JobsReply.parse(await auteurJson(film, 'generate', '--all', '--detach'));
    expect(accepted.jobs.length).toBe(2);
    await untilJobs(film, (jobs) => jobs.every(({ status }) => status === 'completed'));
    await untilNoWorker(home);
    await expectEveryTakeRecorded(film, 2);
  });

  test('cancel reaches a job that another process runs', async () => {
    const film = await makeFilm(home, 1);
    const running = start(film, ['generate', '01/01/01', '--takes', '20', '--json']);
    await untilJobs(film, (jobs) => jobs.some(({ status }) => status === 'running'));
    const cancelled = JobsReply.parse(await auteurJson(film, 'cancel', '--all'));
    expect(cancelled.jobs.length).toBeGreaterThan(0);
    const { code, stdout } = await running.ended;
    expect(code).toBe(1);
    const { takes, failed } = GenerateReply.parse(JSON.parse(stdout));
    expect(takes.length + failed.length).toBe(20);
    expect(failed.length).toBeGreaterThan(0);
  });
});

async function jobsOf(film: Place) {
  return JobsReply.parse(await auteurJson(film, 'jobs')).jobs;
}

type Jobs = Awaited<ReturnType<typeof jobsOf>>;

async function untilJobs(film: Place, reached: (jobs: Jobs) => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (reached(await jobsOf(film))) return;
    await sleep(50);
  }
  throw new Error(`Never reached: ${JSON.stringify(await jobsOf(film))}`);
}

async function untilNoWorker({ env }: TestHome): Promise<void> {
  const folder = join(env['AUTEUR_HOME'] ?? '', 'workers');
  for (let tries = 0; tries < 200; tries++) {
    if ((await readdir(folder)).length === 0) return;
    await sleep(50);
  }
  throw new Error('The worker never ended.');
}

/** Every number once, every sidecar by another job, everything in Git LFS and nothing left over. */
async function expectEveryTakeRecorded(film: Place, count: number): Promise<void> {
  const files = await readdir(join(film.cwd, '03_Renders'), { recursive: true });
  const sidecars = files.filter((file) => file.endsWith('.json'));
  const ids = await Promise.all(
    sidecars.map(async (file): Promise<unknown> => {
      const take: unknown = JSON.parse(await readFile(join(film.cwd, '03_Renders', file), 'utf8'));
      return typeof take === 'object' && take !== null && 'id' in take ? take.id : undefined;
    }),
  );
  expect(new Set(ids).size).toBe(count);
  expect(sidecars.length).toBe(count);
  const listed = (await git(film, 'lfs', 'ls-files', '--name-only'))
    .split('\n')
    .filter((line) => line !== '');
  expect(listed.length).toBe(count);
  await git(film, 'lfs', 'fsck');
  expect(await git(film, 'status', '--porcelain')).toBe('');
}
