import { readdirSync } from 'node:fs';
import { Buffer } from 'node:buffer';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { aJob } from '../../../../test/builders/aJob.ts';
import { comfyDefinition, comfyRun, comfyServer } from '../../../../test/lib/comfy/comfyStudio.ts';
import { failureOf } from '../../../../test/lib/comfy/failureOf.ts';
import { noiseGraph, textGraph, videoGraph } from '../../../../test/lib/comfy/graphs.ts';
import { png } from '../../../../test/lib/comfy/pictures.ts';
import { ServerSocket } from '../../../../test/lib/comfy/webSockets.ts';
import { writeProjectFile } from '../../../../test/lib/comfy/writeProjectFile.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { Workflow } from '../../../core/model/comfyuiDefinition.ts';
import { PreviewFile } from './previewFile.ts';
import { executionFailure } from './rejection.ts';

test('a run is told of by every word that a server has for it', async () => {
  const sent = vi.spyOn(ServerSocket.prototype, 'sendText');
  onTestFinished(() => {
    sent.mockRestore();
  });
  const server = await comfyServer();
  await comfyRun(comfyDefinition(server, textGraph())).output;
  const types = new Set(sent.mock.calls.map(([message]) => (message as { type: string }).type));
  expect([...types].sort()).toEqual([
    ...['executed', 'executing', 'execution_cached', 'execution_start', 'execution_success'],
    ...['feature_flags', 'progress', 'progress_state', 'status'],
  ]);
});

test('what others run is not ours, though everybody is told of it', async () => {
  const shown = vi.spyOn(PreviewFile.prototype, 'show');
  onTestFinished(() => {
    shown.mockRestore();
  });
  const server = await comfyServer();
  const reached = server.hold('KSampler step 3');
  await fetch(`${server.url}/prompt`, { method: 'POST', body: JSON.stringify({ prompt: textGraph() }) });
  await reached;
  const { output, progress } = comfyRun(comfyDefinition(server, noiseGraph()));
  await vi.waitFor(() => {
    expect(progress.at(-1)?.step).toBe('waiting at ComfyUI, 1 before it');
  });
  // As an older server, which does not say whose a preview is.
  for (const { socket } of server.process.clients.values())
    socket.sendBinary(Buffer.concat([Buffer.from([0, 0, 0, 1, 0, 0, 0, 2]), png(1, 1, 'abcdef')]));
  server.release('KSampler step 3');
  expect((await output).files).toHaveLength(1);
  expect(shown).not.toHaveBeenCalled();
  expect(progress.filter(({ step }) => step.includes('Sampler'))).toEqual([]);
});

describe('an id that another workflow has', () => {
  test.each(['EmptyImage', 'none'])('does not keep the job from its own take (held at %s)', async (held) => {
    const server = await comfyServer();
    const job = aJob({ projectRoot: tempFolder() });
    server.scene.holds.add(held);
    const theirs = { prompt: noiseGraph(), prompt_id: job.id, client_id: 'a browser' };
    await fetch(`${server.url}/prompt`, { method: 'POST', body: JSON.stringify(theirs) });
    const run = comfyRun(comfyDefinition(server, textGraph()), { job });
    await vi.waitFor(() => {
      expect(server.posted('/prompt').at(-1)?.['prompt_id']).toBe(`${job.id}-2`);
    });
    server.release(held);
    expect((await run.output).files).toHaveLength(1);
    expect(server.posted('/interrupt')).toEqual([]);
  });
});

describe('a server that forgot the prompt while the job waited for it', () => {
  test('is given it once more by the next attempt, and no third time', async () => {
    const server = await comfyServer();
    const definition = comfyDefinition(server, textGraph());
    const first = server.hold('KSampler');
    const run = comfyRun(definition, { timing: { patienceMs: 0 } });
    await first;
    await server.stop();
    expect((await failureOf(run)).code).toBe('comfyui-not-running');
    const second = server.hold('KSampler');
    await server.startAgain();
    const again = comfyRun(definition, { ...run, timing: { patienceMs: 0 } });
    await second;
    await server.stop();
    expect((await failureOf(again)).code).toBe('comfyui-not-running');
    await server.startAgain();
    expect((await failureOf(comfyRun(definition, run))).code).toBe('comfyui-forgotten');
    expect(readdirSync(`${run.home}/comfyui`)).toEqual([]);
  });
});

describe('a file that is nowhere it may be', () => {
  test('is not saved by the server, and says so', async () => {
    const server = await comfyServer();
    const graph = noiseGraph();
    const save = { ...graph['3'], inputs: { images: ['2', 0], filename_prefix: '../../x' } };
    const unmapped = comfyDefinition(server, Workflow.parse({ ...graph, 3: save }), { inputs: {} });
    const failure = await failureOf(comfyRun(unmapped));
    expect(failure.code).toBe('comfyui-node-failed');
    expect(failure.message).toContain('outside the output folder');
  });

  test.each(['../../outside.png', '/etc/outside.png', 'C:\\outside.png'])(
    'is not written here where a server names it %s',
    async (filename) => {
      const server = await comfyServer();
      const reached = server.hold('history');
      const run = comfyRun(comfyDefinition(server, noiseGraph()));
      await reached;
      const { running } = server.process;
      const entry = {
        prompt: [0, run.job.id, {}, running?.extra, []],
        outputs: { 3: { images: [{ filename, subfolder: '../..', type: 'output' }] } },
        status: { status_str: 'success', completed: true, messages: [] },
      };
      server.faults.instead.set(`GET /history/${run.job.id}`, { body: { [run.job.id]: entry } });
      server.faults.instead.set('GET /view', { body: png(1, 1, 'abcdef') });
      server.release('history');
      expect((await run.output).files).toMatchObject([{ name: '01.png' }]);
      expect(readdirSync(run.outputDir)).toEqual(['01.png']);
    },
  );
});

test('a picture that is larger than a server takes is one clear error', async () => {
  const server = await comfyServer();
  const projectRoot = tempFolder();
  const backdrop = writeProjectFile(projectRoot, '01_Assets/wide.png', png(4, 4, 'abcdef'));
  const job = aJob({ projectRoot, panel: { ...aJob().panel, backdrop: backdrop.path } });
  server.faults.instead.set('POST /upload/image', { status: 413, body: 'Maximum request body size' });
  const failure = await failureOf(comfyRun(comfyDefinition(server, videoGraph('SaveVideo')), { job }));
  expect(failure.code).toBe('comfyui-refused');
  expect(failure.message).toContain('413');
});

test('a node that is blocked, of which no time is told, has failed', () => {
  const said = { node_id: '3', node_type: 'KSampler', exception_type: 'ExecutionBlocked' };
  const failure = executionFailure(
    {
      prompt: { number: 0, id: 'a', mark: undefined },
      outputs: {},
      status: {
        status_str: 'error',
        completed: false,
        messages: [['execution_error', { ...said, exception_message: 'Execution Blocked: no model' }]],
      },
    },
    textGraph(),
  );
  expect(failure?.code).toBe('comfyui-node-failed');
  expect(failure?.message).toContain('3 (Sampler)');
  expect(failure?.message).toContain('no model');
});
