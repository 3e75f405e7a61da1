import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { aJob } from '../../../../test/builders/aJob.ts';
import { comfyDefinition, comfyRun, comfyServer } from '../../../../test/lib/comfy/comfyStudio.ts';
import { failureOf } from '../../../../test/lib/comfy/failureOf.ts';
import { noiseGraph, textGraph } from '../../../../test/lib/comfy/graphs.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';

describe('a connection that breaks', () => {
  test('in the middle of a prompt is made again, and the take comes', async () => {
    const server = await comfyServer();
    const reached = server.hold('KSampler step 2');
    const { output, progress } = comfyRun(comfyDefinition(server, textGraph()));
    await reached;
    server.cutConnections();
    await vi.waitFor(() => {
      expect(server.connections).toBe(2);
    });
    server.release('KSampler step 2');
    expect((await output).files).toHaveLength(1);
    expect(progress.map(({ step }) => step)).toContain('Sampler, 4 of 4');
    expect(server.posted('/prompt')).toHaveLength(1);
  });

  test('and whose new one the server lets go of, is made once more', async () => {
    const server = await comfyServer();
    server.faults.slowCleanUp = true;
    const reached = server.hold('KSampler step 2');
    const { output, progress } = comfyRun(comfyDefinition(server, textGraph()));
    await reached;
    server.cutConnections();
    await vi.waitFor(() => {
      expect(server.connections).toBe(2);
    });
    server.faults.slowCleanUp = false;
    await vi.waitFor(() => {
      expect(server.connections).toBe(3);
    });
    server.release('KSampler step 2');
    await output;
    expect(progress.map(({ step }) => step)).toContain('Sampler, 4 of 4');
  });

  test('for good says nothing, and the take comes all the same', async () => {
    const server = await comfyServer();
    const reached = server.hold('KSampler');
    const { output } = comfyRun(comfyDefinition(server, textGraph()), { timing: { retryMs: 60_000 } });
    await reached;
    server.cutConnections();
    server.release('KSampler');
    expect((await output).files).toHaveLength(1);
  });

  test('before the answer to a prompt is no reason to post it twice', async () => {
    const server = await comfyServer();
    server.faults.unanswered.add('POST /prompt');
    const { output } = comfyRun(comfyDefinition(server, textGraph()));
    expect((await output).files).toHaveLength(1);
    expect(server.posted('/prompt')).toHaveLength(1);
  });

  test('in the middle of a download gives the whole file in the end', async () => {
    const server = await comfyServer();
    server.faults.cutDownloads = 2;
    const { output, outputDir } = comfyRun(comfyDefinition(server, textGraph()));
    await output;
    expect([...server.disk.outputs.values()]).toEqual([readFileSync(join(outputDir, '01.png'))]);
  });
});

describe('a server that is restarted', () => {
  test('and forgot the prompt is given it once more', async () => {
    const server = await comfyServer();
    const reached = server.hold('KSampler step 2');
    const { output } = comfyRun(comfyDefinition(server, textGraph()));
    await reached;
    server.scene.holds.clear();
    await server.restart();
    expect((await output).files).toHaveLength(1);
    expect(server.posted('/prompt')).toHaveLength(2);
    expect(server.disk.outputs.size).toBe(1);
  });

  test('again and again is given up', async () => {
    const server = await comfyServer();
    const definition = comfyDefinition(server, textGraph());
    const first = server.hold('KSampler');
    const run = comfyRun(definition);
    await first;
    const second = server.hold('KSampler');
    await server.restart();
    await second;
    await server.restart();
    expect((await failureOf(run)).code).toBe('comfyui-forgotten');
    expect(server.disk.outputs.size).toBe(0);
  });

  test('is waited for, and says so', async () => {
    const server = await comfyServer();
    const reached = server.hold('KSampler');
    const { output, progress } = comfyRun(comfyDefinition(server, textGraph()));
    await reached;
    server.scene.holds.clear();
    await server.stop();
    await vi.waitFor(() => {
      expect(progress.at(-1)?.step).toContain('does not answer');
    });
    await server.startAgain();
    expect((await output).files).toHaveLength(1);
  });

  test('and takes nothing yet is waited for, however often it is asked', async () => {
    const server = await comfyServer();
    server.faults.instead.set('POST /prompt', { status: 503, body: '' });
    const { output, progress } = comfyRun(comfyDefinition(server, textGraph()));
    await vi.waitFor(() => {
      expect(server.posted('/prompt').length).toBeGreaterThan(3);
    });
    expect(progress.at(-1)?.step).toContain('does not answer');
    server.faults.instead.clear();
    expect((await output).files).toHaveLength(1);
    expect(server.disk.outputs.size).toBe(1);
  });

  test('and takes nothing for long is one that is away', async () => {
    const server = await comfyServer();
    server.faults.instead.set('POST /prompt', { status: 503, body: '' });
    const run = comfyRun(comfyDefinition(server, textGraph()), { timing: { patienceMs: 200 } });
    expect((await failureOf(run)).code).toBe('comfyui-not-running');
  });

  test('and stays away is one clear error', async () => {
    const server = await comfyServer();
    const reached = server.hold('KSampler');
    const run = comfyRun(comfyDefinition(server, textGraph()), { timing: { patienceMs: 200 } });
    await reached;
    await server.stop();
    expect((await failureOf(run)).code).toBe('comfyui-not-running');
  });
});

describe('an end that comes from elsewhere', () => {
  test('is told where somebody interrupts at the server', async () => {
    const server = await comfyServer();
    const reached = server.hold('KSampler step 2');
    const run = comfyRun(comfyDefinition(server, textGraph()));
    await reached;
    server.process.interrupt(undefined);
    expect((await failureOf(run)).code).toBe('comfyui-interrupted');
  });

  test('is told where somebody empties the queue', async () => {
    const server = await comfyServer();
    const reached = server.hold('KSampler');
    comfyRun(comfyDefinition(server, textGraph()));
    await reached;
    const waiting = comfyRun(comfyDefinition(server, noiseGraph()));
    await vi.waitFor(() => {
      expect(server.process.pending).toHaveLength(1);
      expect(waiting.progress.at(-1)?.step).toContain('1 before it');
    });
    server.process.remove('all');
    expect((await failureOf(waiting)).code).toBe('comfyui-removed');
  });

  test('is not believed before the history has it', async () => {
    const server = await comfyServer();
    const reached = server.hold('history');
    const { output } = comfyRun(comfyDefinition(server, textGraph()));
    await reached;
    const early = await Promise.race([
      output.then(() => 'early'),
      vi.waitFor(() => {
        const asked = server.requests.filter(({ route }) => route === 'GET /queue').length;
        expect(asked).toBeGreaterThan(3);
        return 'still waiting';
      }),
    ]);
    expect(early).toBe('still waiting');
    server.release('history');
    expect((await output).files).toHaveLength(1);
  });
});

test('a program that is no ComfyUI is called so', async () => {
  const server = await comfyServer();
  server.faults.instead.set('GET /queue', { type: 'text/html', body: Buffer.from('<html>') });
  const failure = await failureOf(comfyRun(comfyDefinition(server, noiseGraph())));
  expect(failure.code).toBe('comfyui-not-comfyui');
});

test('nonsense on the connection changes nothing', async () => {
  const server = await comfyServer();
  const reached = server.hold('KSampler step 2');
  const { output } = comfyRun(comfyDefinition(server, textGraph()));
  await reached;
  for (const { socket } of server.process.clients.values()) {
    for (const length of [0, 3, 8, 9, 70_000]) socket.sendBinary(Buffer.alloc(length, 0xff));
    // A length of metadata beyond the frame, and metadata that are none.
    socket.sendBinary(Buffer.from([0, 0, 0, 4, 0xff, 0xff, 0xff, 0xff, 1, 2]));
    socket.sendBinary(Buffer.from([0, 0, 0, 4, 0, 0, 0, 2, 0x7b, 0x7b, 1]));
    for (const said of [null, [], 7, 'x', { type: 'progress' }, { type: 'progress', data: { value: 'a' } }])
      socket.sendText(said as object);
    socket.sendText({ type: 'execution_cached', data: { nodes: [1, {}] } });
    socket.sendText({ type: 'executing', data: { node: '__proto__' } });
    socket.sendText({ type: 'logs', data: { entries: [{ m: 'loading' }] } });
    socket.sendText({ type: 'execution_success', data: { prompt_id: 'of somebody else' } });
  }
  server.release('KSampler step 2');
  expect((await output).files).toHaveLength(1);
});

test('what a job is cancelled for while the server is away ends at once', async () => {
  const server = await comfyServer();
  const reached = server.hold('KSampler');
  const run = comfyRun(comfyDefinition(server, textGraph()), { job: aJob({ projectRoot: tempFolder() }) });
  await reached;
  await server.stop();
  run.end('cancelled');
  await expect(run.output).rejects.toMatchObject({ cause: { why: 'cancelled' } });
  expect(run.log.join()).toContain('could not be stopped');
});
