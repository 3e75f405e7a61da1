import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { aJob } from '../../../test/builders/aJob.ts';
import { changes, snapshot } from '../../../test/lib/hostileFolder.ts';
import { codeOf, image, machine } from '../../../test/lib/pipelineMachine.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { AuteurError } from '../../core/errors.ts';
import { shownOf } from '../../core/protocol/pipelineViews.ts';
import { RunnerConfig } from '../runnerConfig.ts';

describe('the pipeline of a take', () => {
  it('is what its quality is mapped to, with its digest', async () => {
    const { catalogue, workspace } = machine();
    const { pipeline, definition, fallback } = await catalogue.choose(workspace, 'standard', undefined);
    expect(pipeline).toEqual({
      id: 'auteur-flux:1.0-standard',
      kind: 'container',
      version: 'sha256:auteur-flux:1.0-standard',
    });
    expect(definition).toMatchObject({ vramGb: 16 });
    expect(fallback).toBeUndefined();
  });

  it('is the storyboard where that cannot run, which says why', async () => {
    const { catalogue, workspace } = machine({ runs: false });
    const { pipeline, fallback } = await catalogue.choose(workspace, 'low', 'auto');
    expect(pipeline.id).toBe('storyboard');
    expect(fallback).toMatchObject({ from: 'auteur-flux:1.0-draft' });
    expect(fallback?.reason).toContain('nobody listens');
  });

  it('is none where nothing is to stand in, or it was asked for by name', async () => {
    const strict = machine({ runs: false, wishes: { fallback: false } });
    expect(await codeOf(strict.catalogue.choose(strict.workspace, 'low', undefined))).toBe(
      'engine-not-running',
    );
    const { catalogue, workspace } = machine({ runs: false });
    expect(await codeOf(catalogue.choose(workspace, 'low', 'mine'))).toBe('engine-not-running');
    expect(await codeOf(catalogue.choose(workspace, 'low', 'nobodys'))).toBe('pipeline-unknown');
  });

  it('is another where the user has mapped the quality to it', async () => {
    const { catalogue, workspace } = machine({ wishes: { pipelines: { low: 'mine', high: 'storyboard' } } });
    expect((await catalogue.choose(workspace, 'low', undefined)).definition).toMatchObject({
      image: 'mine:1',
    });
    expect((await catalogue.choose(workspace, 'high', undefined)).pipeline.id).toBe('storyboard');
  });

  it('of a workspace is used after the user has allowed what it runs, and asked about again when that changes', async () => {
    const { catalogue, workspace, library, define } = machine();
    expect(await codeOf(catalogue.choose(workspace, 'low', 'studio'))).toBe('pipeline-not-allowed');
    expect((await catalogue.allow(workspace, 'studio')).runs).toBe(`the image ${image}`);
    expect((await catalogue.choose(workspace, 'low', 'studio')).pipeline.id).toBe('studio');
    expect(await codeOf(catalogue.allow(workspace, 'storyboard'))).toBe('pipeline-needs-no-word');
    define(library, 'Studio', { image: 'somebody/else:1', name: 'Of the studio', parameters: { url: 'x' } });
    await expect(catalogue.choose(workspace, 'low', 'studio')).rejects.toMatchObject({
      code: 'pipeline-changed',
      data: { changes: 'image, parameters', what: 'the image somebody/else:1', pipeline: 'studio' },
    });
    define(library, 'Studio', { name: 'Of the studio' });
    expect((await catalogue.choose(workspace, 'low', 'studio')).origin).toBe('workspace');
  });

  it('of a workspace is allowed as the user was shown it, and asked about once more where it is another by then', async () => {
    const { catalogue, workspace, library, define } = machine();
    const shown = async (): Promise<string | undefined> => {
      const error: unknown = await catalogue
        .choose(workspace, 'low', 'studio')
        .catch((held: unknown) => held);
      return AuteurError.is(error) ? shownOf(error.data) : undefined;
    };
    const before = await shown();
    define(library, 'Studio', { command: ['rm', '-r', '/'] });
    expect(await codeOf(catalogue.allow(workspace, 'studio', before))).toBe('pipeline-not-allowed');
    expect(await codeOf(catalogue.choose(workspace, 'low', 'studio'))).toBe('pipeline-not-allowed');
    await catalogue.allow(workspace, 'studio', await shown());
    expect((await catalogue.choose(workspace, 'low', 'studio')).pipeline.id).toBe('studio');
  });

  it('of a workspace runs the image that was meant, until the user has said so of another', async () => {
    const { catalogue, workspace, images } = machine();
    const choose = () => catalogue.choose(workspace, 'low', 'studio');
    const accept = async () => catalogue.accept(workspace, await choose());
    images.set(image, '');
    await catalogue.allow(workspace, 'studio');
    await accept();
    expect((await choose()).pipeline.version).toBe(image);
    // The first that comes is meant.
    images.set(image, 'sha256:1111111111111111');
    await accept();
    expect((await choose()).pipeline.version).toBe('sha256:1111111111111111');
    images.set(image, 'sha256:2222222222222222');
    await expect(choose()).rejects.toMatchObject({
      code: 'pipeline-image-changed',
      data: { image, before: '111111111111', now: '222222222222', place: workspace, pipeline: 'studio' },
    });
    const held = (await catalogue.list(workspace)).pipelines.at(-1);
    expect(held).toMatchObject({ obstacle: { code: 'pipeline-image-changed' }, image: { bytes: 1024 } });
    await catalogue.allow(workspace, 'studio');
    expect((await choose()).pipeline.version).toBe('sha256:2222222222222222');
  });

  it('is asked about once more when it runs: the name may stand for another image by then', async () => {
    const { catalogue, workspace, word, images } = machine();
    images.set(image, '');
    await catalogue.allow(workspace, 'studio');
    const job = aJob({ ...(await catalogue.choose(workspace, 'low', 'studio')) });
    await word.requireFetch(job);
    await word.requireRun(job, 'sha256:1');
    await word.requireRun(job, 'sha256:1');
    expect(await codeOf(word.requireRun(job, 'sha256:2'))).toBe('pipeline-image-changed');
    const definition = { ...job.definition, memoryGb: 99 } as typeof job.definition;
    expect(await codeOf(word.requireRun({ ...job, definition }, 'sha256:1'))).toBe('pipeline-changed');
    expect(await codeOf(word.requireFetch({ ...job, definition }))).toBe('image-not-allowed');
  });

  it('of Auteur builds no image without the word of the user; the own ones of the user do', async () => {
    const { catalogue, workspace, word, images } = machine({ wishes: { fallback: false } });
    images.set('auteur-flux:1.0-draft', '').set('mine:1', '');
    const choose = () => catalogue.choose(workspace, 'low', undefined);
    await expect(choose()).rejects.toMatchObject({
      code: 'image-not-built',
      data: { image: 'auteur-flux:1.0-draft', pipeline: 'auteur-flux:1.0-draft', place: workspace },
    });
    images.delete('auteur-flux:1.0-draft');
    const job = aJob({ ...(await choose()) });
    // It was there when the job was accepted, and is not when it runs.
    expect(await codeOf(word.requireFetch(job))).toBe('image-not-built');
    await catalogue.allow(workspace, 'auteur-flux:1.0-draft');
    images.set('auteur-flux:1.0-draft', '');
    await word.requireFetch(aJob({ ...(await choose()) }));
    await word.requireFetch(aJob({ ...(await catalogue.choose(workspace, 'low', 'mine')) }));
  });

  it('is asked about where what the user said cannot be read', async () => {
    const { catalogue, workspace, home } = machine();
    await catalogue.allow(workspace, 'studio');
    const folder = join(home, 'allowed');
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), '{"pipeline": "stu');
    expect(await codeOf(catalogue.choose(workspace, 'low', 'studio'))).toBe('pipeline-not-allowed');
  });

  it('of a workspace hides none of Auteur or of the user', async () => {
    const { catalogue, workspace, library, define } = machine();
    define(library, 'mine', { image: 'hidden:1' });
    define(library, 'draft', { id: 'auteur-flux:1.0-draft', image: 'hidden:1' });
    expect((await catalogue.choose(workspace, 'low', 'mine')).definition).toMatchObject({ image: 'mine:1' });
    expect((await catalogue.choose(workspace, 'low', undefined)).definition).toMatchObject({
      image: 'auteur-flux:1.0-draft',
    });
  });
});

describe('a take that came with its film', () => {
  const definition = {
    kind: 'container',
    image: 'somebody/else:1',
    vramGb: 0,
    timeLimitMinutes: 60,
    parameters: {},
    memoryGb: 16,
  };
  const take = (id: string, more: object) =>
    ({
      pipeline: { id, kind: 'container', version: 'sha256:0' },
      definition: { ...definition, ...more },
      quality: 'low',
    }) as never;

  it.each(['auteur-flux:1.0-draft', 'mine', 'studio', 'nobodys'])(
    'runs nothing of its own under the name %s, and is made by what its quality is mapped to',
    async (id) => {
      const { catalogue, workspace } = machine();
      const again = await catalogue.again(workspace, take(id, {}));
      expect(again.definition).not.toMatchObject({ image: 'somebody/else:1' });
      expect(again).toEqual(await catalogue.choose(workspace, 'low', undefined));
      expect(await (await catalogue.here(workspace)).again(take(id, {}))).toBeUndefined();
    },
  );

  it('is made again by what the user has under that name, in the version that is here', async () => {
    const { catalogue, workspace } = machine();
    const again = await catalogue.again(workspace, take('mine', { image: 'mine:1', timeLimitMinutes: 5 }));
    expect(again).toMatchObject({ pipeline: { version: 'sha256:mine:1' }, origin: 'machine' });
  });

  it('runs what the user has allowed of the workspace, with the parameters of the take', async () => {
    const { catalogue, workspace, word } = machine();
    const taken = take('studio', { image, parameters: { steps: 3 } });
    expect(await codeOf(catalogue.again(workspace, taken))).toBe('pipeline-not-allowed');
    await catalogue.allow(workspace, 'studio');
    const again = await catalogue.again(workspace, taken);
    const job = aJob({ projectRoot: workspace, ...again });
    expect(job.definition?.parameters).toEqual({ steps: 3 });
    expect(await codeOf(word.requireRun(job, `sha256:${image}`))).toBe('pipeline-changed');
    await catalogue.accept(workspace, again);
    await word.requireRun(job, `sha256:${image}`);
  });
});

test('looking at what would run binds the user to no image', async () => {
  const { catalogue, workspace, images, home } = machine({ wishes: { pipelines: { low: 'studio' } } });
  images.set(image, '');
  await catalogue.allow(workspace, 'studio');
  const before = snapshot(join(home, 'allowed'));
  for (const digest of ['sha256:1', 'sha256:2']) {
    images.set(image, digest);
    const chosen = await catalogue.choose(workspace, 'low', undefined);
    expect(chosen.pipeline).toMatchObject({ id: 'studio', version: digest });
    await catalogue.list(workspace);
    const again = { ...chosen, definition: { ...chosen.definition, vramGb: 3 }, quality: 'low' } as never;
    expect((await catalogue.again(workspace, again)).definition?.vramGb).toBe(3);
    expect(await (await catalogue.here(workspace)).again(again)).toBeDefined();
  }
  expect(changes(before, snapshot(join(home, 'allowed')))).toEqual([]);
});

describe('the list of pipelines', () => {
  it('says of each what it is for, and names the files that define none', async () => {
    const { catalogue, workspace, library, define } = machine({ wishes: { pipelines: { low: 'mine' } } });
    writeFileSync(join(library, 'broken.pipeline.json'), '{');
    define(library, 'option', { image: '--privileged' });
    define(library, 'newer', { schemaVersion: 9 });
    const { pipelines, problems } = await catalogue.list(workspace);
    expect(pipelines.map(({ id, origin, qualities }) => `${id} ${origin} ${qualities.join()}`)).toEqual([
      'storyboard built-in ',
      'mine machine low',
      'auteur-flux:1.0-draft built-in ',
      'auteur-flux:1.0-standard built-in standard',
      'auteur-flux:1.0-cinematic built-in high',
      'studio workspace ',
    ]);
    expect(pipelines.at(-1)?.obstacle?.code).toBe('pipeline-not-allowed');
    expect(problems.map(({ file }) => file.replace(`${library}/`, '')).sort()).toEqual([
      'broken.pipeline.json',
      'newer.pipeline.json',
      'option.pipeline.json',
    ]);
  });
});

describe('settings of the runner', () => {
  it('of the window count before those of the file, and are refused where they cannot be', async () => {
    const home = tempFolder();
    writeFileSync(join(home, 'runner.json'), JSON.stringify({ fallback: false, pipelines: { low: 'mine' } }));
    const config = new RunnerConfig(home, { fallback: true });
    expect(await config.read()).toMatchObject({ fallback: true, pipelines: { low: 'mine' } });
    config.set({ devices: [{ id: 'gpu0' }] });
    expect(await codeOf(config.read())).toBe('runner-setting-invalid');
  });
});
