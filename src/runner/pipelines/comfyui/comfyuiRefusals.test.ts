import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aJob } from '../../../../test/builders/aJob.ts';
import { aTake } from '../../../../test/builders/aTake.ts';
import { comfyDefinition, comfyRun, comfyServer } from '../../../../test/lib/comfy/comfyStudio.ts';
import { failureOf } from '../../../../test/lib/comfy/failureOf.ts';
import { noiseGraph, textGraph, videoGraph } from '../../../../test/lib/comfy/graphs.ts';
import { Workflow, type Workflow as Graph } from '../../../core/model/comfyuiDefinition.ts';

/** A graph with one thing of it changed. */
function changed(graph: Graph, node: string, fields: object): Graph {
  return Workflow.parse({ ...graph, [node]: { ...graph[node], ...fields } });
}

describe('a workflow that cannot run', () => {
  test.each([
    [
      'names a model that is not there',
      changed(textGraph(), '4', { inputs: { ckpt_name: 'flux1-dev.safetensors' } }),
      'comfyui-model-missing',
      'has no "flux1-dev.safetensors", which node 4 (CheckpointLoaderSimple) asks for as "ckpt_name"',
    ],
    [
      'uses a node that is not installed',
      changed(textGraph(), '8', { class_type: 'FancyDecode' }),
      'comfyui-node-missing',
      'no node of the type FancyDecode',
    ],
    [
      'lacks an input',
      changed(noiseGraph(), '2', { inputs: { image: ['1', 0], seed: 1 } }),
      'comfyui-workflow-rejected',
      'node 2 (ImageAddNoise): Required input is missing: strength',
    ],
    [
      'saves nothing',
      Workflow.parse({ 1: noiseGraph()['1'] }),
      'comfyui-workflow-rejected',
      'Prompt has no outputs',
    ],
  ])('because it %s is refused with the reason', async (_, graph, code, words) => {
    const server = await comfyServer();
    const failure = await failureOf(comfyRun(comfyDefinition(server, graph)));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(words);
    expect(server.process.running).toBeUndefined();
  });

  test('in one of its parts is a failure though the server runs the others', async () => {
    const server = await comfyServer();
    const broken = { class_type: 'SaveImage', inputs: { images: ['4', 0], filename_prefix: 'x' } };
    const graph = Workflow.parse({
      ...noiseGraph(),
      4: { class_type: 'ImageAddNoise', inputs: { image: ['1', 0], seed: 1, strength: 7 } },
      5: broken,
    });
    void server.hold('EmptyImage');
    const failure = await failureOf(comfyRun(comfyDefinition(server, graph)));
    expect(failure.code).toBe('comfyui-workflow-rejected');
    expect(server.process.running).toBeUndefined();
    expect(server.process.pending).toEqual([]);
    expect(server.disk.outputs.size).toBe(0);
  });

  test.each([
    [
      { type: 'torch.OutOfMemoryError', message: 'Allocation on device 0 would exceed allowed memory.' },
      'gpu-out-of-memory',
    ],
    [{ type: 'RuntimeError', message: 'CUDA out of memory. Tried to allocate 2 GiB' }, 'gpu-out-of-memory'],
    [{ type: 'ValueError', message: 'bad shape' }, 'comfyui-node-failed'],
  ])('because a node throws %o is a %s', async (thrown, code) => {
    const server = await comfyServer();
    server.scene.failures.set('KSampler', thrown);
    const failure = await failureOf(comfyRun(comfyDefinition(server, textGraph())));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(thrown.message);
  });

  test('without the pictures it takes says so before anything is asked', async () => {
    const server = await comfyServer();
    const failure = await failureOf(comfyRun(comfyDefinition(server, videoGraph('SaveVideo'))));
    expect(failure.code).toBe('comfyui-references');
    expect(server.requests).toEqual([]);
  });
});

describe('a result', () => {
  test('of a workflow that was run before is no new take, and names the take it is', async () => {
    const server = await comfyServer();
    const unmapped = comfyDefinition(server, noiseGraph(), { inputs: {} });
    const first = comfyRun(unmapped);
    await first.output;
    const folder = join(first.job.projectRoot, first.job.folder);
    const sha256 = createHash('sha256')
      .update(readFileSync(join(first.outputDir, '01.png')))
      .digest('hex');
    mkdirSync(folder, { recursive: true });
    const files = [{ name: 'S01_S01_take03.png', mediaType: 'image/png', bytes: 1, sha256 }];
    writeFileSync(join(folder, 'S01_S01_take03.json'), JSON.stringify(aTake({ number: 3, files })));
    const again = comfyRun(unmapped, { job: aJob({ projectRoot: first.job.projectRoot }) });
    const failure = await failureOf(again);
    expect(failure.code).toBe('comfyui-identical');
    expect(failure.message).toContain('identical to take 03');
  });

  test('is a new file for each take where the workflow has a place for its name', async () => {
    const server = await comfyServer();
    const definition = comfyDefinition(server, noiseGraph());
    await comfyRun(definition).output;
    await comfyRun(definition).output;
    expect(server.disk.outputs.size).toBe(2);
  });

  test('that the server has lost is one clear error', async () => {
    const server = await comfyServer();
    server.faults.instead.set('GET /view', { status: 404 });
    const failure = await failureOf(comfyRun(comfyDefinition(server, noiseGraph())));
    expect(failure.code).toBe('comfyui-output-unusable');
  });

  test.each([
    ['is empty', Buffer.alloc(0)],
    ['is a page of HTML', Buffer.from('<html>login</html>')],
  ])('that %s is one clear error', async (_, body) => {
    const server = await comfyServer();
    server.faults.instead.set('GET /view', { body });
    const failure = await failureOf(comfyRun(comfyDefinition(server, noiseGraph())));
    expect(failure.code).toBe('comfyui-output-unusable');
  });

  test('of a node that was only shown is the take where nothing is saved', async () => {
    const server = await comfyServer();
    const graph = changed(noiseGraph(), '3', { class_type: 'PreviewImage', inputs: { images: ['2', 0] } });
    const { output } = comfyRun(comfyDefinition(server, graph));
    expect((await output).files).toHaveLength(1);
  });
});
