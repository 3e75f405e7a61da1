import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http, { type RequestListener } from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import type { Patience } from './bounded.ts';
import { ContainerEngine } from './containerEngine.ts';
import { engineAddress } from './engineAddress.ts';
import { EngineLink } from './engineLink.ts';

const patience: Patience = { lookMs: 50, pingMs: 150, answerMs: 300, workMs: 300 };

async function listening<S extends Server>(server: S, where: string | number): Promise<S> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) => sockets.add(socket));
  server.listen(where);
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return server;
}

async function engineAt(server: Server): Promise<ContainerEngine> {
  const socketPath = join(tempFolder(), 'engine.sock');
  await listening(server, socketPath);
  return new ContainerEngine(new EngineLink(() => Promise.resolve({ socketPath }), patience));
}

/** It says that it is there, and answers nothing else. */
const busy: RequestListener = ({ url }, response) => {
  if (url === '/_ping') response.end('OK');
};

const questions: readonly (readonly [what: string, ask: (engine: ContainerEngine) => Promise<unknown>])[] = [
  ['ping', (engine) => engine.ping()],
  ['whether it runs without root', (engine) => engine.isRootless()],
  ['an image', (engine) => engine.imageId('a:1')],
  ['a state', (engine) => engine.state('a')],
  ['a list', (engine) => engine.withLabels({ a: 'b' })],
  ['to make', (engine) => engine.create({ Image: 'a:1' })],
  ['to start', (engine) => engine.start('a')],
  ['to stop', (engine) => engine.stop('a', 1)],
  ['to remove', (engine) => engine.remove('a')],
  ['a file', (engine) => engine.readFile('a', '/a')],
  ['to wait', (engine) => engine.wait('a')],
  ['a log', (engine) => all(engine.logs('a'))],
  ['to fetch', (engine) => all(engine.pull('a:1'))],
];

async function all(stream: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const one of stream) found.push(one);
  return found;
}

describe('an engine that accepts and says nothing', () => {
  it.each(questions.slice(1))('is given up when it is asked for %s', async (_, ask) => {
    const engine = await engineAt(net.createServer());
    await expect(ask(engine)).rejects.toMatchObject({ code: 'engine-hung' });
  });

  it.each(questions.slice(1))('is left at once by who has no more use for %s', async (_, ask) => {
    const reason = new Error('The window closes.');
    const leaving = new AbortController();
    const silent = net.createServer(() => {
      leaving.abort(reason);
    });
    await expect(ask((await engineAt(silent)).heeding(leaving.signal))).rejects.toBe(reason);
  });

  it('holds nothing of us when it has been left', async () => {
    const silent = net.createServer((socket) => socket.resume());
    const engine = await engineAt(silent);
    await expect(engine.state('a')).rejects.toMatchObject({ code: 'engine-hung' });
    const connections = () =>
      new Promise((resolve) => {
        silent.getConnections((_, count) => {
          resolve(count);
        });
      });
    await expect.poll(connections).toBe(0);
  });
});

describe('an engine that is there and does not answer', () => {
  it('is given up after the limit of what it is asked', async () => {
    const engine = await engineAt(http.createServer(busy));
    await engine.ping();
    await expect(engine.state('a')).rejects.toThrow(/hangs: it had 1 seconds to look at a container/);
    await expect(engine.remove('a')).rejects.toMatchObject({ code: 'engine-hung' });
  });

  it('is waited for as long as a container runs', async () => {
    const pings = vi.fn();
    let answer = (): void => undefined;
    const slow: RequestListener = (request, response) => {
      if (request.url === '/_ping') {
        response.end('OK');
        pings();
        if (pings.mock.calls.length > 10) answer();
      } else answer = () => response.end('{"StatusCode":0}');
    };
    // Longer than anything that has a limit.
    await (await engineAt(http.createServer(slow))).wait('a');
    expect(pings.mock.calls.length).toBeGreaterThan(10);
  });
});

describe('an engine with certificates', () => {
  it('is spoken to with ours, and told apart from one that is not trusted', async () => {
    const folder = tempFolder();
    certificate(folder);
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    const tls = { key: read('key.pem'), cert: read('cert.pem'), ca: read('ca.pem') };
    const server = https.createServer({ ...tls, requestCert: true }, ({ url = '' }, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(url.includes('/containers/json') ? '[{"Id":"a","Labels":{}}]' : '{}');
    });
    await listening(server, 0);
    const { port } = server.address() as AddressInfo;
    const env = { DOCKER_HOST: `tcp://localhost:${port}`, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder };
    const trusted = new ContainerEngine(new EngineLink(async () => engineAddress(env)));
    await trusted.ping();
    expect(await trusted.withLabels({})).toEqual([{ id: 'a', labels: {} }]);
    const stranger = { ...env, DOCKER_CERT_PATH: '', DOCKER_CONFIG: tempFolder() };
    const untrusted = new ContainerEngine(new EngineLink(async () => engineAddress(stranger)));
    await expect(untrusted.ping()).rejects.toMatchObject({ code: 'engine-untrusted' });
    await expect(untrusted.state('a')).rejects.toMatchObject({ code: 'engine-untrusted' });
  });

  it('at a socket is not mixed up with the one that the environment names', async () => {
    vi.stubEnv('DOCKER_HOST', 'tcp://nowhere.invalid:1');
    onTestFinished(() => void vi.unstubAllEnvs());
    const listed: RequestListener = (_, response) => response.end('[]');
    const engine = await engineAt(http.createServer(listed));
    expect(await engine.withLabels({})).toEqual([]);
  });
});

/** One that vouches for itself: for the server, for us and as authority. */
function certificate(folder: string): void {
  const of = (name: string) => join(folder, name);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const who = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const files = ['-keyout', of('key.pem'), '-out', of('cert.pem')];
  execFileSync('openssl', ['req', '-x509', '-days', '2', ...key, ...who, ...files], { stdio: 'ignore' });
  execFileSync('cp', [of('cert.pem'), of('ca.pem')]);
}
