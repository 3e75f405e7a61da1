import { lstat, open } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AuteurError, systemCode } from '../../core/errors.ts';
import { headLength, isVideo, trueMediaType } from '../../core/domain/sniffMedia.ts';
import { isMediaPath } from '../../core/storage/gitTemplates.ts';
import type { PipelineFile } from '../../core/ports/pipeline.ts';
import { makePoster } from './makePoster.ts';
import { pictureSize } from './pictureSize.ts';
import { probeVideo } from './probeVideo.ts';

export interface MadeMedia {
  /** The attempt's folder, where the files are. */
  readonly folder: string;
  readonly files: readonly PipelineFile[];
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/** A header is within these; what was written before it, such as a colour profile, is not that long. */
const headerBytes = 1024 * 1024;

/**
 * Looks at what a pipeline has made instead of believing what it says: what each file is, how large, how long. Of the
 * take's own file, where it moves, a still is made beside it.
 * @throws AuteurError `output-invalid` where a file is not what it is said to be, or cannot be played
 */
export async function describeMedia(made: MadeMedia): Promise<readonly PipelineFile[]> {
  const files: PipelineFile[] = [];
  let poster: PipelineFile | undefined;
  for (const [index, file] of made.files.entries()) {
    const known = await knownFile(made.folder, file);
    if (!isVideo(known.mediaType)) files.push(known);
    else {
      const video = await describeVideo(made, known, index === 0);
      files.push(video.file);
      ({ poster } = video.poster === undefined ? { poster } : video);
    }
  }
  return poster === undefined ? files : [...files, poster];
}

async function knownFile(folder: string, file: PipelineFile): Promise<PipelineFile> {
  const start = await startOf(join(folder, file.name), file.name);
  const ending = extname(file.name).slice(1).toLowerCase();
  // Anything else would not go to Git LFS; a JSON file would even take the name of the take's own.
  if (!isMediaPath(file.name))
    throw new AuteurError('output-invalid', { reason: `${file.name} is no media file` });
  const found = trueMediaType({ head: start.subarray(0, headLength), mediaType: file.mediaType, ending });
  if ('no' in found) throw new AuteurError('output-invalid', { reason: `${file.name} ${found.no}` });
  const size = found.is.startsWith('image/') ? pictureSize(start) : {};
  return { ...file, ...size, mediaType: found.is };
}

async function startOf(path: string, name: string): Promise<Uint8Array> {
  try {
    if (!(await lstat(path)).isFile())
      throw new AuteurError('output-invalid', { reason: `${name} is not a plain file` });
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new AuteurError('output-invalid', { reason: `${name} is not there` }, { cause: error });
  }
}

async function describeVideo(
  { folder, signal, log }: MadeMedia,
  file: PipelineFile,
  isTake: boolean,
): Promise<{ readonly file: PipelineFile; readonly poster?: PipelineFile }> {
  const video = { folder, signal, name: file.name, mediaType: file.mediaType };
  const facts = await probeVideo(video);
  signal.throwIfAborted();
  if ('unreadable' in facts)
    throw new AuteurError('output-invalid', { reason: `${file.name} cannot be played: ${facts.unreadable}` });
  if ('unknown' in facts) {
    log(`Size and length of ${file.name} are not known, and it has no poster: ${facts.unknown}.`);
    return { file };
  }
  const described = { ...file, ...facts };
  if (!isTake) return { file: described };
  const poster = await makePoster(video, facts);
  signal.throwIfAborted();
  if (!('none' in poster)) return { file: described, poster };
  log(`${file.name} has no poster: ${poster.none}.`);
  return { file: described };
}
