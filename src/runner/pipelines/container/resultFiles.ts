import { link, lstat, realpath } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, sep } from 'node:path';
import { AuteurError, systemCode } from '../../../core/errors.ts';
import type { PipelineFile } from '../../../core/ports/pipeline.ts';
import { syncFile, syncFolder } from '../../../core/storage/atomicFile.ts';
import { copyWatched } from '../../../core/storage/copyFile.ts';
import type { Output } from './messages.ts';

/** Of one file; a file with holes costs its program nothing, and whoever reads it hours. */
const largestBytes = 64 * 1024 ** 3;
const outputPrefix = '/auteur/output/';

/**
 * Gives what a pipeline says it has made another name in the attempt's folder; where it lay it stays, for whoever takes
 * the job up after a crash. Nothing it says is believed: each must be a plain file within its output.
 * @throws AuteurError `result-invalid`; the signal's reason
 */
export async function takeResult(
  outputs: readonly Output[],
  {
    from,
    to,
    signal = new AbortController().signal,
  }: { readonly from: string; readonly to: string; readonly signal?: AbortSignal },
): Promise<readonly PipelineFile[]> {
  const files: PipelineFile[] = [];
  for (const [index, output] of outputs.entries()) {
    const source = await plainFile(from, output.path);
    const extension = extname(output.path).toLowerCase();
    if (!/^\.[a-z0-9]{1,10}$/.test(extension))
      throw invalid(`${output.path} has no ending that says what it is`);
    // Its own names count for nothing: they may not even fit this file system.
    const name = `${String(index + 1).padStart(2, '0')}${extension}`;
    await syncFile(source);
    await nameAgain(source, join(to, name), signal);
    files.push({ name, mediaType: output.mediaType.toLowerCase(), ...measures(output) });
  }
  await syncFolder(to);
  return files;
}

async function plainFile(folder: string, path: string): Promise<string> {
  const within = path.startsWith(outputPrefix) ? path.slice(outputPrefix.length) : path;
  if (isAbsolute(within) || /^[a-z]:/i.test(within) || within.includes('\\') || within.includes('\0'))
    throw invalid(`${path} is not in /auteur/output`);
  const absolute = join(folder, within);
  try {
    const found = await lstat(absolute);
    const real = relative(await realpath(folder), await realpath(absolute));
    if (real === '' || real === '..' || real.startsWith(`..${sep}`) || isAbsolute(real))
      throw invalid(`${path} is not in /auteur/output`);
    if (!found.isFile()) throw invalid(`${path} is not a plain file`);
    if (found.size === 0) throw invalid(`${path} is empty`);
    if (found.size > largestBytes) throw invalid(`${path} is larger than ${largestBytes / 1024 ** 3} GB`);
    return absolute;
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(systemCode(error) ?? '')) throw error;
    throw new AuteurError('result-invalid', { reason: `${path} is not there` }, { cause: error });
  }
}

async function nameAgain(from: string, to: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  try {
    await link(from, to);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw error;
    // No hard links here.
    await copyWatched(from, to, { signal, tell: () => undefined }, () => undefined).catch(
      (failed: unknown) => {
        signal.throwIfAborted();
        throw failed;
      },
    );
  }
}

/** What the pipeline knows of a file; anything else it says of it is left out. */
function measures({ metadata = {} }: Output): Pick<PipelineFile, 'width' | 'height' | 'duration'> {
  const { width, height, duration } = metadata;
  const isPixels = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0;
  return {
    ...(isPixels(width) ? { width } : {}),
    ...(isPixels(height) ? { height } : {}),
    ...(typeof duration === 'number' && duration > 0 ? { duration } : {}),
  };
}

function invalid(reason: string): AuteurError {
  return new AuteurError('result-invalid', { reason });
}
