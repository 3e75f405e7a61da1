import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobView } from '../../src/core/protocol/views.ts';
import { readFolder } from '../../src/core/storage/locate.ts';
import { homeLabel } from '../../src/runner/pipelines/container/containerSpec.ts';
import { containerFilm, made, type ContainerFilm } from './containerFilm.ts';
import { makesPicture } from '../lib/makesPicture.ts';
import { tempFolder } from '../lib/tempFolder.ts';
import { TestEngine, testImage } from '../lib/testEngine.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await TestEngine.start();
});
afterAll(async () => {
  await engine.dispose();
});

async function one(film: ContainerFilm, pipeline: string): Promise<JobView> {
  const [job] = await made(film.studio(), film.root, pipeline);
  if (job === undefined) throw new Error('no job');
  return job;
}

/** Nothing is left of a job but its take or its error, and its log. */
async function expectTidy(film: ContainerFilm): Promise<void> {
  expect(await engine.docker('ps', '-aq')).toBe('');
  expect(readdirSync(join(film.root, '.auteur/work'))).toEqual([]);
  expect(readdirSync(join(film.root, '.auteur/outbox'))).toEqual([]);
  expect(readdirSync(join(film.home, 'containers'))).toEqual([]);
}

describe('a pipeline in a container', () => {
  it('makes a take that says which image made it, and leaves nothing behind', async () => {
    const film = await containerFilm(engine);
    film.pipeline('picture', `echo drawing; cat /auteur/job.json\n${makesPicture}`, {
      parameters: { steps: 4 },
    });
    const job = await one(film, 'picture');
    expect(job.error).toBeUndefined();
    const [take] = await film.takes();
    const image = await engine.docker('image', 'inspect', '-f', '{{.Id}}', testImage);
    expect(take?.pipeline).toEqual({ id: 'picture', kind: 'container', version: image });
    expect(take?.definition).toMatchObject({ kind: 'container', image: testImage });
    expect(take?.files).toMatchObject([{ mediaType: 'image/png', width: 1, height: 1 }]);
    expect(film.log(job.id)).toContain('drawing');
    expect(film.log(job.id)).toContain(`"seed": ${take?.seed}`);
    expect(film.log(job.id)).toContain('"steps": 4');
    await expectTidy(film);
  });

  it('tells how far it is as it goes on', async () => {
    const film = await containerFilm(engine);
    const steps = [1, 2, 3].map(
      (step) => `echo '{"type":"progress","progress":0.${step},"step":"Step ${step}"}'; sleep 0.2`,
    );
    film.pipeline('steps', [...steps, makesPicture].join('\n'));
    const studio = film.studio();
    const seen = new Set<string>();
    studio.onJobs((jobs) => {
      for (const { progress, step } of jobs) seen.add(`${step} ${progress}`);
    });
    await made(studio, film.root, 'steps');
    expect([...seen]).toEqual(expect.arrayContaining(['Step 1 0.1', 'Step 2 0.2', 'Step 3 0.3']));
  });

  it('sees its job and the models, and can write nothing but its output', async () => {
    const film = await containerFilm(engine);
    const tries = [
      'touch /here 2>/dev/null && echo root-writable',
      'touch /auteur/job.json 2>/dev/null; echo x 2>/dev/null >/auteur/job.json && echo job-writable',
      'touch /auteur/inputs/x 2>/dev/null && echo inputs-writable',
      'touch /models/x 2>/dev/null && echo models-writable',
      'touch /tmp/x && echo tmp-writable',
      'cat /models/lora.txt',
      'grep -c . /proc/net/dev',
      'grep -E "CapEff|NoNewPrivs" /proc/self/status',
      'id -u',
    ];
    writeFileSync(join(film.workspace, 'Library/AI_Models/lora.txt'), 'a model\n');
    film.pipeline('tries', `{ ${tries.join('\n')}\n} 2>&1\n${makesPicture}`);
    const log = film.log((await one(film, 'tries')).id);
    expect(log).not.toMatch(/(root|job|inputs|models)-writable/);
    expect(log).toContain('tmp-writable');
    expect(log).toContain('a model');
    expect(log).toMatch(/CapEff:\s0+$/m);
    expect(log).toMatch(/NoNewPrivs:\s1$/m);
    expect(log).toContain(String(process.getuid?.()));
  });

  it('is held as DESIGN says, as the engine shows it', async () => {
    const film = await containerFilm(engine);
    film.pipeline('waits', 'trap "exit 143" TERM; echo I wait; sleep 60 & wait', { memoryGb: 0.25 });
    const studio = film.studio();
    await studio.openProject(film.root);
    const [job] = await studio.generate({ root: film.root, addresses: [], pipeline: 'waits' });
    await expect.poll(() => engine.docker('ps', '-q'), { timeout: 20_000 }).not.toBe('');
    const [found] = JSON.parse(await engine.docker('inspect', `auteur-${job?.id ?? ''}`)) as [Inspected];
    expect(found.HostConfig).toMatchObject({
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      PidsLimit: 4096,
      Memory: 256 * 1024 ** 2,
      MemorySwap: 256 * 1024 ** 2,
      Privileged: false,
      AutoRemove: false,
    });
    expect(found.Mounts.map(({ Destination, RW }) => `${Destination} ${RW ? 'rw' : 'ro'}`).sort()).toEqual([
      '/auteur/inputs ro',
      '/auteur/job.json ro',
      '/auteur/output rw',
      '/models ro',
    ]);
    expect(found.Config.Labels).toMatchObject({
      'auteur.job': job?.id,
      'auteur.attempt': '1',
      'auteur.home': await homeLabel(film.home),
    });
    if (job === undefined) throw new Error('no job');
    await expect.poll(async () => (await studio.jobLog(job.id)).text).toBe('I wait\n');
    await studio.cancelJob(job.id);
    await expect.poll(() => engine.docker('ps', '-aq'), { timeout: 20_000 }).toBe('');
    await expect.poll(() => readdirSync(join(film.root, '.auteur/work'))).toEqual([]);
    expect(await film.takes()).toEqual([]);
  });

  it('gives reference pictures to read, and says in the take which', async () => {
    const film = await containerFilm(engine);
    const folder = join(film.root, '01_Assets/Locations/Pier');
    const studio = film.studio();
    await studio.edit(film.root, { kind: 'addAsset', category: 'locations', name: 'Pier' });
    writeFileSync(join(folder, 'pier.png'), 'a pier');
    await studio.edit(film.root, { kind: 'set', addresses: ['01/01'], values: { location: 'Pier' } });
    film.pipeline('looks', `cat /auteur/inputs/01.png; echo; cat /auteur/job.json\n${makesPicture}`);
    const job = await one(film, 'looks');
    expect(job.error).toBeUndefined();
    expect(film.log(job.id)).toContain('a pier');
    expect(film.log(job.id)).toContain('"path": "/auteur/inputs/01.png"');
    expect((await film.takes())[0]?.inputs.map(({ path }) => path)).toContain(
      '01_Assets/Locations/Pier/pier.png',
    );
  });
});

describe('an image that a pipeline is built from', () => {
  it('is built where it is missing, once the user has allowed what it holds', async () => {
    const film = await containerFilm(engine);
    const templates = join(film.workspace, 'Library/Pipeline_Templates');
    mkdirSync(join(templates, 'built'), { recursive: true });
    const dockerfile = ['FROM auteur-test:1', 'COPY word.txt /word.txt', 'RUN echo made >/made.txt'].join(
      '\n',
    );
    writeFileSync(join(templates, 'built/Dockerfile'), dockerfile);
    writeFileSync(join(templates, 'built/word.txt'), 'a word');
    const command = ['/bin/sh', '-c', `cat /word.txt /made.txt\n${makesPicture}`];
    const definition = {
      schemaVersion: 1,
      kind: 'container',
      image: 'auteur-built:1',
      build: 'built',
      command,
    };
    writeFileSync(join(templates, 'built.pipeline.json'), JSON.stringify(definition));
    const studio = film.studio();
    await expect(made(studio, film.root, 'built')).rejects.toMatchObject({ code: 'pipeline-not-allowed' });
    await studio.allowPipeline(film.root, 'built');
    const seen = new Set<string>();
    studio.onJobs((jobs) => {
      for (const { step } of jobs) seen.add(step);
    });
    const [job] = await made(studio, film.root, 'built');
    expect(job?.error).toBeUndefined();
    expect(film.log(job?.id as never)).toMatch(/Step (\d+)\/\1 [^]*a wordmade/);
    expect([...seen]).toContainEqual(expect.stringContaining('Building the image auteur-built:1'));
    const [take] = await film.takes();
    expect(take?.definition).toMatchObject({ build: { context: 'built' } });
    writeFileSync(join(templates, 'built/Dockerfile'), `${dockerfile}\nRUN echo no >&2; exit 3`);
    await expect(made(studio, film.root, 'built')).rejects.toMatchObject({ code: 'pipeline-changed' });
    await engine.docker('rmi', 'auteur-built:1');
    await studio.allowPipeline(film.root, 'built');
    const [failed] = await made(studio, film.root, 'built');
    expect(failed?.error).toMatchObject({ code: 'image-build-failed' });
    expect(failed?.error?.message).toMatch(/non-zero code: 3/);
    writeFileSync(join(templates, 'built/Dockerfile'), 'FROM auteur-test:1\nRUN sleep 600');
    await studio.allowPipeline(film.root, 'built');
    const [cancelled] = await studio.generate({ root: film.root, addresses: [], pipeline: 'built' });
    await expect.poll(() => engine.docker('ps', '-q'), { timeout: 20_000 }).not.toBe('');
    if (cancelled !== undefined) await studio.cancelJob(cancelled.id);
    await expect.poll(() => engine.docker('ps', '-aq'), { timeout: 20_000 }).toBe('');
    await expect.poll(() => readFolder(join(film.home, 'containers'))).toEqual([]);
    await expectTidy(film);
  });

  it('of Auteur is built of what came with it, under each of its names, once the user has said so', async () => {
    const film = await containerFilm(engine);
    film.settings({ devices: [{ id: 'card', name: 'A card', vramGb: 24, access: 'none' }] });
    const assets = tempFolder();
    const flux = join(assets, 'pipelines/flux');
    mkdirSync(flux, { recursive: true });
    writeFileSync(join(flux, 'make.sh'), makesPicture);
    const dockerfile = ['FROM auteur-test:1', 'COPY make.sh /', 'ENTRYPOINT ["/bin/sh", "/make.sh"]'];
    writeFileSync(join(flux, 'Dockerfile'), dockerfile.join('\n'));
    const studio = film.studio(assets);
    for (const name of ['auteur-flux:1.0-draft', 'auteur-flux:1.0-cinematic']) {
      await expect(made(studio, film.root, name)).rejects.toMatchObject({ code: 'image-not-built' });
      await studio.allowPipeline(film.root, name);
      const [job] = await made(studio, film.root, name);
      expect(job?.error).toBeUndefined();
    }
    // An update of Auteur: what has the name is not what it stands for now.
    writeFileSync(join(flux, 'make.sh'), `${makesPicture}\n# newer`);
    await made(studio, film.root, 'auteur-flux:1.0-draft');
    const images = (await film.takes()).map(({ pipeline: { id, version } }) => `${id} ${version}`);
    expect(new Set(images).size).toBe(3);
    expect(images.every((one) => /^auteur-flux:1.0-(draft|cinematic) sha256:/.test(one))).toBe(true);
    await expectTidy(film);
  });
});

interface Inspected {
  readonly HostConfig: Record<string, unknown>;
  readonly Mounts: readonly { readonly Destination: string; readonly RW: boolean }[];
  readonly Config: { readonly Labels: Record<string, string> };
}
