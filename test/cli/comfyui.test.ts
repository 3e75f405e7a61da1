import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Take } from '../../src/core/model/take.ts';
import { ComfyServer } from '../lib/comfy/comfyServer.ts';
import { noiseGraph, textGraph } from '../lib/comfy/graphs.ts';
import { createTestHome, type TestHome } from '../lib/testHome.ts';
import { auteur, auteurJson, git, makeFilm, start, type Place } from './auteur.ts';
import { ErrorReply, GenerateReply } from './shapes.ts';

const shot = '01/01/01';
let home: TestHome;
let film: Place;
let server: ComfyServer;

beforeEach(async () => {
  home = await createTestHome();
  [film, server] = [await makeFilm(home, 1), await ComfyServer.start()];
  await auteur(film, 'set', 'film', 'resolution=160x90');
});
afterEach(async () => {
  await server.stop();
  await home.dispose();
});

async function exported(name: string, workflow: object): Promise<string> {
  const path = join(home.root, name);
  await writeFile(path, JSON.stringify(workflow));
  return path;
}

async function sidecar(number: number): Promise<Take> {
  const name = `S01_S01_take${String(number).padStart(2, '0')}.json`;
  const path = join(film.cwd, '03_Renders/Chapter_01/Scene_01/Shot_01', name);
  return Take.parse(JSON.parse(await readFile(path, 'utf8')));
}

test('an exported workflow becomes a pipeline, and the pipeline takes that can be made again', async () => {
  const workflow = await exported('Portrait v2.json', textGraph());
  const added = await auteur(film, 'pipelines', 'add', workflow, '--server', server.url);
  expect(added.stdout).toContain('prompt    goes into text of node 6');
  expect(added.stdout).toContain('reference was not found');
  const made = GenerateReply.parse(await auteurJson(film, 'generate', shot, '--pipeline', 'portrait-v2'));
  expect(made).toMatchObject({ takes: [{ take: 1, pipeline: 'portrait-v2' }], failed: [] });
  const take = await sidecar(1);
  expect(take).toMatchObject({
    pipeline: { kind: 'comfyui' },
    definition: { kind: 'comfyui', server: server.url, workflow: textGraph() },
    files: [{ mediaType: 'image/png', width: 160, height: 90 }],
  });
  expect(take.pipeline.version).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(await git(film, 'status', '--porcelain')).toBe('');
  expect(await git(film, 'lfs', 'ls-files')).toContain('S01_S01_take01.png');
  await auteur(film, 'generate', shot, '--recipe', '1');
  expect((await sidecar(2)).seed).toBe(take.seed);
  expect(server.disk.outputs.size).toBe(2);
});

test('a workflow that came with the workspace asks once, and one that is broken says why', async () => {
  const folder = join(home.workspace, 'Library', 'Pipeline_Templates');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'noise.workflow.json'), JSON.stringify(noiseGraph()));
  const inputs = { seed: { node: '2', input: 'seed' }, prompt: { node: '9', input: 'text' } };
  const file = join(folder, 'noise.pipeline.json');
  const definition = {
    schemaVersion: 1,
    kind: 'comfyui',
    server: server.url,
    workflow: 'noise.workflow.json',
  };
  await writeFile(file, JSON.stringify({ ...definition, inputs }));
  const refused = async () =>
    ErrorReply.parse(await auteurJson(film, 'generate', shot, '--pipeline', 'noise')).error;
  expect((await refused()).code).toBe('pipeline-not-allowed');
  expect(server.requests).toEqual([]);
  await auteur(film, 'pipelines', 'allow', 'noise');
  expect(await refused()).toMatchObject({
    code: 'comfyui-mapping-broken',
    message: expect.stringContaining('puts "prompt" into input text of node 9') as unknown,
  });
  await writeFile(file, JSON.stringify({ ...definition, inputs: { seed: inputs.seed } }));
  expect((await refused()).code).toBe('pipeline-changed');
  await auteur(film, 'pipelines', 'allow', 'noise');
  const made = await auteurJson(film, 'generate', shot, '--pipeline', 'noise', '--takes', '2');
  expect(GenerateReply.parse(made).takes).toHaveLength(2);
  await server.stop();
  expect((await refused()).code).toBe('comfyui-not-running');
});

test('a take whose program was killed is waited for and fetched by the next one', async () => {
  const workflow = await exported('portrait.json', textGraph());
  await auteur(film, 'pipelines', 'add', workflow, '--server', server.url);
  const reached = server.hold('KSampler');
  const running = start(film, ['generate', shot, '--pipeline', 'portrait']);
  await reached;
  running.child.kill('SIGKILL');
  await running.ended;
  const next = auteur(film, 'worker', '--once');
  await vi.waitFor(() => {
    expect(server.connections).toBe(2);
  }, 60_000);
  server.release('KSampler');
  await next;
  expect((await sidecar(1)).files).toHaveLength(1);
  expect(server.posted('/prompt')).toHaveLength(1);
});
