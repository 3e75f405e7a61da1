import { unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AuteurError } from '../../errors.ts';
import { announceWrite } from '../announcedWrites.ts';
import { createExclusively, makeFolderDurably, syncFolder } from '../atomicFile.ts';
import { replaceJsonText, type JsonFile } from '../jsonFile.ts';
import { isThere } from '../locate.ts';
import { moveMedia, type MediaMove } from '../trash.ts';
import { resolveInside } from '../projectPath.ts';
import { replaceText } from '../textFile.ts';

export const manifestPath = 'project.json';

/** What is to become of one file. */
export interface FileStep {
  /** Relative to the project. */
  readonly path: string;
  /** Set where it is a JSON file of ours that is there. */
  readonly file?: JsonFile<unknown> | undefined;
  /** Set where the file is media, which come and go whole. */
  readonly move?: MediaMove;
  /** Undefined where it is made. */
  readonly before: string | undefined;
  /** Undefined where it is removed. */
  readonly text: string | undefined;
}

/** @throws AuteurError `file-changed` where the file is no longer what was read, `value-invalid`, `path-outside` */
export async function carryOut(root: string, step: FileStep): Promise<void> {
  const { path, file, before, text } = step;
  if (step.move !== undefined) {
    await moveMedia(root, path, step.move);
    return;
  }
  if (file !== undefined && text !== undefined) {
    await replaceJsonText(file, text);
    return;
  }
  const absolute = await resolveInside(root, path);
  if (before !== undefined && text !== undefined) {
    await replaceText(absolute, { before, after: text });
    return;
  }
  if (text !== undefined) await makeFolderDurably(dirname(absolute));
  await announceWrite(absolute, text);
  if (text === undefined) await remove(absolute);
  else if (!(await createExclusively(absolute, text))) throw new AuteurError('file-changed', { path });
}

async function remove(path: string): Promise<void> {
  if (!(await isThere(path))) return;
  await unlink(path);
  await syncFolder(dirname(path));
}
