import * as z from 'zod';
import { AuteurError, toFailure } from '../../../core/errors.ts';
import type { PipelineRun } from '../../../core/ports/pipeline.ts';
import type { ContainerEngine } from '../../containers/containerEngine.ts';
import { isEngineAway } from '../../containers/engineErrors.ts';

const megabyte = 1024 ** 2;

/** What an engine tells of one layer while it fetches an image. */
const PullNews = z.object({
  id: z.string().optional(),
  status: z.string().default(''),
  progressDetail: z.object({ current: z.number().optional(), total: z.number().optional() }).optional(),
  error: z.string().optional(),
});

/**
 * The id of an image, which is fetched where it is not here: the one the job was accepted with, where that is still here,
 * else what its name stands for now.
 * @throws AuteurError `image-missing`
 */
export async function ensureImage(
  engine: ContainerEngine,
  image: string,
  { job, signal, onProgress }: Pick<PipelineRun, 'job' | 'signal' | 'onProgress'>,
): Promise<string> {
  const { version } = job.pipeline;
  const same = version.startsWith('sha256:') ? await engine.imageId(version) : undefined;
  const here = same ?? (await engine.imageId(image));
  if (here !== undefined) return here;
  onProgress({ progress: 0, step: `Fetching the image ${image}` });
  try {
    const layers = new Map<string, { current: number; total: number }>();
    for await (const news of engine.heeding(signal).pull(image)) {
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
  const fetchedId = await engine.imageId(image);
  if (fetchedId === undefined) throw new AuteurError('image-missing', { image, reason: 'it did not come' });
  return fetchedId;
}

function fetched(image: string, layers: readonly { current: number; total: number }[]): string {
  const sum = (key: 'current' | 'total') =>
    Math.round(layers.reduce((all, layer) => all + layer[key], 0) / megabyte);
  return `Fetching the image ${image}: ${sum('current')} of ${sum('total')} MB`;
}
