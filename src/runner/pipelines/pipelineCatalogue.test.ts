import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakePipeline } from '../../../test/fakes/fakePipeline.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { AuteurError } from '../../core/errors.ts';
import type { RunnerWishes } from '../../core/model/runnerSettings.ts';
import { RunnerConfig } from '../runnerConfig.ts';
import { AllowedPipelines } from './allowedPipelines.ts';
import { engineFor } from './engineOf.ts';
import { PipelineCatalogue } from './pipelineCatalogue.ts';

const image = 'studio/flux:1';

/** A machine on which containers run, or not, and a workspace that defines a pipeline. */
function machine({ wishes = {}, runs = true }: { wishes?: RunnerWishes; runs?: boolean } = {}) {
  const [home, workspace] = [tempFolder(), tempFolder()];
  const library = join(workspace, 'Library/Pipeline_Templates');
  mkdirSync(library, { recursive: true });
  mkdirSync(join(home, 'pipelines'));
  const define = (folder: string, name: string, fields: Record<string, unknown>): void => {
    const definition = { schemaVersion: 1, kind: 'container', image, ...fields };
    writeFileSync(join(folder, `${name}.pipeline.json`), JSON.stringify(definition));
  };
  define(library, 'Studio', { name: 'Of the studio' });
  define(join(home, 'pipelines'), 'mine', { image: 'mine:1' });
  const engine = engineFor('container', {
    pipeline: (ref) => ({ ...fakePipeline(), ref }),
    version: (definition) => Promise.resolve(`digest of ${definition.image}`),
    obstacle: () =>
      Promise.resolve(
        runs
          ? undefined
          : new AuteurError('engine-not-running', { address: '/a.sock', reason: 'nobody listens' }),
      ),
    sweep: () => Promise.resolve(),
  });
  const catalogue = new PipelineCatalogue({
    storyboard: fakePipeline(),
    engines: { container: engine, comfyui: engine },
    home,
    config: new RunnerConfig(home, wishes),
    allowed: new AllowedPipelines(home),
  });
  return { catalogue, workspace, library, define, home };
}

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  return AuteurError.is(error) ? error.code : undefined;
}

describe('the pipeline of a take', () => {
  it('is what its quality is mapped to, with its digest', async () => {
    const { catalogue, workspace } = machine();
    const { pipeline, definition, fallback } = await catalogue.choose(workspace, 'standard', undefined);
    expect(pipeline).toEqual({
      id: 'auteur-flux:1.0-standard',
      kind: 'container',
      version: 'digest of auteur-flux:1.0-standard',
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
    define(library, 'Studio', { vramGb: 8 });
    expect((await catalogue.choose(workspace, 'low', 'studio')).definition?.vramGb).toBe(8);
    define(library, 'Studio', { image: 'somebody/else:1' });
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
    'runs nothing of its own under the name %s without the word of the user',
    async (id) => {
      const { catalogue, workspace } = machine();
      expect(await codeOf(catalogue.again(workspace, take(id, {})))).toBe('pipeline-not-allowed');
      expect(await (await catalogue.here(workspace)).again(take(id, {}))).toBeUndefined();
    },
  );

  it('is made again by what the user has under that name, in the version that is here', async () => {
    const { catalogue, workspace } = machine();
    const again = await catalogue.again(workspace, take('mine', { image: 'mine:1' }));
    expect(again.pipeline.version).toBe('digest of mine:1');
  });
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
