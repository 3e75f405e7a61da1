import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { fakePipeline } from '../../../test/fakes/fakePipeline.ts';
import { comfyServer } from '../../../test/lib/comfy/comfyStudio.ts';
import { noiseGraph } from '../../../test/lib/comfy/graphs.ts';
import { engineSaying } from '../../../test/lib/engineSaying.ts';
import { repositoryRoot } from '../../../test/lib/paths.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import type { DoctorCheck } from '../../core/protocol/views.ts';
import { ContainerEngine } from '../containers/containerEngine.ts';
import { EngineLink } from '../containers/engineLink.ts';
import type { Device } from '../devices/device.ts';
import { Devices } from '../devices/devices.ts';
import { openCatalogue } from '../pipelines/openCatalogue.ts';
import { RunnerConfig } from '../runnerConfig.ts';
import { makerChecks } from './makerChecks.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const docker = { Version: '28.2.2', Components: [{ Name: 'Docker Engine' }], Runtimes: { runc: {} } };
const card: Device = {
  ...{
    id: 'gpu0',
    lane: 'GPU-a',
    name: 'RTX 4090',
    vramGb: 24,
    access: 'nvidia',
    deviceId: 'GPU-a',
    index: 0,
  },
};
const noEngine = new ContainerEngine(
  new EngineLink(() => Promise.resolve({ socketPath: join(tempFolder(), 'none') })),
);

interface Machine {
  readonly engine?: ContainerEngine;
  readonly cards?: readonly Device[];
  readonly settings?: object;
  /** Pipelines of the workspace. */
  readonly files?: Readonly<Record<string, object>>;
}

function aMachine({ engine = noEngine, cards = [], settings = {}, files = {} }: Machine) {
  const [home, workspace] = [tempFolder(), tempFolder()];
  const library = join(workspace, 'Library/Pipeline_Templates');
  mkdirSync(library, { recursive: true });
  writeFileSync(join(home, 'runner.json'), JSON.stringify(settings));
  for (const [id, definition] of Object.entries(files))
    writeFileSync(join(library, `${id}.pipeline.json`), JSON.stringify({ schemaVersion: 1, ...definition }));
  const config = new RunnerConfig(home);
  const measureFree = () => Promise.resolve(new Map<string, number>());
  const devices = new Devices(config, { detect: () => Promise.resolve(cards), measureFree });
  const log = (): void => undefined;
  const beside = { assetsDir: repositoryRoot, storyboard: fakePipeline() };
  const { catalogue } = openCatalogue({ home, config, devices, log, ...beside });
  const look = async (patience?: number): Promise<Readonly<Record<string, DoctorCheck>>> => {
    const needs = { catalogue, engine, devices, config, ...(patience === undefined ? {} : { patience }) };
    return Object.fromEntries((await makerChecks(needs, workspace)).map((one) => [one.name, one]));
  };
  return { look, workspace, catalogue };
}

const container = { kind: 'container', image: 'studio/flux:1' };

describe('what makes takes', () => {
  test('is noted with what to do, and no more, where nothing needs it', async () => {
    vi.stubEnv('PATH', tempFolder());
    const found = await aMachine({}).look();
    expect(Object.values(found).map(({ name, level }) => `${name}: ${level}`)).toEqual([
      'FFmpeg: skipped',
      'Container engine: skipped',
      'Graphics cards: skipped',
    ]);
    for (const { hint, ok } of Object.values(found)) expect([hint, ok]).toEqual([expect.any(String), true]);
  });

  test.each<[string, Machine]>([
    ['a pipeline of the workspace', { files: { studio: container } }],
    ['settings in which nothing stands in', { settings: { fallback: false } }],
    ['a mapping of the user', { settings: { pipelines: { low: 'auteur-flux:1.0-draft' } } }],
  ])('is a warning where %s needs it', async (_, machine) => {
    const { 'Container engine': engine } = await aMachine(machine).look();
    expect(engine).toMatchObject({
      level: 'warning',
      detail: expect.stringContaining('no socket') as string,
    });
    expect(engine?.hint).toContain('Start Docker');
  });

  test('is told of with version, address and what it hands over', async () => {
    const engine = await engineSaying(docker);
    const { 'Container engine': plain } = await aMachine({ engine }).look();
    expect(plain).toMatchObject({ level: 'ok' });
    expect(plain?.detail).toMatch(/^Docker Engine 28\.2\.2 at .+; it knows no NVIDIA cards$/);
    const able = await engineSaying({ ...docker, Runtimes: { nvidia: {} } });
    const found = await aMachine({ engine: able, cards: [card] }).look();
    expect(found['Container engine']?.detail).toContain('hands NVIDIA cards over');
    expect(found['Graphics cards']).toMatchObject({ level: 'ok', detail: 'RTX 4090 (24 GB)' });
  });
});

test('a card that the engine does not hand over is a warning, broken settings are to be mended', async () => {
  const engine = await engineSaying(docker);
  const found = await aMachine({ engine, cards: [card] }).look();
  expect(found['Graphics cards']).toMatchObject({ level: 'warning' });
  expect(found['Graphics cards']?.hint).toContain('nvidia-ctk');
  expect((await aMachine({ cards: [card] }).look())['Graphics cards']?.level).toBe('ok');
  const broken = await aMachine({ settings: { devices: [{ id: 'rtx4090', vramGb: 24 }] } }).look();
  expect(broken['Graphics cards']).toMatchObject({ level: 'failed', ok: false });
});

test('a ComfyUI server is asked only where its pipeline is allowed', async () => {
  const server = await comfyServer();
  const files = { noise: { kind: 'comfyui', server: server.url, workflow: noiseGraph() } };
  const { look, workspace, catalogue } = aMachine({ files });
  const name = `ComfyUI ${server.url}`;
  expect((await look())[name]).toMatchObject({
    level: 'skipped',
    detail: expect.stringContaining('noise') as string,
  });
  expect(server.requests).toEqual([]);
  await catalogue.allow(workspace, 'noise');
  expect((await look())[name]).toMatchObject({ level: 'ok', detail: 'ComfyUI 0.8.0 on cuda:0 Test Card' });
  await server.stop();
  expect((await look())[name]).toMatchObject({ level: 'warning' });
});

test('what hangs is told of as that, and keeps nothing else', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  onTestFinished(() => void silent.close());
  const address = silent.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const engine = new ContainerEngine(
    new EngineLink(() => Promise.resolve({ protocol: 'http', host: '127.0.0.1', port })),
  );
  const found = await aMachine({ engine }).look(50);
  expect(found['Container engine']).toMatchObject({
    level: 'warning',
    detail: 'it did not answer within 0.05 s',
  });
});
