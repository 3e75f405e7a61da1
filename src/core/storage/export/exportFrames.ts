import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AuteurError } from '../../errors.ts';
import { slateCode } from '../../model/address.ts';
import type { Take } from '../../model/take.ts';
import type { WorkResult } from '../../protocol/work.ts';
import { copyWatched } from '../copyFile.ts';
import { mediaState } from '../lfs.ts';
import { requireWanted, type Watch } from '../watch.ts';
import { makeExport } from './exportFolder.ts';
import { readWholeFilm, type FilmShot } from './filmShots.ts';

interface Frame {
  readonly from: string;
  readonly name: string;
  readonly bytes: number;
}

/**
 * Copies the shown take of each shot, numbered in film order, into a new folder of `06_Exports`.
 * @throws AuteurError `export-active-take`, `export-media` and `export-media-changed` where one is not there as it was
 *   recorded, before anything is copied; `nothing-to-export`
 */
export async function exportFrames(
  root: string,
  watch: Watch,
): Promise<Extract<WorkResult, { kind: 'exportFrames' }>> {
  const { shots } = await readWholeFilm(root, watch);
  const frames: Frame[] = [];
  for (const shot of shots) {
    requireWanted(watch);
    requireChosen(shot);
    if (shot.shown !== undefined) frames.push(await frameOf(root, shot, shot.shown, frames.length + 1));
  }
  if (frames.length === 0) throw new AuteurError('nothing-to-export');
  const path = await makeExport(root, (folder) => copyFrames(frames, folder, watch));
  const without = shots.filter(({ shown }) => shown === undefined).map(({ placed }) => placed.address);
  return { kind: 'exportFrames', path, frames: frames.length, without };
}

/** Nobody is handed another picture than the one that was chosen. */
function requireChosen({ placed, activeIsMissing: reason }: FilmShot): void {
  if (reason === undefined) return;
  throw new AuteurError('export-active-take', { address: placed.address, reason });
}

async function frameOf(root: string, { placed }: FilmShot, take: Take, position: number): Promise<Frame> {
  const { name: file = '', bytes = 0 } = take.files[0] ?? {};
  const path = `${placed.shot.folder}/${file}`;
  const from = join(root, path);
  const state = await mediaState(from);
  const named = { number: take.number, address: placed.address };
  if (state !== 'present') {
    const words = { pointer: 'not downloaded', missing: 'missing' } as const;
    throw new AuteurError('export-media', {
      ...{ ...named, root, state: words[state] },
      ...{ shotId: placed.shot.id, takeId: take.id },
    });
  }
  const { size } = await stat(from);
  if (size !== bytes) throw new AuteurError('export-media-changed', { ...named, path, size, bytes });
  const place = String(position).padStart(4, '0');
  const address = placed.address.replaceAll('/', '-');
  const name = `${place}_${address}_take${slateCode(take.number)}${extname(file)}`;
  return { from, name, bytes: size };
}

async function copyFrames(frames: readonly Frame[], folder: string, watch: Watch): Promise<void> {
  const total = frames.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const { from, name } of frames) {
    await copyWatched(from, join(folder, name), watch, (bytes) => {
      done += bytes;
      watch.tell({ step: 'copying', done, total });
    });
  }
}
