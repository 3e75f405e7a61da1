import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { containerSteps, type Step } from '../../src/core/storage/steps.ts';
import { validateProject } from '../../src/core/storage/validate.ts';
import { faultVariable, type Fault } from '../faults/fault.ts';
import { waitsForGo } from '../lib/goFile.ts';
import { repositoryRoot } from '../lib/paths.ts';
import { makesPicture } from '../lib/makesPicture.ts';
import { TestEngine } from '../lib/testEngine.ts';
import { ContainerEngine } from '../../src/runner/containers/containerEngine.ts';
import { EngineLink } from '../../src/runner/containers/engineLink.ts';
import { ContainerMarks } from '../../src/runner/pipelines/container/containerMarks.ts';
import { UnfollowedContainers } from '../../src/runner/pipelines/container/unfollowedContainers.ts';
import { aCardJob } from '../builders/aCardJob.ts';
import { openQueue } from '../lib/openQueue.ts';
import { containerFilm, type ContainerFilm } from './containerFilm.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await TestEngine.start();
});
afterAll(async () => {
  await engine.dispose();
});

const cli = join(repositoryRoot, 'dist/cli.cjs');
const preload = pathToFileURL(join(repositoryRoot, 'test/faults/preload.ts')).href;

function start(film: ContainerFilm, args: readonly string[], fault?: Fault) {
  const suffers = { NODE_OPTIONS: `--import=${preload}`, [faultVariable]: JSON.stringify(fault) };
  const env = { ...film.env, ...(fault === undefined ? {} : suffers) };
  return spawn(process.execPath, [cli, '-C', film.root, ...args], { env, stdio: 'ignore' });
}

async function run(film: ContainerFilm, args: readonly string[], fault?: Fault) {
  const child = start(film, args, fault);
  await once(child, 'close');
  return child;
}

/** What was accepted became one take, made by one container, and nothing is left of it. */
async function expectOneTake(film: ContainerFilm): Promise<void> {
  const takes = await film.takes();
  expect(takes.map(({ number }) => number)).toEqual([1]);
  expect(film.log(takes[0]?.id as never).match(/begun/g)).toHaveLength(1);
  expect(await engine.docker('ps', '-aq')).toBe('');
  expect((await validateProject(film.root, { git: true })).map(({ message }) => message)).toEqual([]);
}

const card = { id: 'card', name: 'Card', vramMb: 24 * 1024 };

/** A job whose container runs on the only card, and whose runner is gone; another job waits for the card. */
async function leftRunning(timeLimitMinutes: number) {
  const film = await containerFilm(engine);
  film.settings({ devices: [{ id: card.id, name: card.name, vramGb: 24, access: 'none' }] });
  film.pipeline('goes-on', 'sleep 60 & wait', { vramGb: 8, timeLimitMinutes });
  const runner = start(film, [...generate, '--takes', '2']);
  await expect.poll(() => engine.docker('ps', '-q'), { timeout: 20_000 }).not.toBe('');
  const ended = once(runner, 'close');
  runner.kill('SIGKILL');
  await ended;
  const { queue } = openQueue(join(film.home, 'auteur.db'));
  const [orphan] = queue.orphans('all');
  if (orphan === undefined) throw new Error('nothing was left');
  queue.requeue(orphan);
  const containers = new ContainerEngine(
    new EngineLink(() => Promise.resolve({ socketPath: engine.socket })),
  );
  const unfollowed = new UnfollowedContainers(containers, new ContainerMarks(film.home));
  const look = () => unfollowed.lookAfter(queue);
  // In a window that has only other films open.
  const next = () => queue.claim(['/other'], { cpu: 0, cards: [card] });
  queue.submit([aCardJob(8, { projectRoot: '/other' })]);
  return { queue, look, next, id: orphan.id };
}

const generate = ['generate', '01/01/01', '--pipeline', 'goes-on'];
const script = `echo begun; sleep 0.5; ${makesPicture}`;
const steps: readonly Step[] = [
  ...containerSteps,
  'output.made',
  'output.synced',
  'result.written',
  'result.named',
  'job.delivered',
];

describe('a runner of containers', () => {
  it.each(steps)('killed at %s leaves one take to the next one', async (step) => {
    const film = await containerFilm(engine);
    film.pipeline('goes-on', script);
    const killed = await run(film, generate, { kind: 'step', step, nth: 1 });
    expect(killed.signalCode).toBe('SIGKILL');
    expect((await run(film, ['worker', '--once'])).exitCode).toBe(0);
    await expectOneTake(film);
  });

  it('killed while its container runs is followed by one that rejoins it', async () => {
    const film = await containerFilm(engine);
    film.pipeline('goes-on', `echo begun; ${waitsForGo}; ${makesPicture}`);
    const child = start(film, generate);
    await expect.poll(() => engine.docker('ps', '-q'), { timeout: 20_000 }).not.toBe('');
    const container = await engine.docker('ps', '-q');
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    await ended;
    const next = run(film, ['worker', '--once']);
    expect(await engine.docker('ps', '-q')).toBe(container);
    film.go();
    await next;
    await expectOneTake(film);
  });

  it('beside another one makes each take once', async () => {
    const film = await containerFilm(engine);
    film.pipeline('goes-on', script);
    const many = [...generate, '--takes', '3'];
    await Promise.all([run(film, many), run(film, many)]);
    const takes = await film.takes();
    expect(takes.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Set(takes.map(({ id }) => id)).size).toBe(6);
    expect(await engine.docker('ps', '-aq')).toBe('');
  });
});

describe('a container that nobody follows', () => {
  it('keeps its card until its own time is up, and not longer', async () => {
    const { queue, look, next, id } = await leftRunning(0.1);
    await look();
    expect(next()).toBeUndefined();
    const ending = async () => {
      await look();
      return queue.jobs({ ids: [id] })[0]?.error?.code;
    };
    await expect.poll(ending, { timeout: 20_000 }).toBe('container-time-limit');
    expect(await engine.docker('ps', '-aq')).toBe('');
    expect(next()?.device).toBe(card.id);
  });

  it('keeps it while its engine is away, which its job says, and gives it back when that has come and gone', async () => {
    const { queue, look, next, id } = await leftRunning(60);
    await engine.stop();
    await look();
    expect(queue.jobs({ ids: [id] })[0]?.waiting).toContain('engine');
    expect(next()).toBeUndefined();
    await engine.start();
    await look();
    await expect.poll(() => next()?.device, { timeout: 20_000 }).toBe(card.id);
  });
});
