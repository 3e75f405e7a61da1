import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { aJob } from '../../../../test/builders/aJob.ts';
import { comfyDefinition, comfyRun, comfyServer } from '../../../../test/lib/comfy/comfyStudio.ts';
import { noiseGraph, textGraph, videoGraph } from '../../../../test/lib/comfy/graphs.ts';
import { png } from '../../../../test/lib/comfy/pictures.ts';
import { writeProjectFile } from '../../../../test/lib/comfy/writeProjectFile.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { ComfyuiPipelines } from './comfyuiPipelines.ts';
import { previewFileOf } from './previewFile.ts';

const prompt = {
  direct: '',
  identity: '',
  aesthetic: '',
  context: '',
  negative: 'blur',
  text: 'a red kettle',
};

describe('a workflow that runs', () => {
  test('gets the values of the job, and gives its picture', async () => {
    const server = await comfyServer();
    const parameters = { width: 320, height: 180, fps: 24 };
    const job = aJob({ projectRoot: tempFolder(), seed: 42, prompt, parameters });
    const definition = comfyDefinition(server, textGraph(), { parameters: { steps: 3, width: 640 } });
    const { output, outputDir, progress, log } = comfyRun(definition, { job });
    expect(await output).toEqual({
      files: [{ name: '01.png', mediaType: 'image/png', width: 640, height: 180 }],
      inputs: [],
      drawsTakeNumber: false,
    });
    const [posted] = server.posted('/prompt');
    expect(posted).toMatchObject({
      prompt_id: job.id,
      client_id: `auteur-${job.id}`,
      prompt: {
        3: { inputs: { seed: 42, steps: 3 } },
        5: { inputs: { width: 640, height: 180 } },
        6: { inputs: { text: 'a red kettle' } },
        7: { inputs: { text: 'blur' } },
        9: { inputs: { filename_prefix: `auteur/${job.id}` } },
      },
    });
    expect(readdirSync(outputDir)).toEqual(['01.png']);
    expect(log).toEqual([]);
    const shown = progress.map((one) => one.progress);
    expect(shown).toEqual(shown.toSorted((a, b) => a - b));
    expect(shown.at(-1)).toBe(1);
    expect(progress.map(({ step }) => step)).toContain('Sampler, 2 of 3');
  });

  test('is asked for without an Origin, which a server refuses', async () => {
    const server = await comfyServer();
    await comfyRun(comfyDefinition(server, noiseGraph())).output;
    expect(server.requests.map(({ route }) => route)).toContain('GET /ws');
    expect(server.requests.filter(({ headers }) => headers.origin !== undefined)).toEqual([]);
  });

  test('shows the newest preview while it runs', async () => {
    const server = await comfyServer();
    const reached = server.hold('KSampler step 3');
    const { output, home, job } = comfyRun(comfyDefinition(server, textGraph()));
    await reached;
    const preview = previewFileOf(home, job.id);
    await vi.waitFor(() => {
      expect(readFileSync(preview, 'latin1')).toContain(`step 2 of ${job.id}`);
    });
    server.release('KSampler step 3');
    await output;
    expect(existsSync(preview)).toBe(false);
  });

  test.each([
    ['SaveVideo', '01.mp4', 'video/mp4'],
    ['SaveAnimatedWEBP', '01.webp', 'image/webp'],
    ['VHS_VideoCombine', '01.mp4', 'video/mp4'],
  ] as const)(
    'that ends in %s gives a moving take, made from the picture of the shot',
    async (saving, name, mediaType) => {
      const server = await comfyServer();
      const projectRoot = tempFolder();
      const picture = png(4, 4, 'abcdef');
      const backdrop = writeProjectFile(projectRoot, '01_Assets/Locations/Kitchen/wide.png', picture);
      const panel = { ...aJob().panel, backdrop: backdrop.path };
      const definition = comfyDefinition(server, videoGraph(saving));
      const { output } = comfyRun(definition, { job: aJob({ projectRoot, panel }) });
      const { files, inputs } = await output;
      expect(files).toEqual([expect.objectContaining({ name, mediaType })]);
      expect(inputs).toEqual([backdrop]);
      expect([...server.disk.inputs.values()]).toEqual([picture]);
    },
  );

  test('uses the name the server gives a picture whose own is taken', async () => {
    const server = await comfyServer();
    const projectRoot = tempFolder();
    const backdrop = writeProjectFile(projectRoot, '01_Assets/wide.png', png(4, 4, 'abcdef'));
    server.disk.inputs.set(`auteur-${backdrop.sha256.slice(0, 24)}.png`, Buffer.from('another'));
    const job = aJob({ projectRoot, panel: { ...aJob().panel, backdrop: backdrop.path } });
    await comfyRun(comfyDefinition(server, videoGraph('SaveVideo')), { job }).output;
    const [posted] = server.posted('/prompt');
    expect(posted).toMatchObject({
      prompt: { 1: { inputs: { image: `auteur-${backdrop.sha256.slice(0, 24)} (1).png` } } },
    });
  });
});

describe('another attempt at a job', () => {
  test('waits for the prompt that is at the server, and posts none', async () => {
    const server = await comfyServer();
    const definition = comfyDefinition(server, textGraph());
    const reached = server.hold('KSampler');
    const first = comfyRun(definition);
    await reached;
    first.end('handed-back');
    await expect(first.output).rejects.toMatchObject({ why: 'handed-back' });
    expect(server.process.running?.id).toBe(first.job.id);
    const second = comfyRun(definition, { job: first.job });
    await vi.waitFor(() => {
      expect(server.connections).toBe(2);
    });
    server.release('KSampler');
    expect((await second.output).files).toHaveLength(1);
    expect(server.posted('/prompt')).toHaveLength(1);
  });

  test.each(['CheckpointLoaderSimple', 'KSampler step 4', 'SaveImage', 'history'])(
    'that comes when the first has gone at %s makes the one file of the job',
    async (step) => {
      const server = await comfyServer();
      const definition = comfyDefinition(server, textGraph());
      const reached = server.hold(step);
      const first = comfyRun(definition);
      await reached;
      first.end('handed-back');
      await expect(first.output).rejects.toMatchObject({ why: 'handed-back' });
      server.release(step);
      const second = comfyRun(definition, { job: first.job, home: first.home });
      expect((await second.output).files).toHaveLength(1);
      expect(server.disk.outputs.size).toBe(1);
      expect(readdirSync(join(first.home, 'comfyui'))).toEqual([]);
    },
  );

  test('fetches what was finished meanwhile', async () => {
    const server = await comfyServer();
    const definition = comfyDefinition(server, textGraph());
    const first = comfyRun(definition);
    await first.output;
    const second = comfyRun(definition, { job: first.job });
    expect((await second.output).files).toHaveLength(1);
    expect(server.posted('/prompt')).toHaveLength(1);
    expect(server.disk.outputs.size).toBe(1);
  });

  test('after one that failed runs the workflow anew', async () => {
    const server = await comfyServer();
    const definition = comfyDefinition(server, textGraph());
    server.scene.failures.set('VAEDecode', { type: 'ValueError', message: 'bad shape' });
    const first = comfyRun(definition);
    await expect(first.output).rejects.toMatchObject({ code: 'comfyui-node-failed' });
    server.scene.failures.clear();
    const second = comfyRun(definition, { job: first.job });
    expect((await second.output).files).toHaveLength(1);
    expect(server.posted('/prompt').map((body) => body['prompt_id'])).toEqual([
      first.job.id,
      `${first.job.id}-2`,
    ]);
  });
});

describe('a prompt that is cancelled', () => {
  test('is interrupted by its own id where it runs', async () => {
    const server = await comfyServer();
    const reached = server.hold('KSampler step 2');
    const { output, end, job, home } = comfyRun(comfyDefinition(server, textGraph()));
    await reached;
    end('cancelled');
    await expect(output).rejects.toMatchObject({ why: 'cancelled' });
    expect(server.process.running).toBeUndefined();
    expect(new Set(server.posted('/interrupt').map((body) => body['prompt_id']))).toEqual(new Set([job.id]));
    expect(existsSync(previewFileOf(home, job.id))).toBe(false);
  });

  test('is taken out of the queue where it waits, and whatever runs runs on', async () => {
    const server = await comfyServer();
    const reached = server.hold('KSampler');
    const running = comfyRun(comfyDefinition(server, textGraph()));
    await reached;
    const waiting = comfyRun(comfyDefinition(server, noiseGraph()));
    await vi.waitFor(() => {
      expect(waiting.progress.at(-1)?.step).toBe('waiting at ComfyUI, 1 before it');
    });
    waiting.end('cancelled');
    await expect(waiting.output).rejects.toMatchObject({ why: 'cancelled' });
    expect(server.process.pending).toEqual([]);
    expect(server.posted('/interrupt')).toEqual([]);
    server.release('KSampler');
    expect((await running.output).files).toHaveLength(1);
  });

  test('is stopped when its time is over', async () => {
    const server = await comfyServer();
    void server.hold('KSampler');
    const definition = comfyDefinition(server, textGraph(), { timeLimitMinutes: 0.002 });
    await expect(comfyRun(definition).output).rejects.toMatchObject({ code: 'comfyui-time-limit' });
    expect(server.process.running).toBeUndefined();
  });
});

test('a prompt whose job was cancelled while nobody could stop it is stopped by the next look for leftovers', async () => {
  const server = await comfyServer();
  const reached = server.hold('KSampler');
  const { end, home, job, output } = comfyRun(comfyDefinition(server, textGraph()));
  await reached;
  end('handed-back');
  await expect(output).rejects.toMatchObject({ why: 'handed-back' });
  const pipelines = new ComfyuiPipelines({ home, log: () => undefined });
  await pipelines.sweep(() => 'pending');
  expect(server.process.running?.id).toBe(job.id);
  await pipelines.sweep(() => 'cancelled');
  expect(server.process.running).toBeUndefined();
  expect(readdirSync(join(home, 'comfyui'))).toEqual([]);
});

test('an attempt leaves nothing but its files in its folder', async () => {
  const server = await comfyServer();
  const { output, outputDir } = comfyRun(comfyDefinition(server, noiseGraph()));
  const { files } = await output;
  expect(readdirSync(outputDir)).toEqual(files.map(({ name }) => name));
  expect(readFileSync(join(outputDir, '01.png')).subarray(1, 4).toString()).toBe('PNG');
});
