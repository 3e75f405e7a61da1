import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aJob } from '../../../../test/builders/aJob.ts';
import { engineSaying } from '../../../../test/lib/engineSaying.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { ContainerDefinition } from '../../../core/model/pipelineDefinition.ts';
import type { Device } from '../../devices/device.ts';
import { Devices } from '../../devices/devices.ts';
import { RunnerConfig } from '../../runnerConfig.ts';
import { AllowedPipelines } from '../allowedPipelines.ts';
import { ImageWord } from '../userWord.ts';
import { cardAccess, groupsOf } from './cardAccess.ts';
import { containerSpec, type CardAccess } from './containerSpec.ts';
import type { JobFolder } from './jobFolder.ts';
import { ContainerPipelines } from './containerPipelines.ts';
import { ContainerMarks } from './containerMarks.ts';

const uuid = 'GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77';
const geforce: Device = {
  ...{ id: 'gpu0', lane: uuid, name: 'RTX 4090', vramGb: 24, access: 'nvidia', deviceId: uuid, index: 0 },
};

async function obstacle(info: object, cards: readonly Device[], vramGb = 12) {
  const home = tempFolder();
  const engine = await engineSaying(info);
  const devices = new Devices(new RunnerConfig(home), {
    detect: () => Promise.resolve(cards),
    measureFree: () => Promise.resolve(new Map<string, number>()),
  });
  const needs = {
    engine,
    home,
    shipped: home,
    marks: new ContainerMarks(home),
    word: new ImageWord(new AllowedPipelines(home)),
  };
  const pipelines = new ContainerPipelines(
    { ...needs, card: () => Promise.resolve(undefined), log: () => undefined },
    devices,
  );
  const definition = ContainerDefinition.parse({ kind: 'container', image: 'a:1', vramGb });
  return pipelines.obstacle('flux', definition);
}

const without = { Runtimes: { runc: {} } };
const withRuntime = { Runtimes: { runc: {}, nvidia: {} } };
const cdiOf = (name: string) => ({
  ...without,
  DiscoveredDevices: [{ Source: 'cdi', ID: `nvidia.com/gpu=${name}` }],
});

test.each([
  ['the runtime of NVIDIA', withRuntime],
  ['the card by CDI', cdiOf('0')],
])('a card is no obstacle on an engine that has %s', async (_, info) => {
  expect(await obstacle(info, [geforce])).toBeUndefined();
});

test.each([
  ['no runtime for it', without],
  ['only another card by CDI', cdiOf('1')],
])(
  'a card that the driver knows is an obstacle, with the next step, on an engine that has %s',
  async (_, info) => {
    const found = await obstacle(info, [geforce]);
    expect(found).toMatchObject({ code: 'gpu-no-runtime', data: { card: 'RTX 4090' } });
    expect(found?.message).toContain('its runtimes are runc');
    expect(found?.hint).toContain('nvidia-ctk');
  },
);

test('one card that can be used is enough', async () => {
  const declared: Device = { ...geforce, id: 'other', lane: 'other', access: 'none' };
  expect(await obstacle(without, [geforce, declared])).toBeUndefined();
  expect(await obstacle(without, [geforce, { ...declared, vramGb: 8 }])).toMatchObject({
    code: 'gpu-no-runtime',
  });
});

test('what no container gets at says why; no card and too small ones as before', async () => {
  const radeon: Device = { ...geforce, name: 'Radeon', access: 'rocm', deviceId: '/dev/dri/renderD999' };
  expect(await obstacle(without, [radeon])).toMatchObject({
    code: 'card-unusable',
    data: { card: 'Radeon' },
  });
  const hidden = { ...radeon, unusable: 'it is hidden' };
  expect((await obstacle(without, [hidden]))?.message).toBe('No container can use Radeon: it is hidden.');
  expect(await obstacle(without, [])).toMatchObject({ code: 'gpu-missing' });
  expect(await obstacle(without, [geforce], 48)).toMatchObject({ code: 'vram-too-little' });
  expect(await obstacle(without, [], 0)).toBeUndefined();
});

test('a card is handed over as the engine knows it', async () => {
  expect(await cardAccess(await engineSaying(withRuntime), geforce)).not.toHaveProperty('cdi');
  expect(await cardAccess(await engineSaying(cdiOf(uuid)), geforce)).toMatchObject({
    cdi: `nvidia.com/gpu=${uuid}`,
  });
  expect(await cardAccess(await engineSaying(cdiOf('0')), geforce)).toMatchObject({
    cdi: 'nvidia.com/gpu=0',
  });
});

test('a card of ROCm is handed over to the groups of this machine that may use it', async () => {
  const file = join(tempFolder(), 'renderD128');
  writeFileSync(file, '');
  expect(await groupsOf([file, file])).toEqual([String(statSync(file).gid)]);
  const gone: Device = { ...geforce, access: 'rocm', deviceId: file.replace('128', '129') };
  await expect(cardAccess(await engineSaying(without), gone)).rejects.toMatchObject({
    code: 'card-unusable',
  });
});

test('what is asked of the engine for a card', async () => {
  const askedFor = (card: CardAccess | undefined): object => {
    const folder = { jobFile: '/j', inputs: '/i', output: '/o' } as JobFolder;
    const definition = ContainerDefinition.parse({ kind: 'container', image: 'a:1' });
    const wish = {
      job: aJob(),
      attempt: 1,
      definition,
      image: 'sha256:1',
      folder,
      models: undefined,
      home: 'h',
      rootless: false,
    };
    const host: {
      readonly DeviceRequests?: unknown;
      readonly Devices?: unknown;
      readonly GroupAdd?: unknown;
    } = containerSpec({ ...wish, card }).HostConfig ?? {};
    return { requests: host.DeviceRequests, paths: host.Devices, groups: host.GroupAdd };
  };
  const nothing = { requests: undefined, paths: undefined, groups: undefined };
  expect(askedFor(geforce)).toMatchObject({
    requests: [
      // Without `compute` there would be no CUDA, without `utility` no nvidia-smi.
      { Driver: 'nvidia', DeviceIDs: [uuid], Capabilities: [['gpu', 'compute', 'utility', 'video']] },
    ],
  });
  expect(askedFor(await cardAccess(await engineSaying(cdiOf('0')), geforce))).toEqual({
    ...nothing,
    requests: [{ Driver: 'cdi', DeviceIDs: ['nvidia.com/gpu=0'] }],
  });
  const node = '/dev/dri/renderD129';
  expect(askedFor({ id: 'amd0', access: 'rocm', deviceId: node })).toMatchObject({
    paths: [{ PathOnHost: '/dev/kfd' }, { PathOnHost: node }],
  });
  expect(askedFor({ id: 'amd0', access: 'rocm', deviceId: node, groups: ['44', '992'] })).toMatchObject({
    groups: ['44', '992'],
  });
  expect(askedFor({ ...geforce, access: 'none' })).toEqual(nothing);
  expect(askedFor(undefined)).toEqual(nothing);
});
