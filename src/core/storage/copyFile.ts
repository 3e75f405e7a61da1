import { constants, createReadStream, createWriteStream } from 'node:fs';
import { copyFile, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { syncFile } from './atomicFile.ts';
import { requireWanted, type Watch } from './watch.ts';

/** So much is copied in a moment; more is copied piece by piece, so that it can be cancelled. */
const atOnce = 64 * 1024 * 1024;

/**
 * Copies one file to a name that must be free, and forces it to disk.
 * @throws AuteurError `work-cancelled`; EEXIST where there is one
 */
export async function copyWatched(
  from: string,
  to: string,
  watch: Watch,
  copied: (bytes: number) => void,
): Promise<void> {
  requireWanted(watch);
  const { size } = await stat(from);
  if (size <= atOnce) {
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    copied(size);
  } else {
    await copyByPieces(from, to, watch, copied);
  }
  await syncFile(to);
}

async function copyByPieces(
  from: string,
  to: string,
  watch: Watch,
  copied: (bytes: number) => void,
): Promise<void> {
  const source = createReadStream(from, { highWaterMark: 1024 * 1024 });
  source.on('data', (chunk) => {
    copied(chunk.length);
  });
  try {
    await pipeline(source, createWriteStream(to, { flags: 'wx' }), { signal: watch.signal });
  } catch (error) {
    requireWanted(watch);
    throw error;
  }
}
