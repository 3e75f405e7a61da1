import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import {
  comfyDefinition,
  comfyRun,
  comfyServer,
  type ComfyRun,
} from '../../../../test/lib/comfy/comfyStudio.ts';
import type { ComfyServer } from '../../../../test/lib/comfy/comfyServer.ts';
import { noiseGraph, textGraph } from '../../../../test/lib/comfy/graphs.ts';
import type { Outcome } from '../../../core/ports/jobQueue.ts';
import { ComfyuiPipelines } from './comfyuiPipelines.ts';

/** What a process that knows of nothing does when it looks for leftovers. */
async function sweep(home: string, outcome: Outcome, log: string[] = []): Promise<void> {
  await new ComfyuiPipelines({ home, log: (line) => log.push(line) }).sweep(() => outcome);
}

const marksOf = ({ home }: ComfyRun): readonly string[] => readdirSync(join(home, 'comfyui'));

/** Somebody else's prompt, posted past us. */
async function anothers(server: ComfyServer, id: string): Promise<void> {
  const body = { prompt: noiseGraph(), prompt_id: id, client_id: 'a browser', extra_data: {} };
  await fetch(`${server.url}/prompt`, { method: 'POST', body: JSON.stringify(body) });
}

/** A prompt of ours that stands still in its sampler. */
async function heldRun(timing = {}) {
  const server = await comfyServer();
  const reached = server.hold('KSampler step 2');
  const run = comfyRun(comfyDefinition(server, textGraph()), { timing });
  await reached;
  return { server, run };
}

describe('what a job has left at a server that could not be reached', () => {
  test('is stopped once it is reached again, by whichever process looks, and nothing else is', async () => {
    const { server, run } = await heldRun();
    await anothers(server, 'of somebody else');
    await server.hide();
    run.end('cancelled');
    await expect(run.output).rejects.toMatchObject({ why: 'cancelled' });
    await sweep(run.home, 'cancelled');
    expect(marksOf(run)).toEqual([run.job.id]);
    expect(server.process.running?.id).toBe(run.job.id);
    await server.showAgain();
    const log: string[] = [];
    await sweep(run.home, 'cancelled', log);
    expect(marksOf(run)).toEqual([]);
    expect(log).toEqual([`Nothing of job ${run.job.id} is left at ${server.url}.`]);
    await vi.waitFor(() => {
      expect([...server.process.history.keys()]).toEqual([run.job.id, 'of somebody else']);
    });
    expect(server.posted('/interrupt').every((body) => body['prompt_id'] === run.job.id)).toBe(true);
    expect(JSON.stringify(server.process.history.get('of somebody else'))).toContain('"success"');
  });

  test('is taken out of its queue where it waits there', async () => {
    const server = await comfyServer();
    const reached = server.hold('KSampler');
    const other = comfyRun(comfyDefinition(server, textGraph()));
    await reached;
    const run = comfyRun(comfyDefinition(server, noiseGraph()));
    await vi.waitFor(() => {
      expect(server.process.pending.map(({ id }) => id)).toContain(run.job.id);
    });
    await server.hide();
    run.end('cancelled');
    await run.output.catch(() => undefined);
    expect(run.log.join()).toContain('could not be stopped yet');
    await server.showAgain();
    await sweep(run.home, 'cancelled');
    expect(server.process.pending).toEqual([]);
    expect(server.process.running?.id).toBe(other.job.id);
  });

  test('runs on while the job waits for the server, and is stopped where it is cancelled meanwhile', async () => {
    const { server, run } = await heldRun({ patienceMs: 0 });
    await server.hide();
    await expect(run.output).rejects.toMatchObject({ code: 'comfyui-not-running' });
    await server.showAgain();
    await sweep(run.home, 'pending');
    expect(server.process.running?.id).toBe(run.job.id);
    await sweep(run.home, 'cancelled');
    expect(server.process.running).toBeUndefined();
    expect(marksOf(run)).toEqual([]);
  });

  test('is found again by the next attempt, which makes the one take', async () => {
    const { server, run } = await heldRun({ patienceMs: 0 });
    await server.hide();
    await expect(run.output).rejects.toMatchObject({ code: 'comfyui-not-running' });
    await server.showAgain();
    server.release('KSampler step 2');
    const again = comfyRun(comfyDefinition(server, textGraph()), run);
    expect((await again.output).files).toHaveLength(1);
    expect(server.posted('/prompt')).toHaveLength(1);
    expect(marksOf(run)).toEqual([]);
  });
});

test('what only has the id of a prompt of ours is never stopped', async () => {
  const { server, run } = await heldRun();
  await server.hide();
  run.end('cancelled');
  await run.output.catch(() => undefined);
  await server.startAgain();
  server.scene.holds.add('EmptyImage');
  await anothers(server, run.job.id);
  await vi.waitFor(() => {
    expect(server.process.running?.id).toBe(run.job.id);
  });
  await sweep(run.home, 'cancelled');
  expect(server.posted('/interrupt')).toEqual([]);
  expect(server.process.running?.id).toBe(run.job.id);
  expect(marksOf(run)).toEqual([]);
});
