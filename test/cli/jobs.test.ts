import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestHome, type TestHome } from '../lib/testHome.ts';
import { auteur, auteurJson, makeFilm, printed, start, type Place } from './auteur.ts';
import { JobsReply } from './shapes.ts';

let home: TestHome;
let film: Place;

beforeAll(async () => {
  home = await createTestHome();
  film = await makeFilm(home, 1);
});
afterAll(() => home.dispose());

test('the queue is paused and goes on, and nothing is left to try again', async () => {
  expect((await auteur(film, 'queue', 'pause')).stdout).toBe('Paused; no job waits or runs.\n');
  expect((await auteur(film, 'queue', 'resume')).stdout).toBe('No job waits or runs.\n');
  expect((await auteur(film, 'retry', '--all')).stdout).toBe(
    'Nothing has failed that was not tried again.\n',
  );
});

test('jobs log prints what a job has printed, or why there is nothing', async () => {
  await auteur(film, 'generate', '--all');
  const [job] = JobsReply.parse(await auteurJson(film, 'jobs')).jobs;
  if (job === undefined) throw new Error('no job');
  const none = await auteur(film, 'jobs', 'log', job.id.slice(0, 8));
  expect(none.code).toBe(0);
  const [ended = ''] = none.stdout.split('\n');
  expect(ended).toMatch(/^01\/01\/01 {2}take 1: /);
  expect(none.stdout).toContain('has no log: the storyboard');
  const file = join(home.state, 'logs', `${job.id}.log`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, 'loading\n  \u001b[31mstep 1\u001b[0m\n');
  const text = 'loading\n  step 1\n';
  expect((await auteur(film, 'jobs', 'log', job.id)).stdout).toBe(text);
  expect(await auteurJson(film, 'jobs', 'log', job.id)).toMatchObject({ job: { id: job.id }, file, text });
  const { stdout } = await auteur(film, 'jobs', 'log', job.id, '--follow');
  expect(stdout).toBe(`${text}${ended}\n`);
  const unnamed = await auteur(film, 'jobs', 'log', '');
  expect(unnamed.code).toBe(2);
  expect(unnamed.stderr).toContain('job cannot be "": it is the id of a job');
});

test.each(['--follow', '--watch'])(
  'jobs log %s prints what comes, in whole lines, until Ctrl+C',
  async (follow) => {
    await auteur(film, 'queue', 'pause');
    const [job] = JobsReply.parse(await auteurJson(film, 'generate', '01/01/01', '--detach')).jobs;
    if (job === undefined) throw new Error('no job');
    const file = join(home.state, 'logs', `${job.id}.log`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, 'loading\nstep');
    const running = start(film, ['jobs', 'log', job.id, follow]);
    await printed(running, 'loading\n');
    await appendFile(file, ' 1\nste');
    await printed(running, 'step 1\n');
    running.child.kill('SIGINT');
    expect(await running.ended).toMatchObject({ code: 130, stdout: 'loading\nstep 1\n' });
    await auteur(film, 'cancel', '--all');
    await auteur(film, 'queue', 'resume');
  },
);
