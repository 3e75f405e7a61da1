import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { imageSize } from 'image-size';
import { headBytes, looksLike } from '../../../core/domain/mediaTypes.ts';
import { AuteurError } from '../../../core/errors.ts';
import type { PipelineFile } from '../../../core/ports/pipeline.ts';
import type { ComfyuiServer } from './comfyuiServer.ts';
import type { MadeFile } from './outputs.ts';
import { patiently, type Timing } from './timing.ts';

export interface FetchNeeds {
  readonly server: ComfyuiServer;
  readonly outputDir: string;
  readonly signal: AbortSignal;
  readonly timing: Timing;
}

/** The size of a picture stands in its beginning, behind what its camera or workflow says. */
const headerBytes = 4 * 1024 * 1024;

/**
 * Fetches what a prompt has made, under names of our own.
 * @throws AuteurError `comfyui-output-unusable`, `comfyui-not-running`
 */
export async function fetchOutputs(
  needs: FetchNeeds,
  made: readonly MadeFile[],
): Promise<readonly PipelineFile[]> {
  const files: PipelineFile[] = [];
  for (const [index, one] of made.entries()) {
    const name = `${String(index + 1).padStart(2, '0')}.${one.extension}`;
    const path = join(needs.outputDir, name);
    await fetchOutput(needs, one, path);
    files.push({ name, mediaType: one.mediaType, ...(await measured(path, one)) });
  }
  return files;
}

async function fetchOutput(
  { server, signal, timing }: FetchNeeds,
  made: MadeFile,
  to: string,
): Promise<void> {
  const { file, extension } = made;
  const isThere = await patiently(
    async () => {
      // A download that was cut leaves a part.
      await rm(to, { force: true });
      return server.download(file, to, signal);
    },
    timing,
    signal,
  );
  if (!isThere) throw unusable(made, 'the server does not have it any more.');
  const head = await headOf(to, headBytes);
  if (head.length === 0) throw unusable(made, 'it is empty.');
  if (!looksLike(extension, head)) throw unusable(made, 'it is not what its name says.');
}

async function measured(path: string, { mediaType }: MadeFile): Promise<Partial<PipelineFile>> {
  if (!mediaType.startsWith('image/')) return {};
  const head = await headOf(path, headerBytes);
  try {
    const { width, height } = imageSize(head);
    return width > 0 && height > 0 ? { width, height } : {};
  } catch (error) {
    // A kind of picture whose size it does not know is a take all the same.
    if (error instanceof TypeError || error instanceof RangeError) return {};
    throw error;
  }
}

async function headOf(path: string, most: number): Promise<Uint8Array> {
  await using file = await open(path);
  const { size } = await file.stat();
  const { buffer, bytesRead } = await file.read(
    Buffer.alloc(Math.min(most, size)),
    0,
    Math.min(most, size),
    0,
  );
  return buffer.subarray(0, bytesRead);
}

function unusable({ file }: MadeFile, reason: string): AuteurError {
  return new AuteurError('comfyui-output-unusable', { file: file.filename, reason });
}
