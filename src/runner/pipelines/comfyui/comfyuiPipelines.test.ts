import { hostname } from 'node:os';
import { describe, expect, it, test } from 'vitest';
import { comfyDefinition, comfyServer } from '../../../../test/lib/comfy/comfyStudio.ts';
import { noiseGraph, textGraph } from '../../../../test/lib/comfy/graphs.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { ComfyuiDefinition } from '../../../core/model/comfyuiDefinition.ts';
import type { Card } from '../../../core/ports/jobQueue.ts';
import { ComfyuiPipelines } from './comfyuiPipelines.ts';
import { isOnThisMachine } from './localCard.ts';

const pipelines = (): ComfyuiPipelines => new ComfyuiPipelines({ home: tempFolder(), log: () => undefined });

async function obstacle(definition: ComfyuiDefinition): Promise<string | undefined> {
  return (await pipelines().obstacle('portrait', definition))?.code;
}

test('a server that answers is no obstacle, and one that does not says what to do', async () => {
  const server = await comfyServer();
  const definition = comfyDefinition(server, textGraph());
  expect(await obstacle(definition)).toBeUndefined();
  server.faults.instead.set('GET /system_stats', { body: { hello: 'world' } });
  expect(await obstacle(definition)).toBe('comfyui-not-comfyui');
  server.faults.instead.set('GET /system_stats', { status: 401, body: 'who are you?' });
  expect(await obstacle(definition)).toBe('comfyui-refused');
  server.faults.instead.set('GET /system_stats', { status: 502, body: 'bad gateway' });
  expect(await obstacle(definition)).toBe('comfyui-not-running');
  await server.stop();
  expect(await obstacle(definition)).toBe('comfyui-not-running');
});

test('a card that is too small is an obstacle, one that reports a little less than it was sold with is none', async () => {
  const server = await comfyServer();
  expect(await obstacle(comfyDefinition(server, textGraph(), { vramGb: 12 }))).toBeUndefined();
  expect(await obstacle(comfyDefinition(server, textGraph(), { vramGb: 16 }))).toBe(
    'comfyui-vram-too-little',
  );
});

test.each([
  [
    'a mapped node that is not there',
    { inputs: { seed: { node: '99', input: 'seed' } } },
    'comfyui-mapping-broken',
  ],
  [
    'an input the node does not have',
    { inputs: { seed: { node: '3', input: 'sead' } } },
    'comfyui-mapping-broken',
  ],
  ['an output that is not there', { output: '99' }, 'comfyui-output-unknown'],
])('%s is an obstacle before anything is asked', async (_, fields, code) => {
  const server = await comfyServer();
  expect(await obstacle(comfyDefinition(server, textGraph(), fields))).toBe(code);
  expect(server.requests).toEqual([]);
});

describe('the card of this machine that a server wants', () => {
  const here = (cards: readonly Card[]): ComfyuiPipelines =>
    new ComfyuiPipelines({ home: tempFolder(), log: () => undefined }, () => Promise.resolve(cards));
  const card = (name: string, gb: number): Card => ({ id: name, name, vramMb: gb * 1024 });
  const [test, big] = [card('Test Card', 12), card('Big Card', 24)];

  it('is all of the one it runs on, whatever its pipelines say', async () => {
    const server = await comfyServer();
    for (const vramGb of [0, 8])
      expect(await here([big, test]).vramMb(comfyDefinition(server, textGraph(), { vramGb }))).toBe(
        12 * 1024,
      );
    expect(await here([big]).vramMb(comfyDefinition(server, textGraph()))).toBe(24 * 1024);
  });

  it('is the largest where it is away, and none where it has none or this machine has none', async () => {
    const server = await comfyServer();
    const definition = comfyDefinition(server, textGraph());
    expect(await here([]).vramMb(definition)).toBe(0);
    const stats = { system: {}, devices: [{ name: 'cpu', type: 'cpu', vram_total: 1 }] };
    server.faults.instead.set('GET /system_stats', { body: stats });
    expect(await here([test]).vramMb(definition)).toBe(0);
    await server.stop();
    expect(await here([test, big]).vramMb(definition)).toBe(24 * 1024);
  });

  it('is none of a server elsewhere, which is not even asked', async () => {
    const elsewhere = (url: string) => comfyDefinition({ url }, textGraph(), { vramGb: 24 });
    for (const url of ['http://192.0.2.7:8188', 'https://comfy.example.org/gpu', 'http://[2001:db8::1]:8188'])
      expect(await here([test]).vramMb(elsewhere(url))).toBe(0);
  });

  it.each(['localhost', '127.0.0.1', '127.9.9.9', '[::1]', '0.0.0.0', 'comfy.localhost', hostname()])(
    'is one of this machine at %s',
    (name) => {
      expect(isOnThisMachine(`http://${name}:8188`)).toBe(true);
    },
  );
});

test('the version changes with what is made, not with where or in which order it is written', async () => {
  const here = { url: 'http://127.0.0.1:8188' };
  const version = (definition: ComfyuiDefinition): Promise<string> => pipelines().version(definition);
  const definition = comfyDefinition(here, textGraph());
  const same = await version(definition);
  const turned = JSON.parse(
    JSON.stringify({ ...definition, workflow: Object.fromEntries(Object.entries(textGraph()).reverse()) }),
  ) as object;
  expect(await version(ComfyuiDefinition.parse(turned))).toBe(same);
  expect(await version(comfyDefinition({ url: 'http://gpu-box:8188' }, textGraph()))).toBe(same);
  expect(await version(comfyDefinition(here, noiseGraph()))).not.toBe(same);
  expect(await version(comfyDefinition(here, textGraph(), { parameters: { steps: 9 } }))).not.toBe(same);
});

test.each([
  'http://user:secret@127.0.0.1:8188',
  'ftp://127.0.0.1',
  'http://127.0.0.1:8188/?token=1',
  'http://[oops',
  'file:///etc/passwd',
])('%s is no server', (server) => {
  const definition = { kind: 'comfyui', server, workflow: noiseGraph() };
  expect(ComfyuiDefinition.safeParse(definition).success).toBe(false);
});
