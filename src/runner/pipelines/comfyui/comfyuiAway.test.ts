import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { aJob } from '../../../../test/builders/aJob.ts';
import { fakePipeline } from '../../../../test/fakes/fakePipeline.ts';
import { comfyDefinition, comfyServer } from '../../../../test/lib/comfy/comfyStudio.ts';
import { noiseGraph } from '../../../../test/lib/comfy/graphs.ts';
import { openQueue } from '../../../../test/lib/openQueue.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import type { Pipeline } from '../../../core/ports/pipeline.ts';
import { Runner } from '../../runner.ts';
import { ComfyuiPipelines } from './comfyuiPipelines.ts';

test('jobs of a server that is away hold no place, say so, and go on by themselves when it answers', async () => {
  const server = await comfyServer();
  await server.stop();
  const [home, projectRoot] = [tempFolder(), tempFolder()];
  writeFileSync(join(projectRoot, 'project.json'), '{"id":"film"}');
  const definition = comfyDefinition(server, noiseGraph());
  const comfyui = new ComfyuiPipelines({ home, log: () => undefined });
  const { queue } = openQueue();
  const runner = new Runner({
    ...{ queue, concurrency: 2, version: 'test', roots: () => 'all', log: () => undefined },
    pipelineOf: ({ pipeline, definition: own }): Pipeline =>
      own?.kind === 'comfyui' ? comfyui.pipeline(pipeline, own) : fakePipeline(),
  });
  onTestFinished(() => runner.stop());
  const ref = { id: 'portrait', kind: 'comfyui', version: '1' };
  const waiting = [1, 2, 3].map(() => aJob({ projectRoot, pipeline: ref, definition }));
  const other = aJob({ projectRoot });
  queue.submit([...waiting, other]);
  runner.look();
  await expect.poll(() => queue.outcome(other.id), { timeout: 5_000 }).toBe('delivered');
  const ids = waiting.map(({ id }) => id);
  await expect
    .poll(() => queue.jobs({ ids }).map((job) => job.waiting))
    .toEqual(Array(3).fill(expect.stringContaining(`The ComfyUI server at ${server.url} does not answer`)));
  expect(queue.jobs({ ids })[0]?.waiting).toContain('Start it');
  await server.startAgain();
  await expect
    .poll(() => ids.map((id) => queue.outcome(id)), { timeout: 20_000 })
    .toEqual(Array(3).fill('delivered'));
});
