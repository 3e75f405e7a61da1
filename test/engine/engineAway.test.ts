import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { AuteurError } from '../../src/core/errors.ts';
import { ContainerDefinition } from '../../src/core/model/pipelineDefinition.ts';
import { LeftBehind, RunEnd, type PipelineRun } from '../../src/core/ports/pipeline.ts';
import { readFolder } from '../../src/core/storage/locate.ts';
import { ContainerEngine } from '../../src/runner/containers/containerEngine.ts';
import type { EngineAddress } from '../../src/runner/containers/engineAddress.ts';
import { EngineLink } from '../../src/runner/containers/engineLink.ts';
import { AllowedPipelines } from '../../src/runner/pipelines/allowedPipelines.ts';
import { ContainerMarks } from '../../src/runner/pipelines/container/containerMarks.ts';
import { runInContainer } from '../../src/runner/pipelines/container/containerPipeline.ts';
import { sweepLeftovers } from '../../src/runner/pipelines/container/leftovers.ts';
import { ImageWord } from '../../src/runner/pipelines/userWord.ts';
import { aJob } from '../builders/aJob.ts';
import { goIn, waitsForGo } from '../lib/goFile.ts';
import { makesPicture } from '../lib/makesPicture.ts';
import { tempFolder } from '../lib/tempFolder.ts';
import { TestEngine, testImage } from '../lib/testEngine.ts';
import { containerFilm, expectClean, started } from './containerFilm.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await TestEngine.start();
});
afterEach(() => {
  engine.thaw();
});
afterAll(async () => {
  await engine.dispose();
});

describe('a job whose engine', () => {
  it('is killed waits, and makes one take when the engine is back', async () => {
    const film = await containerFilm(engine);
    film.pipeline('killed', `echo begun; ${waitsForGo}; ${makesPicture}`);
    const { studio, id, ended } = await started(engine, film, 'killed');
    await engine.kill();
    const waiting = async () => (await studio.jobs({ ids: [id] }))[0];
    await expect.poll(async () => (await waiting())?.waiting, { timeout: 20_000 }).toContain('engine');
    await engine.start();
    film.go();
    const job = await ended();
    expect(job?.error).toBeUndefined();
    expect(job?.status).toBe('completed');
    await expectClean(engine, film, 1);
  });

  it('hangs when its window closes is let go at once, and followed on by the next window', async () => {
    const film = await containerFilm(engine);
    film.pipeline('hangs', `echo begun; ${waitsForGo}; ${makesPicture}`);
    const first = await started(engine, film, 'hangs');
    engine.freeze();
    await first.studio.close();
    engine.thaw();
    film.go();
    const second = film.studio();
    await second.openProject(film.root);
    expect((await second.settled([first.id]))[0]?.status).toBe('completed');
    expect(film.log(first.id).match(/begun/g)).toHaveLength(1);
    await expectClean(engine, film, 1);
  });
});

/** One run of a job after another, with a short patience. */
function impatient(script: string, root = tempFolder(), address?: EngineAddress) {
  const home = tempFolder();
  const patience = { lookMs: 200, pingMs: 800, answerMs: 20_000, workMs: 20_000 };
  const link = new EngineLink(() => Promise.resolve(address ?? { socketPath: engine.socket }), patience);
  const marks = new ContainerMarks(home);
  const needs = {
    ...{ engine: new ContainerEngine(link), home, shipped: home, marks, log: () => undefined },
    word: new ImageWord(new AllowedPipelines(home)),
    card: () => Promise.resolve(undefined),
  };
  const definition = ContainerDefinition.parse({
    ...{ kind: 'container', image: testImage, vramGb: 0, memoryGb: 1 },
    command: ['/bin/sh', '-c', script],
  });
  const job = aJob({ projectRoot: root });
  /** Ends with the reason, whether or not what was started goes on. */
  const run = async (attempt: number, more: Partial<PipelineRun> = {}) => {
    try {
      return await runInContainer(needs, definition, {
        ...{ job, attempt, takeNumber: 1, outputDir: tempFolder() },
        ...{ signal: new AbortController().signal, onProgress: () => undefined, ...more },
      });
    } catch (error) {
      throw error instanceof LeftBehind ? error.cause : error;
    }
  };
  const left = async () => [
    ...(await readFolder(join(root, '.auteur/work'))),
    ...(await readFolder(join(home, 'containers'))),
    await engine.docker('ps', '-aq', '--filter', `label=auteur.job=${job.id}`),
  ];
  return { run, needs, job, left, go: goIn(root) };
}

async function isRunning(): Promise<void> {
  await expect.poll(() => engine.docker('ps', '-q'), { timeout: 20_000 }).not.toBe('');
}

describe('an engine that hangs', () => {
  it('is given up by a run that waits for its container, which the next one rejoins', async () => {
    const { run, left, go } = impatient(`${waitsForGo}; ${makesPicture}`);
    const first = run(1).catch((error: unknown) => error);
    await isRunning();
    engine.freeze();
    const error = await first;
    expect(AuteurError.is(error, 'engine-hung') && error.message).toContain(engine.socket);
    engine.thaw();
    go();
    const output = await run(2);
    expect(output.files).toHaveLength(1);
    await output.onKept?.();
    expect(await left()).toEqual(['']);
  });

  it('keeps no cancelled run, and what is left of it goes when it goes on', async () => {
    const { run, needs, left } = impatient('sleep 60 & wait');
    const cancelling = new AbortController();
    const first = run(1, { signal: cancelling.signal }).catch((error: unknown) => error);
    await isRunning();
    engine.freeze();
    cancelling.abort(new RunEnd('cancelled'));
    expect(AuteurError.is(await first, 'engine-hung')).toBe(true);
    expect(await sweepLeftovers(needs, () => 'cancelled')).toBe(false);
    engine.thaw();
    // Two windows look for leftovers at once.
    const both = [sweepLeftovers(needs, () => 'cancelled'), sweepLeftovers(needs, () => 'cancelled')];
    expect(await Promise.all(both)).toEqual([true, true]);
    await expect.poll(left).toEqual(['']);
  });
});

describe('a container of a job', () => {
  it('that was made and never started is made anew', async () => {
    const { run, job, left } = impatient(makesPicture);
    await engine.docker(
      'create',
      '--name',
      `auteur-${job.id}`,
      '--label',
      `auteur.job=${job.id}`,
      testImage,
      'true',
    );
    const output = await run(2);
    await output.onKept?.();
    expect(await left()).toEqual(['']);
  });

  it('is found by its label, whatever it is called, and followed from its first line', async () => {
    const { run, job, needs, left, go } = impatient(`echo begun; ${waitsForGo}; ${makesPicture}`);
    const leaving = new AbortController();
    const first = run(1, { signal: leaving.signal }).catch((error: unknown) => error);
    await isRunning();
    leaving.abort(new RunEnd('handed-back'));
    expect(await first).toBe(leaving.signal.reason);
    await engine.docker('rename', `auteur-${job.id}`, 'something-else');
    go();
    const output = await run(2);
    expect(readFileSync(join(needs.home, 'logs', `${job.id}.log`), 'utf8')).toBe('begun\n');
    await output.onKept?.();
    expect(await left()).toEqual(['']);
  });

  it('that a later attempt has made is left alone', async () => {
    const { run, job } = impatient(makesPicture);
    const labels = ['--label', `auteur.job=${job.id}`, '--label', 'auteur.attempt=3'];
    await engine.docker('create', '--name', `auteur-${job.id}`, ...labels, testImage, 'true');
    await expect(run(2)).rejects.toMatchObject({ why: 'handed-back' });
    expect(await engine.docker('ps', '-aq', '--filter', `name=auteur-${job.id}`)).not.toBe('');
    await engine.docker('rm', `auteur-${job.id}`);
  });
});

/** The way over the network to an engine. */
async function overNetwork(socket: string): Promise<EngineAddress> {
  const server = net.createServer((near) => {
    const far = net.connect(socket);
    pipeline(near, far, near, () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { protocol: 'http', host: '127.0.0.1', port: (server.address() as net.AddressInfo).port };
}

describe('an engine over the network', () => {
  it('makes takes where it sees the files of this machine', async () => {
    const { run } = impatient(makesPicture, tempFolder(), await overNetwork(engine.socket));
    const output = await run(1);
    expect(output.files).toHaveLength(1);
    await output.onKept?.();
  });

  it('is refused where it does not', async () => {
    const hidden = tempFolder();
    const elsewhere = await TestEngine.start(hidden);
    onTestFinished(() => elsewhere.dispose());
    const root = join(hidden, 'film');
    mkdirSync(root);
    const { run, left } = impatient(makesPicture, root, await overNetwork(elsewhere.socket));
    await expect(run(1)).rejects.toMatchObject({ code: 'engine-elsewhere' });
    expect(await left()).toEqual(['']);
    expect(await elsewhere.docker('ps', '-aq')).toBe('');
  });
});
