import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTakeFileName } from '../domain/numbering.ts';
import { toFailure } from '../errors.ts';
import type { Problem } from '../protocol/views.ts';
import type { Shot } from '../model/shotList.ts';
import { mediaState } from './lfs.ts';
import { readFolder } from './locate.ts';
import { kindOf } from './ownFolder.ts';
import { repeatedTakes } from './merges/repeatedTakes.ts';
import { problemOf, type Report } from './problems.ts';
import type { PlacedShot } from './projectFiles.ts';
import { resolveInside } from './projectPath.ts';
import { scanTakes, type TakeScan } from './takes.ts';

/** The sidecars and media of one shot. */
export async function checkTakes(root: string, placed: PlacedShot, report: Report): Promise<void> {
  const { shot, scene, address } = placed;
  const folder = await folderOf(root, { shot, scene, address }, report);
  if (folder === undefined) return;
  const { takes, sidecars, unreadable } = await scanTakes(folder);
  for (const { name, reason } of unreadable) {
    report({
      path: `${shot.folder}/${name}`,
      code: 'file-unreadable',
      message: `This sidecar cannot be read: ${reason}`,
      hint: 'Bring it back with "git checkout".',
    });
  }
  for (const sidecar of sidecars) checkSidecar(shot, sidecar, report);
  const claims = await repeatedTakes(folder, sidecars);
  for (const number of new Set(claims.map(({ take }) => take.number))) {
    report({
      path: shot.folder,
      code: 'number-repeated',
      message: `Two takes have the number ${number}.`,
      hint: 'Run "auteur validate --fix": it gives the later one the next free number.',
    });
  }
  const present = takes.filter((take) => take.deleted === undefined).map(({ id }) => id);
  checkActiveTake(placed, new Set(present), report);
  const files = takes.filter((take) => take.deleted === undefined).flatMap((take) => take.files);
  const media = await Promise.all(files.map((file) => mediaProblem(folder, shot.folder, file)));
  for (const problem of media) if (problem !== undefined) report(problem);
  await checkStrays(folder, shot.folder, report);
}

/** `takes` are those that are there. */
export function checkActiveTake(
  { shot, scene, address, shotIndex }: PlacedShot,
  takes: ReadonlySet<string>,
  report: Report,
): void {
  const chosen = shot.activeTake;
  if (chosen === undefined || takes.has(chosen)) return;
  const pointer = `/shots/${shotIndex}/activeTake`;
  report(
    problemOf('active-take-missing', {
      path: scene.shotList,
      pointer,
      data: { address },
      fix: { name: 'clear-active-take', found: { pointer, value: chosen }, edits: [{ pointer }] },
    }),
  );
}

async function folderOf(
  root: string,
  { shot, scene, address }: Pick<PlacedShot, 'shot' | 'scene' | 'address'>,
  report: Report,
): Promise<string | undefined> {
  try {
    return await resolveInside(root, shot.folder);
  } catch (error) {
    const { message, ...failure } = toFailure(error);
    report({
      path: scene.shotList,
      ...failure,
      message: `The takes of shot ${address} cannot be read: ${message}`,
    });
    return undefined;
  }
}

function checkSidecar(shot: Shot, { name, take }: TakeScan['sidecars'][number], report: Report): void {
  const path = `${shot.folder}/${name}`;
  if (take.shotId !== shot.id) {
    report({
      path,
      code: 'shot-mismatch',
      message: `This take was made for shot ${take.shotId}, and its folder is that of shot ${shot.id}.`,
      hint: 'Move the take back to the folder of its shot.',
    });
  }
  const number = parseTakeFileName(name)?.number;
  if (take.number !== number) {
    report({
      path,
      code: 'number-mismatch',
      message: `This sidecar says take ${take.number}, and its name says ${number ?? 'none'}.`,
      hint: 'Bring the file back with "git checkout", under the name it had.',
    });
  }
}

async function mediaProblem(
  folder: string,
  path: string,
  file: { name: string; bytes: number },
): Promise<Problem | undefined> {
  const absolute = join(folder, file.name);
  const where = `${path}/${file.name}`;
  if ((await kindOf(absolute)) === 'link') {
    return {
      path: where,
      code: 'media-link',
      message: 'The media of this take is a link, which may lead anywhere, so it is not opened.',
      hint: 'Put the file itself in its place, or bring it back with "git checkout".',
    };
  }
  const state = await mediaState(absolute);
  if (state === 'missing') {
    return {
      path: where,
      code: 'media-missing',
      message: 'The media of this take is not there.',
      hint: 'Bring it back with "Download Media" in the menu of the take, or with "auteur download".',
    };
  }
  if (state !== 'present' || (await stat(absolute)).size === file.bytes) return undefined;
  return {
    path: where,
    code: 'media-changed',
    message: `This file has not the ${file.bytes} bytes that were recorded.`,
    hint: 'Bring it back with "git checkout".',
  };
}

/** Media without a sidecar: made by hand, or left by something that was not us. */
async function checkStrays(folder: string, path: string, report: Report): Promise<void> {
  const names = await readFolder(folder);
  const recorded = new Set(
    names.filter((name) => name.endsWith('.json')).map((name) => parseTakeFileName(name)?.number),
  );
  for (const name of names) {
    const take = parseTakeFileName(name);
    if (take === undefined || recorded.has(take.number)) continue;
    report({
      path: `${path}/${name}`,
      code: 'sidecar-missing',
      message: 'This file has no sidecar, so it is not a take.',
      hint: 'Move it elsewhere, or bring its .json back with "git checkout".',
    });
  }
}
