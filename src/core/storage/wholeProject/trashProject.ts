import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AuteurError } from '../../errors.ts';
import { syncFolder } from '../atomicFile.ts';
import { momentName } from '../export/exportFolder.ts';
import { isProjectFolder, isThere, workspaceOf } from '../locate.ts';
import { readProject } from '../projectFiles.ts';
import { withProjectLock } from '../projectLock.ts';

const trashFolder = '.trash';

export interface Trashing {
  readonly root: string;
  /** As the user typed it. */
  readonly name: string;
  /** Whether takes of the film wait or are being made. */
  readonly isBusy: () => Promise<boolean>;
}

/**
 * Checks that a folder is a film, that it is the one that is meant, and that nothing is being made in it.
 * @throws AuteurError `not-a-project`, `file-unreadable`, `name-differs`, `project-busy`
 */
export async function requireDeletable({ root, name, isBusy }: Trashing): Promise<void> {
  if (!(await isProjectFolder(root))) throw new AuteurError('not-a-project', { path: root });
  const { value } = await readProject(root);
  if (value.name.normalize('NFC').trim() !== name.normalize('NFC').trim())
    throw new AuteurError('name-differs', { name: value.name, typed: name });
  if (await isBusy()) throw new AuteurError('project-busy', { name: value.name });
}

/**
 * Moves a film to the workspace's `.trash`, in one step.
 * @returns where it is now
 */
export async function trashProject(wanted: Trashing): Promise<string> {
  const { root } = wanted;
  // Before the lock is taken, which would leave a file in a folder that is none of ours.
  await requireDeletable(wanted);
  return withProjectLock(root, async () => {
    await requireDeletable(wanted);
    const parent = join(workspaceOf(root), trashFolder);
    await mkdir(parent, { recursive: true });
    const path = await freeName(join(parent, `${basename(root)}-${momentName(new Date())}`));
    await rename(root, path);
    await syncFolder(parent);
    // The lock went along.
    await rm(join(path, '.auteur', 'lock'), { force: true });
    return path;
  });
}

async function freeName(path: string): Promise<string> {
  for (let count = 1; ; count++) {
    const name = count === 1 ? path : `${path}_${count}`;
    if (!(await isThere(name))) return name;
  }
}
