// A queue to be looked at: on a machine with one card, takes are made by ComfyUI and wait for the card, and one has failed.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { createStudio } from '../src/runner/studio.ts';
import { ComfyServer } from '../test/lib/comfy/comfyServer.ts';
import { noiseGraph, textGraph } from '../test/lib/comfy/graphs.ts';

const run = promisify(execFile);
const dist = join(import.meta.dirname, '..', 'dist');
const card = { id: 'gpu0', name: 'RTX 4070', vramGb: 12, access: 'none' };
/** Node classes of the workflows: at one execution stands still, at the other it fails. */
const [slow, broken] = ['KSampler', 'ImageAddNoise'];
const noMemory = {
  type: 'torch.OutOfMemoryError',
  message: 'Allocation on device 0 would exceed allowed memory.',
};

/**
 * Gives the machine of `env` a card and two pipelines, and its queue a job that has failed and some that wait; whoever
 * opens the film runs them for as long as the server lives.
 */
export async function stageQueue({ env, workspace, film, requests }) {
  const home = env.AUTEUR_HOME;
  const server = await ComfyServer.start();
  server.scene.failures.set(broken, noMemory);
  void server.hold(slow);
  await writeFile(join(home, 'runner.json'), JSON.stringify({ devices: [card] }));
  const auteur = (...args) => run(process.execPath, [join(dist, 'cli.cjs'), '-C', film, ...args], { env });
  const pipeline = async (id, graph, vramGb) => {
    const exported = join(home, `${id}.json`);
    await writeFile(exported, JSON.stringify(graph));
    await auteur('pipelines', 'add', exported, '--server', server.url);
    const file = join(workspace, 'Library', 'Pipeline_Templates', `${id}.pipeline.json`);
    const definition = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...definition, vramGb }, undefined, 2));
    await auteur('pipelines', 'allow', id);
  };
  await pipeline('portrait', textGraph(), 10);
  await pipeline('grain', noiseGraph(), 0);
  await auteur('generate', requests[0].addresses[0], '--pipeline', 'grain').catch(() => undefined);
  const log = (line) => console.error(line);
  const studio = createStudio({
    ...{
      home,
      env,
      log,
      assetsDir: dist,
      trusted: true,
      claims: 'open',
      edits: 'leave',
      version: 'pictures',
    },
  });
  for (const request of requests) await studio.generate({ root: film, pipeline: 'portrait', ...request });
  await studio.close();
  return server;
}
