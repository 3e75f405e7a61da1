import { statSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { comfyDefinition, comfyRun, comfyServer } from '../../../../test/lib/comfy/comfyStudio.ts';
import { noiseGraph, textGraph } from '../../../../test/lib/comfy/graphs.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { ComfyuiServer } from './comfyuiServer.ts';
import { readFrame } from './frames.ts';
import { mostFrameBytes } from './limits.ts';

const small = { answer: 1_000, list: 2_000, file: 100_000 };
const { signal } = new AbortController();

/** A program that answers everything in the same way. */
async function answering(answer: RequestListener): Promise<ComfyuiServer> {
  const http = createServer(answer).listen(0, '127.0.0.1');
  await once(http, 'listening');
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  return new ComfyuiServer(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, small);
}

/** Bytes without end, and without a word of how many. */
const endless =
  (status = 200): RequestListener =>
  (_, response) => {
    const go = (): void => {
      while (!response.destroyed && response.write('x'.repeat(10_000)));
    };
    response.on('drain', go).on('error', () => undefined);
    response.writeHead(status, { 'content-type': 'application/json' });
    go();
  };

const ask = { prompt: {}, prompt_id: 'a', client_id: 'b', extra_data: {} };

test.each([
  ['its queue', (server: ComfyuiServer) => server.queue(signal), '/queue'],
  ['its history', (server: ComfyuiServer) => server.history('a', signal), '/history/a'],
  ['what it is', (server: ComfyuiServer) => server.stats(), '/system_stats'],
  ['a posted workflow', (server: ComfyuiServer) => server.submit(ask), '/prompt'],
  [
    'an upload',
    (server: ComfyuiServer) => server.upload('a.png', new Uint8Array(1), signal),
    '/upload/image',
  ],
])('an answer to %s that has no end is one clear error', async (_, call, path) => {
  const server = await answering(endless());
  await expect(call(server)).rejects.toMatchObject({
    code: 'comfyui-answer-too-large',
    message: `ComfyUI at ${server.url} answers ${path} with more than 1 MB, which is not read.`,
  });
});

test('a refusal that has no end is told by its first words', async () => {
  const server = await answering(endless(500));
  await expect(server.queueNow()).rejects.toMatchObject({ code: 'comfyui-refused' });
});

test('what unfolds to more than it may have is not unfolded', async () => {
  const server = await answering((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000)));
  });
  await expect(server.queue(signal)).rejects.toMatchObject({ code: 'comfyui-answer-too-large' });
});

test('an output that has no end leaves no more than it may have on the disk', async () => {
  const server = await answering(endless());
  const to = join(tempFolder(), '01.png');
  const file = { filename: 'film.png', subfolder: '', type: 'output' };
  await expect(server.download(file, to, signal)).rejects.toMatchObject({
    code: 'comfyui-output-unusable',
    message: expect.stringContaining('"film.png" of ComfyUI cannot be used: it is larger than') as string,
  });
  // It may end before the first of it is written.
  expect(statSync(to, { throwIfNoEntry: false })?.size ?? 0).toBeLessThanOrEqual(small.file);
});

test('an output that is fetched is left at once where its job is cancelled', async () => {
  const server = await comfyServer();
  server.faults.stuckDownloads = true;
  const { output, end } = comfyRun(comfyDefinition(server, noiseGraph()));
  await expect.poll(() => server.requests.map(({ route }) => route)).toContain('GET /view');
  end('cancelled');
  await expect(output).rejects.toMatchObject({ why: 'cancelled' });
});

test('a frame that is too large is not looked into, and the take comes all the same', async () => {
  expect(readFrame('x'.repeat(mostFrameBytes + 1))).toBeUndefined();
  expect(readFrame(new ArrayBuffer(mostFrameBytes + 1))).toBeUndefined();
  const server = await comfyServer();
  const reached = server.hold('KSampler step 2');
  const { output } = comfyRun(comfyDefinition(server, textGraph()));
  await reached;
  for (const { socket } of server.process.clients.values())
    socket.sendBinary(Buffer.alloc(mostFrameBytes + 1));
  server.release('KSampler step 2');
  expect((await output).files).toHaveLength(1);
});
