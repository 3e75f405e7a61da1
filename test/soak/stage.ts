import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { auteur, makeFilm } from '../cli/auteur.ts';
import type { Film } from '../faults/film.ts';
import { ComfyServer } from '../lib/comfy/comfyServer.ts';
import { noiseGraph } from '../lib/comfy/graphs.ts';
import { makesPicture } from '../lib/makesPicture.ts';
import { TestEngine, testImage } from '../lib/testEngine.ts';
import { createTestHome } from '../lib/testHome.ts';

/** A film, and a machine with a container engine, two graphics cards and a ComfyUI of their own. */
export interface Stage {
  readonly film: Film;
  readonly engine: TestEngine;
  readonly comfy: ComfyServer;
  /** @param keep whether the film and its machine's state are left, to be looked at */
  dispose(keep: boolean): Promise<void>;
}

interface Share {
  readonly pipeline: string;
  /** Of a hundred jobs. */
  readonly percent: number;
}

const shots = 6;

/** Which pipelines are asked for, and how often. */
const shares: readonly Share[] = [
  { pipeline: 'storyboard', percent: 18 },
  { pipeline: 'quick', percent: 22 },
  { pipeline: 'long', percent: 22 },
  { pipeline: 'card', percent: 18 },
  { pipeline: 'broken', percent: 4 },
  { pipeline: 'noise', percent: 16 },
];

/** Shell scripts in containers; how long each takes differs from job to job. */
const scripts: Readonly<Record<string, { readonly script: string; readonly vramGb?: number }>> = {
  quick: { script: `sleep 0.2\n${makesPicture}` },
  long: { script: `sleep $(($(date +%s) % 10 + 2))\n${makesPicture}` },
  card: { script: `sleep $(($(date +%s) % 6 + 2))\n${makesPicture}`, vramGb: 10 },
  broken: { script: 'sleep 0.2; echo "no such model"; exit 3' },
};

const devices = ['0', '1'].map((id) => ({
  ...{ id: `card${id}`, name: `Card ${id}`, vramGb: 12, access: 'none' },
}));

export async function openStage(): Promise<Stage> {
  const [engine, comfy, home] = await Promise.all([
    TestEngine.start(),
    ComfyServer.start(),
    createTestHome(),
  ]);
  const place = await makeFilm({ ...home, env: { ...home.env, ...engine.env } }, shots);
  const film: Film = {
    ...place,
    root: place.cwd,
    env: { NODE_COMPILE_CACHE: join(home.root, 'compiled') },
    recorded: new Map(),
    given: 0,
    dispose: () => home.dispose(),
  };
  await auteur(film, 'set', 'film', 'resolution=160x90');
  await writePipelines(home.state, comfy.url);
  const dispose = async (keep: boolean): Promise<void> => {
    await engine.dispose();
    await comfy.stop();
    if (!keep) await film.dispose();
  };
  return { film, engine, comfy, dispose };
}

async function writePipelines(state: string, server: string): Promise<void> {
  const folder = join(state, 'pipelines');
  await mkdir(folder, { recursive: true });
  const write = (name: string, content: object) => writeFile(join(folder, name), JSON.stringify(content));
  for (const [id, { script, ...more }] of Object.entries(scripts)) {
    const command = ['/bin/sh', '-c', script];
    const definition = { schemaVersion: 1, kind: 'container', image: testImage, command, memoryGb: 0.1 };
    await write(`${id}.pipeline.json`, { ...definition, ...more });
  }
  await write('noise.workflow.json', noiseGraph());
  const inputs = { seed: { node: '2', input: 'seed' } };
  const workflow = { workflow: 'noise.workflow.json', server, inputs };
  await write('noise.pipeline.json', { schemaVersion: 1, kind: 'comfyui', ...workflow });
  await writeFile(join(state, 'runner.json'), JSON.stringify({ devices }));
}

/** Asks for so many takes, of all pipelines and shots; how many were accepted of each pipeline. */
export async function askForTakes(film: Film, jobs: number): Promise<ReadonlyMap<string, number>> {
  const asked = new Map<string, number>();
  for (const [index, { pipeline, percent }] of shares.entries()) {
    const before = [...asked.values()].reduce((sum, one) => sum + one, 0);
    asked.set(pipeline, index === shares.length - 1 ? jobs - before : Math.round((jobs * percent) / 100));
  }
  // Shot by shot, so that all pipelines are at work at all times.
  for (let shot = 1; shot <= shots; shot++) {
    for (const [pipeline, wanted] of asked)
      await askFor(film, {
        pipeline,
        shot,
        takes: Math.floor(wanted / shots) + (shot <= wanted % shots ? 1 : 0),
      });
  }
  return asked;
}

interface Wish {
  readonly pipeline: string;
  readonly shot: number;
  readonly takes: number;
}

async function askFor(film: Film, { pipeline, shot, takes }: Wish): Promise<void> {
  if (takes === 0) return;
  const request = [`01/01/0${shot}`, '--pipeline', pipeline, '--takes', String(takes), '--detach'];
  const { code, stderr } = await auteur(film, 'generate', ...request);
  if (code !== 0) throw new Error(`They were not accepted: ${stderr}`);
}
