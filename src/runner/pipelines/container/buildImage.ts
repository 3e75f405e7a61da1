import { join } from 'node:path';
import * as z from 'zod';
import { AuteurError, toFailure } from '../../../core/errors.ts';
import type { ContainerDefinition } from '../../../core/model/pipelineDefinition.ts';
import type { PipelineRun } from '../../../core/ports/pipeline.ts';
import { readBuildContext, type BuildContext } from '../../../core/storage/buildContext.ts';
import { libraryFolder } from '../../../core/storage/libraryFolder.ts';
import { isThere } from '../../../core/storage/locate.ts';
import type { ContainerEngine } from '../../containers/containerEngine.ts';
import { isEngineAway } from '../../containers/engineErrors.ts';
import type { ImageWord } from '../userWord.ts';
import { buildLabel } from './imageOf.ts';
import { whileItSpeaks } from './whileItSpeaks.ts';

const keptLines = 4;
/** A step may compile or download something large, and print nothing meanwhile. */
const silentMinutes = 30;

/** What an engine tells while it builds. */
const BuildNews = z.object({
  stream: z.string().default(''),
  status: z.string().default(''),
  error: z.string().optional(),
});

export interface Building {
  readonly engine: ContainerEngine;
  /** The state folder, which holds the user's own pipelines. */
  readonly home: string;
  /** The folder with what the images of Auteur's own pipelines are built from. */
  readonly shipped: string;
  /** What the user has said may be fetched, built and run. */
  readonly word: ImageWord;
  readonly definition: ContainerDefinition;
  readonly run: Pick<PipelineRun, 'job' | 'signal' | 'onProgress'>;
  /** Told each line of the build. */
  readonly say: (line: string) => Promise<void>;
}

/**
 * Builds the image of a pipeline that comes with its Dockerfile.
 * @throws AuteurError `image-build-failed`, `engine-*`; the signal's reason
 */
export async function buildImage(building: Building, build: NonNullable<ContainerDefinition['build']>) {
  const { engine, definition, run, say } = building;
  const { image } = definition;
  const step = `Building the image ${image}`;
  run.onProgress({ progress: 0, step });
  const last: string[] = [];
  try {
    const { folder, files } = await contextOf(building, build);
    const context = { folder, files, labels: { [buildLabel]: build.digest } };
    const heeding = engine.heeding(run.signal);
    for await (const news of whileItSpeaks(heeding, silentMinutes, (asked) => asked.build(image, context))) {
      const { stream, status, error } = BuildNews.parse(news);
      const line = (stream === '' ? status : stream).trim();
      if (stream.trim() !== '') await say(line);
      last.push(...(stream.trim() === '' ? [] : [line]));
      if (error !== undefined) throw failed(image, [...last.slice(-keptLines), error.trim()].join(' / '));
      const [, at, of] = /^Step (\d+)\/(\d+)/.exec(line) ?? [];
      if (at !== undefined) run.onProgress({ progress: 0, step: `${step}: step ${at} of ${of}` });
    }
  } catch (error) {
    run.signal.throwIfAborted();
    if (isEngineAway(error) || AuteurError.is(error, 'image-build-failed')) throw error;
    throw failed(image, toFailure(error).message, error);
  }
}

/** Only what the user has said yes to: what the digest of the definition stands for, wherever it lies. */
async function contextOf(
  { home, shipped, definition, run }: Building,
  { context, digest }: NonNullable<ContainerDefinition['build']>,
): Promise<BuildContext> {
  const library = await libraryFolder(run.job.projectRoot, 'Pipeline_Templates');
  let unreadable: unknown;
  for (const place of [shipped, join(home, 'pipelines'), library]) {
    if (place === undefined || !(await isThere(join(place, context)))) continue;
    try {
      const found = await readBuildContext(join(place, context));
      if (found.digest === digest) return found;
    } catch (error) {
      unreadable ??= error;
    }
  }
  const changed = `the folder ${context} it is built from is gone, or has changed since it was asked for`;
  throw failed(definition.image, unreadable ? toFailure(unreadable).message : changed, unreadable);
}

function failed(image: string, reason: string, cause?: unknown): AuteurError {
  return new AuteurError('image-build-failed', { image, reason }, { cause });
}
