import * as z from 'zod';
import { AuteurError, toFailure } from '../../../core/errors.ts';
import type { ContainerEngine } from '../../containers/containerEngine.ts';
import { isEngineAway } from '../../containers/engineErrors.ts';
import { buildImage, type Building } from './buildImage.ts';
import { imageOf } from './imageOf.ts';
import { whileItSpeaks } from './whileItSpeaks.ts';

const megabyte = 1024 ** 2;
/** It tells every second how far it is, but may be a while at unpacking a large layer. */
const silentMinutes = 10;

/** What an engine tells of one layer while it fetches an image. */
const PullNews = z.object({
  id: z.string().optional(),
  status: z.string().default(''),
  progressDetail: z.object({ current: z.number().optional(), total: z.number().optional() }).optional(),
  error: z.string().optional(),
});

/**
 * The id of an image, which is built or fetched where it is not here: the one the job was accepted with, where that is
 * still here, else what its name stands for now.
 * @throws AuteurError `image-missing`, `image-build-failed`; without the user's word `image-not-allowed`,
 *   `pipeline-image-changed` and their like
 */
export async function ensureImage(building: Building): Promise<string> {
  const { engine, definition, run, word } = building;
  const { version } = run.job.pipeline;
  const same = version.startsWith('sha256:') ? await engine.imageId(version) : undefined;
  const id = same ?? (await inTurn(definition.image, run.signal, () => makeSure(building)));
  await word.requireRun(run.job, id);
  return id;
}

const turns = new Map<string, Promise<unknown>>();

/** Jobs that need the same one wait for the first of them, as long as they are wanted. */
async function inTurn<T>(image: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const before = turns.get(image) ?? Promise.resolve();
  const mine = until(before, signal).then(work);
  const all = Promise.allSettled([before, mine]);
  turns.set(image, all);
  try {
    return await mine;
  } finally {
    if (turns.get(image) === all) turns.delete(image);
  }
}

async function until(before: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const leaving = new AbortController();
  const left = new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true, signal: leaving.signal });
  });
  if (!signal.aborted) await Promise.race([before, left]);
  leaving.abort();
  signal.throwIfAborted();
}

async function makeSure(building: Building): Promise<string> {
  const { engine, definition, run, word } = building;
  const { image, build } = definition;
  run.signal.throwIfAborted();
  const here = await imageOf(engine, definition);
  if (here !== undefined) return here.id;
  await word.requireFetch(run.job);
  if (build === undefined) await fetchImage(engine, image, run);
  else await buildImage(building, build);
  const made = await imageOf(engine, definition);
  if (made === undefined) throw new AuteurError('image-missing', { image, reason: 'it did not come' });
  if (build !== undefined) await word.built(run.job, made.id);
  return made.id;
}

async function fetchImage(
  engine: ContainerEngine,
  image: string,
  { signal, onProgress }: Building['run'],
): Promise<void> {
  onProgress({ progress: 0, step: `Fetching the image ${image}` });
  try {
    const layers = new Map<string, { current: number; total: number }>();
    const pulling = whileItSpeaks(engine.heeding(signal), silentMinutes, (asked) => asked.pull(image));
    for await (const news of pulling) {
      const { id, progressDetail, error } = PullNews.parse(news);
      if (error !== undefined) throw new AuteurError('image-missing', { image, reason: error });
      const { current, total } = progressDetail ?? {};
      if (id === undefined || current === undefined || total === undefined) continue;
      layers.set(id, { current, total });
      onProgress({ progress: 0, step: fetched(image, [...layers.values()]) });
    }
  } catch (error) {
    signal.throwIfAborted();
    if (isEngineAway(error)) throw error;
    throw new AuteurError('image-missing', { image, reason: toFailure(error).message }, { cause: error });
  }
}

function fetched(image: string, layers: readonly { current: number; total: number }[]): string {
  const sum = (key: 'current' | 'total') =>
    Math.round(layers.reduce((all, layer) => all + layer[key], 0) / megabyte);
  return `Fetching the image ${image}: ${sum('current')} of ${sum('total')} MB`;
}
