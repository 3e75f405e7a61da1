import { unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AuteurError } from '../../errors.ts';
import { announceWrite } from '../announcedWrites.ts';
import { createExclusively, makeFolderDurably, syncFolder } from '../atomicFile.ts';
import { replaceJsonText, writeText, type JsonFile } from '../jsonFile.ts';
import { isThere } from '../locate.ts';
import { announceMedia, carryMedia, removeEmptyAbove, type MediaStep } from './mediaStep.ts';
import { announceRelocations, carryRelocation, type RelocationStep } from './relocation.ts';
import { unsavedText } from '../openDocuments.ts';
import { resolveInside } from '../projectPath.ts';

export const manifestPath = 'project.json';

/** What is to become of one file. */
export interface FileStep {
  /** Relative to the project. */
  readonly path: string;
  /** Set where it is a JSON file of ours that is there. */
  readonly file?: JsonFile<unknown> | undefined;
  /** Undefined where it is made. */
  readonly before: string | undefined;
  /** Undefined where it is removed. */
  readonly text: string | undefined;
}

/** What is to be done with the files, in this order; media are announced before the first of them moves. */
export type Step = FileStep | MediaStep | RelocationStep;

export function isFileStep(step: Step): step is FileStep {
  return !('files' in step);
}

/** The files that a step comes upon, relative to the project. */
export function filesOf(steps: readonly Step[]): readonly string[] {
  return [...new Set(steps.flatMap((step) => (isFileStep(step) ? [step.path] : step.files)))];
}

/** @throws AuteurError as `carryOut`, `document-unsaved` */
export async function carryOutAll(root: string, steps: readonly Step[]): Promise<void> {
  const relocations = steps.filter((step) => 'to' in step);
  if (steps.length > 1)
    requireSaved(root, [...steps.filter(isFileStep).map(({ path }) => path), ...filesOf(relocations)]);
  const media = steps.filter((step) => 'way' in step);
  if (media.length > 0) await announceMedia(root, media);
  for (const step of steps) {
    if (isFileStep(step)) await carryOut(root, step);
    else if ('to' in step) {
      // Not before: what goes with them may be written by the steps ahead of them.
      if (step === relocations[0]) await announceRelocations(root, relocations);
      await carryRelocation(root, step);
    } else await carryMedia(root, step);
  }
}

/** Of several files half of an edit would be on disk, and the other half in an editor that may be closed without saving. */
function requireSaved(root: string, paths: readonly string[]): void {
  const unsaved = paths.find((path) => unsavedText(join(root, path)) !== undefined);
  if (unsaved !== undefined) throw new AuteurError('document-unsaved', { path: unsaved });
}

/**
 * @throws AuteurError `text-changed` where the file is no longer what was read, `file-changed` where there is one already,
 *   `value-invalid`, `path-outside`
 */
async function carryOut(root: string, { path, file, before, text }: FileStep): Promise<void> {
  if (file !== undefined && text !== undefined) {
    await replaceJsonText(file, text);
    return;
  }
  const absolute = await resolveInside(root, path);
  if (before !== undefined && text !== undefined) {
    await writeText({ path: absolute, before, after: text });
    return;
  }
  if (text !== undefined) await makeFolderDurably(dirname(absolute));
  await announceWrite(absolute, text);
  if (text === undefined) await remove(root, absolute);
  else if (!(await createExclusively(absolute, text))) throw new AuteurError('file-changed', { path });
}

async function remove(root: string, path: string): Promise<void> {
  if (!(await isThere(path))) return;
  await unlink(path);
  await syncFolder(dirname(path));
  await removeEmptyAbove(root, path);
}
