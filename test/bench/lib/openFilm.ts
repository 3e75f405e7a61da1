// Bundled and started by `size.ts` as a process of its own: opens a film with the built studio, as a window does, and prints figures.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { ShotId } from '../../../src/core/model/ids.ts';
import { takeBaseName, takePrefix } from '../../../src/core/domain/numbering.ts';
import { StudioClient } from '../../../src/extension/studioClient.ts';
import { takeOf, writeTake } from '../../lib/bigFilm.ts';
import { noDocuments } from '../../lib/noDocuments.ts';

/** What one opening measured, in milliseconds and bytes. */
export interface Opening {
  /** From the start of the studio's thread until the tree has its chapters and the shots of a scene. */
  readonly open: number;
  /** The index, built or found whole. */
  readonly index: number;
  /** The longest that a scene in the middle of the film took to be opened while the index was built. */
  readonly meanwhile: number;
  /** From a take that is there to its shot and takes as they are shown. */
  readonly takes: readonly number[];
  readonly milestones: number;
  readonly peakBytes: number;
}

const newTakes = 20;

function startStudio(dist: string): StudioClient {
  return new StudioClient({
    entry: join(dist, 'studio.cjs'),
    thread: { assetsDir: dist, trusted: true, claims: 'open', version: 'bench', runner: {} },
    documents: noDocuments,
    log: (line) => {
      console.error(line);
    },
  });
}

async function measure(dist: string, workspace: string): Promise<Opening> {
  const started = performance.now();
  const since = (from: number): number => performance.now() - from;
  const studio = startStudio(dist);
  const [project] = await studio.listProjects(workspace);
  if (project === undefined) throw new Error(`${workspace} holds no film.`);
  const { root } = project;
  const opened = studio.openProject(root);
  const indexing = performance.now();
  const building = new AbortController();
  const indexed = studio.indexTakes(root).then(() => {
    building.abort();
    return since(indexing);
  });
  const { chapters } = await studio.film(root);
  const scenes = chapters.flatMap(({ scenes: within }) => within);
  const scene = scenes[0];
  if (scene === undefined) throw new Error('The film has no scene.');
  await studio.shots(root, scene.id);
  const open = since(started);
  let meanwhile = 0;
  for (let at = scenes.length >> 1; !building.signal.aborted && at < scenes.length; at++) {
    const asked = performance.now();
    await studio.shots(root, scenes[at]?.id ?? scene.id);
    meanwhile = Math.max(meanwhile, since(asked));
  }
  const index = await indexed;
  const asked = performance.now();
  await studio.milestones(root);
  const milestones = since(asked);
  await opened;
  const last = scenes.at(-1) ?? scene;
  const takes: number[] = [];
  for (const { shot, address } of (await studio.shots(root, last.id)).slice(0, newTakes))
    takes.push(await newTake(studio, root, { id: shot.id, folder: shot.folder, address }));
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  await studio.close();
  return { open, index, meanwhile, takes, milestones, peakBytes };
}

async function newTake(
  studio: StudioClient,
  root: string,
  { id, folder, address }: { id: ShotId; folder: string; address: string },
): Promise<number> {
  const number = 99;
  const prefix = takePrefix(folder, { scene: 1, shot: 1 });
  const take = takeOf({ projectId: 'bench', shotId: id, address, folder }, number);
  writeTake(root, { id, number: 1, folder, prefix }, take);
  try {
    const started = performance.now();
    const view = await studio.shot(root, id);
    const takes = await studio.takes(root, id);
    const took = performance.now() - started;
    if (view.shown?.number === number && takes.at(-1)?.number === number) return took;
    throw new Error(`The new take of ${address} is not shown.`);
  } finally {
    for (const ending of ['json', 'png'])
      rmSync(join(root, folder, `${takeBaseName(prefix, number)}.${ending}`));
  }
}

const [dist = '', workspace = ''] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await measure(dist, workspace))}\n`);
