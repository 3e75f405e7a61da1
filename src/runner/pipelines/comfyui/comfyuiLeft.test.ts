import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  comfyDefinition,
  comfyRun,
  comfyServer,
  type ComfyRun,
} from '../../../../test/lib/comfy/comfyStudio.ts';
import type { ComfyServer } from '../../../../test/lib/comfy/comfyServer.ts';
import { noiseGraph, textGraph } from '../../../../test/lib/comfy/graphs.ts';
import type { Outcome } from '../../../core/ports/jobQueue.ts';
import { LeftBehind } from '../../../core/ports/pipeline.ts';
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
    await expect(run.output).rejects.toMatchObject({ cause: { why: 'cancelled' } });
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

test('a node that ignores its interruption is left behind, and said to be', async () => {
  const { server, run } = await heldRun({ graceMs: 300 });
  server.faults.instead.set('POST /interrupt', {});
  run.end('cancelled');
  const error: unknown = await run.output.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(LeftBehind);
  expect(error).toMatchObject({ cause: { why: 'cancelled' } });
  expect(run.log.join()).toContain('its node goes on');
  expect(marksOf(run)).toEqual([run.job.id]);
});

test('what a server takes only after a look for leftovers is stopped all the same', async () => {
  const server = await comfyServer();
  let arrive = (): void => undefined;
  server.faults.late.set('POST /prompt', new Promise((resolve) => (arrive = resolve)));
  server.faults.unanswered.add('POST /prompt');
  server.scene.holds.add('KSampler');
  const run = comfyRun(comfyDefinition(server, textGraph()));
  await vi.waitFor(() => {
    expect(server.posted('/prompt')).toHaveLength(1);
  });
  run.end('cancelled');
  await sweep(run.home, 'cancelled');
  expect(marksOf(run)).toEqual([]);
  arrive();
  await expect(run.output).rejects.toMatchObject({ why: 'cancelled' });
  expect(server.posted('/interrupt')).not.toEqual([]);
  expect(server.process.running).toBeUndefined();
  expect(marksOf(run)).toEqual([]);
});

describe('a mark', () => {
  /** As soon as nothing more is written to it. */
  async function markOf({ home, job }: ComfyRun): Promise<string> {
    const file = join(home, 'comfyui', job.id);
    await vi.waitFor(() => {
      expect(readFileSync(file, 'utf8')).toContain('"posts": 1');
    });
    return file;
  }

  test('that cannot be read keeps no take, and stays for another time', async () => {
    const { server, run } = await heldRun();
    const file = await markOf(run);
    rmSync(file);
    mkdirSync(file);
    server.release('KSampler step 2');
    expect((await run.output).files).toHaveLength(1);
    expect(run.log.join()).toContain('cannot be told now');
    await sweep(run.home, 'completed');
    expect(marksOf(run)).toEqual([run.job.id]);
  });

  test('that says nothing is removed', async () => {
    const { run } = await heldRun();
    writeFileSync(await markOf(run), '{');
    await sweep(run.home, 'cancelled');
    expect(marksOf(run)).toEqual([]);
  });

  test('that cannot be removed keeps no take', async () => {
    const { server, run } = await heldRun();
    const file = await markOf(run);
    const { rm } = fs;
    const removed = vi.spyOn(fs, 'rm').mockImplementation((path, options) => {
      if (path !== file) return rm(path, options);
      return Promise.reject(Object.assign(new Error('EBUSY'), { code: 'EBUSY' }));
    });
    syncBuiltinESMExports();
    onTestFinished(() => {
      removed.mockRestore();
      syncBuiltinESMExports();
    });
    server.release('KSampler step 2');
    expect((await run.output).files).toHaveLength(1);
    expect(run.log.join()).toContain('could not be removed yet');
    expect(marksOf(run)).toEqual([run.job.id]);
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
