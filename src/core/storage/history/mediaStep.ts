import { lstat, readdir, rename, rm, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AuteurError, systemCode } from '../../errors.ts';
import { announceFiles, type Announced } from '../announcedWrites.ts';
import { makeFolderDurably, moveExclusively, syncFolder } from '../atomicFile.ts';
import type { OpOf } from '../edits/filmOp.ts';
import { isOwnFolder, kindOf, makeOwnFolder } from '../ownFolder.ts';
import { resolveInside } from '../projectPath.ts';
import { sha256Of } from '../sha256.ts';

/** A file or folder of an asset, or the media of a take, on its way into the film or out of it; its content stays as it is. */
export interface MediaStep extends OpOf<'media'> {
  /** What comes or goes with it, relative to the project. */
  readonly files: readonly string[];
}

/** Whether something is put aside at such a place; a link on the way there counts as nothing. */
export async function isKept(root: string, kept: string): Promise<boolean> {
  const [kind = '', id = '', name = ''] = kept.split('/');
  if (!(await isOwnFolder(root, '.auteur', kind, id))) return false;
  return ['file', 'folder'].includes(await kindOf(join(root, '.auteur', kind, id, name)));
}

function keptPath(root: string, kept: string): string {
  return join(root, '.auteur', ...kept.split('/'));
}

/** What nothing can bring back any more goes for good. */
export async function forgetKept(root: string, kept: string): Promise<void> {
  if (await isKept(root, kept)) await rm(dirname(keptPath(root, kept)), { recursive: true, force: true });
}

/** What a change of media means for files; undefined where there is nothing to move. */
export async function mediaStep(root: string, op: OpOf<'media'>): Promise<MediaStep | undefined> {
  const inside = await resolveInside(root, op.path);
  const from = op.way === 'in' ? keptPath(root, op.kept) : inside;
  if (op.way === 'in' && !(await isKept(root, op.kept))) return undefined;
  const kind = await kindOf(from);
  if (kind !== 'file' && kind !== 'folder') return undefined;
  return { ...op, files: kind === 'file' ? [op.path] : await filesBelow(from, op.path) };
}

export async function filesBelow(folder: string, name: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    const inner = `${name}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(await filesBelow(join(folder, entry.name), inner)));
    else found.push(inner);
  }
  return found;
}

/** Told at once, before the first of them moves. */
export function announceMedia(root: string, steps: readonly MediaStep[]): Promise<void> {
  return announceFiles(async () => {
    const announced: Announced[] = [];
    for (const { files, path, kept, way } of steps) {
      for (const file of files) {
        const sha256 =
          way === 'out'
            ? undefined
            : await sha256Of(join(keptPath(root, kept), ...file.slice(path.length).split('/')));
        announced.push({ path: join(root, file), sha256 });
      }
    }
    return announced;
  });
}

/** @throws AuteurError `file-changed` where the place it goes to is taken */
export async function carryMedia(root: string, { path, kept, way }: MediaStep): Promise<void> {
  const inside = await resolveInside(root, path);
  const [kind = '', id = ''] = kept.split('/');
  const aside = join(await makeOwnFolder(root, '.auteur', kind, id), kept.split('/')[2] ?? '');
  if (way === 'out') {
    await moveWhole(inside, aside, path);
    await removeEmptyAbove(root, inside);
    return;
  }
  await makeFolderDurably(dirname(inside));
  await moveWhole(aside, inside, path);
}

export async function moveWhole(from: string, to: string, path: string): Promise<void> {
  try {
    if ((await kindOf(from)) === 'file') {
      await moveExclusively(from, to);
    } else {
      await rename(from, to);
      await syncFolder(dirname(to));
    }
    await syncFolder(dirname(from));
  } catch (error) {
    if (!['EEXIST', 'ENOTEMPTY', 'ENOTDIR'].includes(systemCode(error) ?? '')) throw error;
    if (await isSameFile(from, to)) return finishMove(from, to);
    throw new AuteurError('file-changed', { path }, { cause: error });
  }
}

/** A crash came between the two steps of a move: one file has both names. */
async function finishMove(from: string, to: string): Promise<void> {
  await syncFolder(dirname(to));
  await unlink(from);
  await syncFolder(dirname(from));
}

/** Whether a file and what is put aside of it hold the same. */
export async function isSameAside(root: string, { path, kept }: OpOf<'media'>): Promise<boolean> {
  return (await isKept(root, kept)) && isSameFile(await resolveInside(root, path), keptPath(root, kept));
}

export async function isSameFile(one: string, other: string): Promise<boolean> {
  const kinds = [await kindOf(one), await kindOf(other)];
  if (kinds.some((kind) => kind !== 'file')) return false;
  const [first, second] = [await lstat(one), await lstat(other)];
  if (first.ino !== 0 && first.ino === second.ino && first.dev === second.dev) return true;
  return first.size === second.size && (await sha256Of(one)) === (await sha256Of(other));
}

/** What is left of an asset's folder: Git knows no empty folders either. Those of the categories stay. */
export async function removeEmptyAbove(root: string, gone: string): Promise<void> {
  const categories = join(root, '01_Assets');
  for (let folder = dirname(gone); dirname(folder) !== categories; folder = dirname(folder)) {
    if (!folder.startsWith(categories)) return;
    try {
      await rmdir(folder);
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      return;
    }
  }
}
