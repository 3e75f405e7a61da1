import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { aTake } from '../../test/builders/aTake.ts';
import { fakePipeline } from '../../test/fakes/fakePipeline.ts';
import { changes, snapshot } from '../../test/lib/hostileFolder.ts';
import { tempFolder } from '../../test/lib/tempFolder.ts';
import { textFilm } from '../../test/lib/textFilm.ts';
import type { JobId, ShotId } from '../core/model/ids.ts';
import type { RunnerSettings } from '../core/model/runnerSettings.ts';
import { FilmReading } from '../core/storage/filmReading.ts';
import { formatJson } from '../core/storage/jsonFile.ts';
import { nothingHere } from '../core/storage/takeSources.ts';
import { findShot, readProject } from '../core/storage/projectFiles.ts';
import { withProjectLock } from '../core/storage/projectLock.ts';
import { Devices } from './devices/devices.ts';
import { AllowedPipelines } from './pipelines/allowedPipelines.ts';
import { PipelineCatalogue } from './pipelines/pipelineCatalogue.ts';
import { whatRuns, type Engine } from './pipelines/pipelineEntry.ts';
import { planTakes, type PlanNeeds } from './planTakes.ts';
import { requestedJobs } from './requestedJobs.ts';
import { RunnerConfig } from './runnerConfig.ts';
import { createStudio, type RunningStudio } from './studio.ts';
import { TakeDesk } from './takeDesk.ts';

const folder = '03_Renders/Chapter_01/Scene_01/Shot_01';
const digest = `sha256:${'7'.repeat(64)}`;

/** An engine that has every image of these, and none else. */
function engineWith(...images: readonly string[]): Engine {
  return {
    pipeline: () => fakePipeline(),
    sweep: () => Promise.resolve(),
    version: (definition) => {
      const image = whatRuns(definition).replace('the image ', '');
      return Promise.resolve(images.includes(image) ? digest : image);
    },
    vramMb: () => Promise.resolve(undefined),
    image: (definition) => {
      const image = whatRuns(definition).replace('the image ', '');
      return Promise.resolve(images.includes(image) ? { id: digest, bytes: 1 } : undefined);
    },
    obstacle: () => Promise.resolve(undefined),
  };
}

async function planning(
  engine: Engine,
  settings: Partial<RunnerSettings> = {},
): Promise<PlanNeeds & { readonly home: string }> {
  const home = tempFolder();
  await writeFile(join(home, 'runner.json'), formatJson(settings));
  const config = new RunnerConfig(home);
  const allowed = new AllowedPipelines(home);
  const storyboard = fakePipeline();
  const engines = { container: engine, comfyui: engine };
  const needs = { storyboard, engines, home, shipped: home, config, allowed };
  return {
    home,
    catalogue: new PipelineCatalogue(needs),
    devices: new Devices(config, {
      detect: () => Promise.resolve([]),
      measureFree: () => Promise.resolve(new Map()),
    }),
    desk: new TakeDesk(new FilmReading({ keeps: false }), () => Promise.resolve(nothingHere)),
    waiting: () => Promise.resolve(new Map()),
    holders: () => Promise.resolve(new Map()),
  };
}

function studioIn(home: string, env: NodeJS.ProcessEnv = {}): RunningStudio {
  const studio = createStudio({
    ...{ assetsDir: home, home, trusted: true, claims: 'open', edits: 'leave', version: 'test', env },
    log: () => undefined,
  });
  onTestFinished(() => studio.close());
  return studio;
}

async function recordTake(root: string, number: number, shot = 1): Promise<JobId> {
  const take = aTake({ number });
  const at = folder.replace('Shot_01', `Shot_0${shot}`);
  await mkdir(join(root, at), { recursive: true });
  const name = `S01_S0${shot}_take${String(number).padStart(2, '0')}`;
  await writeFile(join(root, at, `${name}.json`), formatJson(take));
  await writeFile(join(root, at, `${name}.png`), 'png');
  return take.id;
}

test('a dry run writes nothing, makes no job, and says what is then accepted', async () => {
  const root = await textFilm({ shots: 2 });
  await recordTake(root, 4);
  const home = join(tempFolder(), 'state');
  const studio = studioIn(home);
  const before = snapshot(root);
  const request = { root, addresses: ['01/*/*'], takes: 2, seed: 41 };
  const plan = await studio.planTakes(request);
  expect(changes(before, snapshot(root))).toEqual([]);
  expect(existsSync(home)).toBe(false);
  expect(plan.map(({ address, number, seed, output }) => [address, number, seed, output])).toEqual([
    ['01/01/01', 5, 41, `${folder}/S01_S01_take05.png`],
    ['01/01/02', 1, 41, '03_Renders/Chapter_01/Scene_01/Shot_02/S01_S02_take01.png'],
    ['01/01/01', 6, 42, `${folder}/S01_S01_take06.png`],
    ['01/01/02', 2, 42, '03_Renders/Chapter_01/Scene_01/Shot_02/S01_S02_take02.png'],
  ]);
  expect(await studio.jobs({ root })).toEqual([]);

  // The film is not open in this studio: its jobs wait.
  const jobs = await studio.generate(request);
  const said = plan.map(({ address, seed, pipeline, fallback }) => ({ address, seed, pipeline, fallback }));
  expect(jobs).toMatchObject(said.map((one) => JSON.parse(JSON.stringify(one)) as object));
  expect((await studio.planTakes({ root, addresses: ['01/01/01'] })).map(({ number }) => number)).toEqual([
    7,
  ]);
});

test('a seed that nobody named is drawn later, that of a recipe is known', async () => {
  const root = await textFilm();
  const needs = await planning(engineWith());
  const [drawn] = await planTakes({ root, addresses: [] }, needs);
  expect(drawn).not.toHaveProperty('seed');
  await recordTake(root, 1);
  const [again] = await planTakes(
    { root, addresses: ['01/01/01'], recipe: { take: 1, anyway: true } },
    needs,
  );
  expect(again).toMatchObject({ seed: 1, number: 2 });
});

test('a container is named with its image, its digest and the cards that hold it, as they stand', async () => {
  const root = await textFilm();
  const devices = [
    { id: 'big', vramGb: 24 },
    { id: 'small', vramGb: 8 },
    { id: 'middle', name: 'Middle One', vramGb: 16 },
  ].map((one) => ({ access: 'none' as const, ...one }));
  const needs = await planning(engineWith('auteur-flux:1.0-draft'), { devices });
  const holders = () => Promise.resolve(new Map([['middle', '01/02/03']]));
  const [take] = await planTakes({ root, addresses: [] }, { ...needs, holders });
  expect(take).toMatchObject({
    pipeline: { id: 'auteur-flux:1.0-draft', kind: 'container', version: digest },
    image: 'auteur-flux:1.0-draft',
    digest,
    devices: [
      { id: 'middle', name: 'Middle One', vramGb: 16, heldBy: '01/02/03' },
      { id: 'big', name: 'big', vramGb: 24 },
    ],
    output: `${folder}/S01_S01_take01`,
    quality: 'low',
    prompt: { text: expect.stringContaining('Shot 1') as string },
  });
  expect(take).not.toHaveProperty('fallback');
});

test('an image that is not here has no digest, and what cannot run here is stood in for', async () => {
  const root = await textFilm();
  const needs = await planning(engineWith(), { pipelines: { low: 'own' } });
  const home = tempFolder();
  await mkdir(join(home, 'pipelines'));
  const own = { schemaVersion: 1, kind: 'container', image: 'studio/own:1' };
  await writeFile(join(home, 'pipelines', 'own.pipeline.json'), formatJson(own));
  const config = new RunnerConfig(home, { pipelines: { low: 'own' } });
  const catalogue = new PipelineCatalogue({
    ...{
      storyboard: fakePipeline(),
      engines: { container: engineWith(), comfyui: engineWith() },
      home,
      shipped: home,
      config,
    },
    allowed: new AllowedPipelines(home),
  });
  const [fetched] = await planTakes({ root, addresses: [] }, { ...needs, catalogue });
  expect(fetched).toMatchObject({ image: 'studio/own:1', pipeline: { id: 'own' } });
  expect(fetched).not.toHaveProperty('digest');
  expect(fetched).not.toHaveProperty('devices');
  const [fallen] = await planTakes({ root, addresses: [], quality: 'high' }, needs);
  expect(fallen).toMatchObject({ fallback: { from: 'auteur-flux:1.0-cinematic' } });
  expect(fallen).not.toHaveProperty('image');
});

test('stale takes that are being made anew already are not asked for once more', async () => {
  const root = await textFilm({ shots: 2 });
  const needs = await planning(engineWith());
  for (const shot of [1, 2]) await recordTake(root, 1, shot);
  const stale = async (waiting: PlanNeeds['waiting']): Promise<readonly string[]> =>
    (await planTakes({ root, addresses: [], stale: true }, { ...needs, waiting })).map(
      ({ address }) => address,
    );
  expect(await stale(needs.waiting)).toEqual(['01/01/01', '01/01/02']);
  const project = (await readProject(root)).value;
  const open = new Map<ShotId, number>();
  open.set((await findShot(root, project, '01/01/02')).shot.id, 2);
  expect(await stale(() => Promise.resolve(open))).toEqual(['01/01/01']);
  open.set((await findShot(root, project, '01/01/01')).shot.id, 1);
  await expect(stale(() => Promise.resolve(open))).rejects.toMatchObject({ code: 'stale-waiting' });
});

test('missing are the shots whose takes are all rejected, or that have none, and that none is made for', async () => {
  const root = await textFilm({ shots: 3 });
  const id = await recordTake(root, 1);
  const needs = await planning(engineWith());
  const missing = async (change: Partial<PlanNeeds> = {}): Promise<readonly string[]> =>
    (await planTakes({ root, addresses: ['**'], missing: true }, { ...needs, ...change })).map(
      ({ address }) => address,
    );
  expect(await missing()).toEqual(['01/01/02', '01/01/03']);
  const list = join(root, '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json');
  const rejected = `"description": "Shot 1", "activeTake": "${id}", "reviews": { "${id}": { "status": "rejected" } }`;
  const text = await readFile(list, 'utf8');
  await writeFile(list, text.replace('"description": "Shot 1"', rejected));
  expect(await missing()).toEqual(['01/01/01', '01/01/02', '01/01/03']);

  const { shot } = await findShot(root, (await readProject(root)).value, '01/01/02');
  const waiting = () => Promise.resolve(new Map([[shot.id, 1]]));
  expect(await missing({ waiting })).toEqual(['01/01/01', '01/01/03']);
  const only = { root, addresses: ['01/01/02'], missing: true };
  await expect(planTakes(only, { ...needs, waiting })).rejects.toMatchObject({ code: 'nothing-missing' });
});

/** An engine that leaves whoever asks without an answer until it is let go. */
async function hungEngine() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it has a port');
  const letGo = () => server.closeAllConnections();
  return { env: { DOCKER_HOST: `tcp://127.0.0.1:${address.port}` }, asked: once(server, 'request'), letGo };
}

test('while an engine is asked for new takes the film is not locked', async () => {
  const root = await textFilm();
  const { env, asked, letGo } = await hungEngine();
  const generated = studioIn(tempFolder(), env).generate({ root, addresses: [] });
  await asked;
  await withProjectLock(root, () => Promise.resolve(), { patienceMs: 100 });
  letGo();
  expect(await generated).toMatchObject([{ pipeline: { id: 'storyboard' }, status: 'pending' }]);
});

test('jobs are made of what the film says once all is found out, and of nothing that waits by then', async () => {
  const root = await textFilm({ shots: 3 });
  for (const shot of [1, 2, 3]) await recordTake(root, 1, shot);
  const open = new Map<ShotId, number>();
  const needs = { ...(await planning(engineWith())), waiting: () => Promise.resolve(open) };
  const all = await requestedJobs({ root, addresses: [] }, needs);
  const stale = await requestedJobs({ root, addresses: [], stale: true }, needs);
  const named = await requestedJobs({ root, addresses: ['01/01/02'] }, needs);
  const idOf = async (address: string) =>
    (await findShot(root, (await readProject(root)).value, address)).shot.id;
  const gone = await idOf('01/01/02');
  const list = join(root, '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json');
  const found = JSON.parse(await readFile(list, 'utf8')) as {
    shots: { number: number; description: string }[];
  };
  const shots = found.shots.filter(({ number }) => number !== 2);
  for (const shot of shots) shot.description = 'Rewritten';
  await writeFile(list, formatJson({ ...found, shots }));

  const jobs = await all();
  expect(jobs.map(({ address }) => address)).toEqual(['01/01/01', '01/01/03']);
  expect(jobs[0]?.prompt.text).toContain('Rewritten');
  await expect(named()).rejects.toMatchObject({ code: 'address-unknown' });
  open.set(await idOf('01/01/01'), 1);
  expect((await stale()).map(({ address }) => address)).toEqual(['01/01/03']);
  open.set(await idOf('01/01/03'), 1);
  await expect(stale()).rejects.toMatchObject({ code: 'nothing-to-generate', data: { where: 'the film' } });
  open.set(gone, 1);
  await expect(stale()).rejects.toMatchObject({ code: 'stale-waiting' });
});

test('a plan counts the memory of a card as the queue does: in whole megabytes', async () => {
  const root = await textFilm();
  const devices = [{ id: 'card', vramGb: 12, access: 'none' as const }];
  const needs = await planning(engineWith('own'), { devices, pipelines: { low: 'own' } });
  const own = { schemaVersion: 1, kind: 'container', image: 'own', vramGb: 12.0004 };
  await mkdir(join(needs.home, 'pipelines'));
  await writeFile(join(needs.home, 'pipelines', 'own.pipeline.json'), formatJson(own));
  const [take] = await planTakes({ root, addresses: [] }, needs);
  expect(take).toMatchObject({ pipeline: { id: 'own' }, devices: [{ id: 'card' }] });
});
