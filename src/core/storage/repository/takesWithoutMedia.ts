import { join } from 'node:path';
import { readWholeFilm } from '../export/filmShots.ts';
import { mediaState } from '../lfs.ts';

/** A take whose sidecar is there, and not all of its media. */
export interface TakeWithoutMedia {
  readonly number: number;
  /** Of its shot, where that is now. */
  readonly address: string;
}

/**
 * The takes that show as missing, in film order. Those that were deleted are not among them.
 * @throws AuteurError where the film cannot be read whole
 */
export async function takesWithoutMedia(root: string): Promise<readonly TakeWithoutMedia[]> {
  const { shots } = await readWholeFilm(root, { signal: AbortSignal.any([]), tell: () => undefined });
  const found: TakeWithoutMedia[] = [];
  for (const { placed, takes } of shots) {
    for (const { number, files } of takes) {
      const paths = files.map(({ name }) => join(root, placed.shot.folder, name));
      const states = await Promise.all(paths.map(mediaState));
      if (states.includes('missing')) found.push({ number, address: placed.address });
    }
  }
  return found;
}
