import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import http, { type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { aJob } from '../../../../test/builders/aJob.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { AuteurError } from '../../../core/errors.ts';
import { ContainerDefinition } from '../../../core/model/pipelineDefinition.ts';
import { LeftBehind, RunEnd, type PipelineRun } from '../../../core/ports/pipeline.ts';
import { readFolder } from '../../../core/storage/locate.ts';
import { ContainerEngine } from '../../containers/containerEngine.ts';
import { EngineLink } from '../../containers/engineLink.ts';
import { Devices } from '../../devices/devices.ts';
import { RunnerConfig } from '../../runnerConfig.ts';
import { AllowedPipelines } from '../allowedPipelines.ts';
import { ImageWord } from '../userWord.ts';
import { ContainerMarks } from './containerMarks.ts';
import { ContainerPipelines } from './containerPipelines.ts';
import { homeLabel } from './containerSpec.ts';
import { jobFolderOf } from './jobFolder.ts';

/** An engine that holds one container, and keeps what it was asked to do. */
class SmallEngine {
  readonly done: string[] = [];
  labels: Record<string, string> | undefined;
  canRemove = true;
  /** Whether its address is one. */
  isKnown = true;
  logIsRead = false;

  async open(): Promise<ContainerEngine> {
    const socketPath = join(tempFolder(), 'engine.sock');
    const server = http.createServer(({ method = '', url = '' }, response) => {
      response.setHeader('content-type', 'application/json');
      if (method === 'GET') this.#tell(url, response);
      else this.#do(`${method} ${url}`, response);
    });
    server.listen(socketPath);
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const unknown = new AuteurError('engine-address-invalid', { address: 'nowhere' });
    const address = () => (this.isKnown ? Promise.resolve({ socketPath }) : Promise.reject(unknown));
    return new ContainerEngine(new EngineLink(address));
  }

  /** Of a log, nothing is told. */
  #tell(url: string, response: ServerResponse): void {
    const all = this.labels === undefined ? [] : [{ Id: 'c', Labels: this.labels }];
    const State = { Status: 'running', Running: true, StartedAt: new Date(), FinishedAt: new Date(0) };
    if (url.startsWith('/containers/json')) response.end(JSON.stringify(all));
    else if (url.endsWith('/json'))
      response.end(JSON.stringify({ Id: 'c', Image: 'i', Size: 1, State, Config: { Labels: this.labels } }));
    else if (url.includes('/logs')) this.logIsRead = true;
    else response.end('{}');
  }

  #do(asked: string, response: ServerResponse): void {
    this.done.push(asked.replace(/\?(?!t=).*/, ''));
    const isRemoved = asked.startsWith('DELETE');
    if (isRemoved && this.canRemove) this.labels = undefined;
    response.writeHead(isRemoved && !this.canRemove ? 500 : 204).end('');
  }
}

/** A machine with one job, which has been taken up once, and its container. */
async function machine() {
  const [home, root] = [tempFolder(), tempFolder()];
  const small = new SmallEngine();
  const engine = await small.open();
  const marks = new ContainerMarks(home);
  const devices = new Devices(new RunnerConfig(home), {
    detect: () => Promise.resolve([]),
    measureFree: () => Promise.resolve(new Map<string, number>()),
  });
  const needs = {
    ...{ engine, home, shipped: home, marks },
    word: new ImageWord(new AllowedPipelines(home)),
  };
  const pipelines = new ContainerPipelines(
    { ...needs, card: () => Promise.resolve(undefined), log: () => undefined },
    devices,
  );
  const job = aJob({ projectRoot: root });
  const begun = async (): Promise<void> => {
    await marks.add(job, 1, engine);
    await jobFolderOf(job, 1);
    small.labels = { 'auteur.job': job.id, 'auteur.attempt': '1', 'auteur.home': await homeLabel(home) };
  };
  await begun();
  const definition = ContainerDefinition.parse({ kind: 'container', image: 'a:1' });
  const leaving = new AbortController();
  const run = (more: Partial<PipelineRun> = {}): Promise<unknown> =>
    pipelines.pipeline(job.pipeline, definition).run({
      ...{ job, attempt: 2, takeNumber: 1, outputDir: tempFolder(), signal: leaving.signal },
      ...{ onProgress: () => undefined, ...more },
    });
  const sweep = (): Promise<void> => pipelines.sweep(() => 'cancelled', new AbortController().signal);
  const left = async () => [
    ...(await readFolder(join(home, 'containers'))),
    ...(await readFolder(join(root, '.auteur/work'))),
  ];
  const unmark = (): Promise<void> => marks.clear({ id: job.id, attempt: 1 });
  return { small, begun, run, sweep, left, leaving, unmark, logs: join(home, 'logs') };
}

const stopped = 'POST /containers/c/stop?t=10';
const removed = 'DELETE /containers/c';

describe('a look for leftovers', () => {
  it('gives a container the time to end that whoever runs its job may be giving it', async () => {
    const { small, sweep, left } = await machine();
    await sweep();
    expect(small.done).toEqual([stopped, removed]);
    expect(await left()).toEqual([]);
  });

  it('keeps the mark of a container that could not be removed, and tries again', async () => {
    const { small, begun, sweep, left } = await machine();
    await sweep();
    await begun();
    small.canRemove = false;
    await expect(sweep()).rejects.toMatchObject({ code: 'engine-refused' });
    expect(await left()).toHaveLength(2);
    small.canRemove = true;
    await sweep();
    expect(small.labels).toBeUndefined();
    expect(await left()).toEqual([]);
  });

  it('leaves alone what is run here, which ends it', async () => {
    const { small, run, sweep, left, leaving } = await machine();
    const running = run().catch((error: unknown) => error);
    await expect.poll(() => small.logIsRead).toBe(true);
    await sweep();
    expect(small.done).toEqual([]);
    expect(await left()).toHaveLength(2);
    leaving.abort(new RunEnd('handed-back'));
    expect(await running).toBeInstanceOf(LeftBehind);
  });
});

describe('a job that fails before its container is known', () => {
  it('leaves the container of an attempt before where nobody can ask for it, and says so', async () => {
    const { small, run, left } = await machine();
    small.isKnown = false;
    await expect(run()).rejects.toBeInstanceOf(LeftBehind);
    expect(await left()).toHaveLength(2);
  });

  it('ends that container where it can', async () => {
    const { small, run, left, logs } = await machine();
    // In the place of the folder of logs.
    writeFileSync(logs, '');
    await expect(run()).rejects.toMatchObject({ code: 'EEXIST' });
    expect(small.done).toEqual([stopped, removed]);
    expect(await left()).toEqual([]);
  });

  it('has left nothing where nothing was started', async () => {
    const { small, run, unmark } = await machine();
    await unmark();
    small.isKnown = false;
    await expect(run()).rejects.toMatchObject({ code: 'engine-address-invalid' });
  });
});

test('a job whose card is gone is told so, and runs on none', async () => {
  const { small, run, left } = await machine();
  small.labels = undefined;
  await expect(run({ device: 'GPU-1' })).rejects.toMatchObject({ code: 'gpu-missing' });
  expect(small.done).toEqual([]);
  expect(await left()).toEqual([]);
});
