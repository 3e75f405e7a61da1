import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http, { type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { ContainerDefinition } from '../../../core/model/pipelineDefinition.ts';
import { ContainerEngine } from '../../containers/containerEngine.ts';
import { EngineLink } from '../../containers/engineLink.ts';
import { followContainer } from './containerRun.ts';
import { JobLog } from './jobLog.ts';
import { printed } from './printed.ts';

const result = '{"type":"result","outputs":[{"path":"a.png","mediaType":"image/png"}]}';

function frames(text: string): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt8(1, 0);
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

/** One container of an engine whose every answer the test decides. */
class ScriptedEngine {
  readonly state = {
    ...{ Status: 'running', Running: true, ExitCode: 0, OOMKilled: false, Error: '' },
    ...{ StartedAt: new Date().toISOString(), FinishedAt: '0001-01-01T00:00:00Z' },
  };
  /** How each reading of the log goes, one after another. */
  readonly readings: ((response: ServerResponse) => void)[] = [];
  onStop = (response: ServerResponse): void => void response.writeHead(204).end();
  onEvents: (response: ServerResponse, query: URLSearchParams) => void = (response) => response.end();
  readonly #waiting: ServerResponse[] = [];

  end(how: Partial<ScriptedEngine['state']> = {}): void {
    Object.assign(this.state, { Status: 'exited', Running: false, ...how });
    for (const response of this.#waiting.splice(0)) response.end('{"StatusCode":0}');
  }

  async open(): Promise<ContainerEngine> {
    const socketPath = join(tempFolder(), 'engine.sock');
    const server = http.createServer(({ url = '' }, response) => {
      this.#answer(new URL(url, 'http://engine'), response);
    });
    server.listen(socketPath);
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return new ContainerEngine(new EngineLink(() => Promise.resolve({ socketPath })));
  }

  #answer({ pathname, searchParams }: URL, response: ServerResponse): void {
    if (pathname === '/_ping') response.end('OK');
    else if (pathname.endsWith('/json')) this.#inspect(response);
    else if (pathname.endsWith('/logs')) this.readings.shift()?.(response);
    else if (pathname.endsWith('/stop')) this.onStop(response);
    else if (pathname === '/events') this.onEvents(response, searchParams);
    else if (this.state.Running) this.#waiting.push(response);
    else response.end('{"StatusCode":0}');
  }

  #inspect(response: ServerResponse): void {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ Id: 'c', Image: 'i', State: this.state, Config: { Labels: {} } }));
  }
}

async function follow(scripted: ScriptedEngine, more: Record<string, unknown> = {}) {
  const file = join(tempFolder(), 'job.log');
  const log = await JobLog.open(file, () => undefined);
  const definition = ContainerDefinition.parse({ kind: 'container', image: 'a:1', ...more });
  const running = { engine: await scripted.open(), container: 'c', definition, log, warn: () => undefined };
  const run = { signal: new AbortController().signal, onProgress: () => undefined };
  const outputs = await followContainer(running, run).finally(() => log.close());
  return { outputs, logged: readFileSync(file, 'utf8') };
}

describe('the log of a container', () => {
  it('that ends before the container is read on where it ended', async () => {
    const scripted = new ScriptedEngine();
    scripted.readings.push(
      (response) => response.end(frames('one\ntw')),
      (response) => {
        response.end(frames(`one\ntwo\n${result}\n`));
        scripted.end();
      },
    );
    const { outputs, logged } = await follow(scripted);
    expect(outputs).toEqual([{ path: 'a.png', mediaType: 'image/png' }]);
    expect(logged).toBe('one\ntwo\n');
  });

  it('that says nothing more, and does not end, is left when the container has ended', async () => {
    const scripted = new ScriptedEngine();
    scripted.readings.push(
      (response) => {
        response.write(frames('one\n'));
        scripted.end();
      },
      (response) => response.end(frames('one\ntwo\n')),
    );
    const engine = await scripted.open();
    const printing = { engine, container: 'c', running: true, silenceMs: 20, hasAll: () => false };
    const parts: Buffer[] = [];
    for await (const part of printed(printing)) parts.push(part);
    expect(Buffer.concat(parts).toString()).toBe('one\ntwo\n');
  });
});

describe('a container', () => {
  it('that cannot be stopped after its time is not waited for', async () => {
    const scripted = new ScriptedEngine();
    scripted.readings.push((response) => response.write(frames('one\n')));
    scripted.onStop = (response) => response.writeHead(500).end('{"message":"It does not want to."}');
    const following = follow(scripted, { timeLimitMinutes: 0.001 });
    await expect(following).rejects.toMatchObject({ code: 'container-time-limit' });
  });

  it('is asked after its memory by the clock of its engine', async () => {
    const scripted = new ScriptedEngine();
    const asked: Record<string, string | null> = {};
    scripted.onEvents = (response, query) => {
      for (const name of ['since', 'until']) asked[name] = query.get(name);
      response.end('{"status":"oom"}\n');
    };
    scripted.readings.push((response) => response.end(frames('one\n')));
    scripted.readings.push((response) => response.end(frames('one\n')));
    scripted.end({
      ...{ ExitCode: 9, StartedAt: '2001-01-01T00:00:00.5Z', FinishedAt: '2001-01-01T00:00:01.25Z' },
    });
    await expect(follow(scripted)).rejects.toMatchObject({ code: 'container-out-of-memory' });
    expect(asked).toEqual({ since: '978307200.5', until: '978307201.5' });
  });
});
