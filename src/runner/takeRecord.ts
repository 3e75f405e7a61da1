import { lstat, rename, unlink } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { takeMediaNames } from '../core/domain/numbering.ts';
import { AuteurError, systemCode } from '../core/errors.ts';
import type { AttemptResult } from '../core/model/job.ts';
import { takeSchemaVersion, type MediaFile, type Take } from '../core/model/take.ts';
import { givenNumbers } from '../core/storage/givenNumbers.ts';
import { kindOf } from '../core/storage/ownFolder.ts';
import { resolveInside } from '../core/storage/projectPath.ts';
import { moveExclusively, syncFolder } from '../core/storage/atomicFile.ts';
import { sha256Of } from '../core/storage/sha256.ts';
import { claimTake, type TakeFinder } from '../core/storage/takes.ts';
import { passed } from '../core/storage/steps.ts';

/** The sidecar of a take: everything needed to make it again. */
function sidecarOf(result: AttemptResult, number: number): Take {
  const { job, files, inputs, started, finished, host, pipelineVersion: version } = result;
  const extensions = files.map(({ name }) => extname(name).slice(1).toLowerCase());
  const names = takeMediaNames(job.filePrefix, number, extensions);
  return {
    schemaVersion: takeSchemaVersion,
    id: job.id,
    projectId: job.projectId,
    shotId: job.shotId,
    address: job.address,
    number,
    files: files.map((file, index): MediaFile => ({ ...file, name: names[index] ?? file.name })),
    pipeline: version === undefined ? job.pipeline : { ...job.pipeline, version },
    ...(job.definition === undefined ? {} : { definition: job.definition }),
    ...(job.fallback === undefined ? {} : { fallback: job.fallback }),
    quality: job.quality,
    seed: job.seed,
    parameters: job.parameters,
    prompt: job.prompt,
    panel: job.panel,
    ...(job.recipeOf === undefined ? {} : { recipeOf: job.recipeOf }),
    inputs,
    submitted: job.submitted,
    started,
    finished,
    host,
  };
}

/** Paths of a take's sidecar and media, relative to the project. */
export function takePaths(folder: string, take: Take): { sidecar: string; media: readonly string[] } {
  const media = take.files.map(({ name }) => `${folder}/${name}`);
  return { sidecar: (media[0] ?? '').replace(/\.[^.]+$/, '.json'), media };
}

export interface Recording {
  readonly root: string;
  readonly result: AttemptResult;
  readonly attemptFolder: string;
  readonly takes: TakeFinder;
  /** Whether this process still holds the project's recorder lease. */
  readonly isOurs: () => boolean;
}

/**
 * Claims the number and moves the media from the outbox; repeats safely after a crash at any step.
 * @returns `number-taken` where the picture shows a number that another take has got meanwhile,
 *   `not-ours` where the project's lease was lost
 */
export async function recordTake(recording: Recording): Promise<Take | 'number-taken' | 'not-ours'> {
  const { root, result, attemptFolder, takes, isOurs } = recording;
  const folder = await resolveInside(root, result.job.folder);
  const known = await takes.find(folder, result.job.id);
  if (!isOurs()) return 'not-ours';
  // Whoever took the number may have been an earlier recorder of this very job.
  const take = known ?? (await claim(root, folder, result)) ?? (await takes.find(folder, result.job.id));
  if (take === undefined) return 'number-taken';
  requireSameMedia(take, result);
  takes.claimed(folder, result.job.filePrefix, take);
  passed('number.claimed');
  for (const [index, file] of take.files.entries()) {
    const from = join(attemptFolder, result.files[index]?.name ?? file.name);
    await moveMedia(from, join(folder, file.name), file);
    passed('media.moved');
  }
  return isOurs() ? take : 'not-ours';
}

async function claim(root: string, folder: string, result: AttemptResult): Promise<Take | undefined> {
  return claimTake({
    folder,
    given: await givenNumbers(root, result.job.folder),
    prefix: result.job.filePrefix,
    number: result.drawnTakeNumber,
    sidecar: (number) => sidecarOf(result, number),
  });
}

/** A job whose output was lost after its take had a number must make the same again. */
function requireSameMedia(take: Take, { files }: AttemptResult): void {
  if (take.files.every(({ sha256 }, index) => files[index]?.sha256 === sha256)) return;
  const reason = `it is not what the sidecar of take ${take.number} says`;
  throw new AuteurError('output-invalid', { reason });
}

async function moveMedia(from: string, to: string, file: MediaFile): Promise<void> {
  const kind = await kindOf(from);
  if (kind === 'nothing' && (await kindOf(to)) !== 'nothing') return;
  if (kind !== 'file')
    throw new AuteurError('output-invalid', {
      reason: `${from} is ${kind === 'nothing' ? 'not there' : 'no file'}`,
    });
  try {
    await moveExclusively(from, to);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    await finishMove(from, to, file);
  }
}

/** A crash came between the two steps of a move: the name is taken, and its owner is still in the outbox. */
async function finishMove(from: string, to: string, file: MediaFile): Promise<void> {
  const found = await lstat(to);
  const size = found.isFile() ? found.size : undefined;
  if (size === file.bytes && (await sha256Of(to)) === file.sha256) {
    // The name that stays is sure to stay before the other one goes.
    await syncFolder(dirname(to));
    await unlink(from);
  }
  // Without hard links an empty file keeps the name until the media replace it.
  else if (size === 0) {
    await rename(from, to);
    await syncFolder(dirname(to));
  } else throw new AuteurError('folder-exists', { path: to });
}
