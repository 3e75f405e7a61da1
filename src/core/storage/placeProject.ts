import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { folderKey, folderNames } from '../domain/names.ts';
import { AuteurError, systemCode, unexpected } from '../errors.ts';
import { syncFolder } from './atomicFile.ts';
import { libraryFolders } from './gitTemplates.ts';
import { readOwnJsonFile } from './jsonFile.ts';
import { buildingPrefix, isThere, readFolder } from './locate.ts';
import { withLockFile } from './projectLock.ts';

const abandonedMs = 3_600_000;
const touchMs = 300_000;

export interface ProjectPlace {
  readonly workspace: string;
  /** As it was typed. */
  readonly name: string;
}

/**
 * Makes the folder of a project in `Projects/`, in a safe form of its name. It appears whole or not at all.
 * @param fill gets the folder it is made in, and the one that it is expected to become
 * @returns the absolute path of its folder
 * @throws AuteurError `folder-exists`, `workspace-unusable`
 */
export async function placeProject(
  place: ProjectPlace,
  fill: (building: string, expected: string) => Promise<void>,
): Promise<string> {
  await makeWorkspace(place.workspace);
  const expected = await freeFolder(place);
  await removeAbandoned(place.workspace);
  const parent = join(place.workspace, 'Projects');
  const building = join(parent, `${buildingPrefix}${randomUUID()}`);
  let target = expected;
  const touching = setInterval(() => void touch(building), touchMs);
  try {
    await fill(building, expected);
    // Another process may have made a film of a like name meanwhile, which only a disk that knows case tells apart.
    await withLockFile(parent, join(parent, `${buildingPrefix}lock`), async () => {
      target = await freeFolder(place);
      await rename(building, target);
    });
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    if (['ENOTEMPTY', 'EEXIST'].includes(systemCode(error) ?? ''))
      throw new AuteurError('folder-exists', { path: target });
    throw unexpected(error);
  } finally {
    clearInterval(touching);
  }
  await syncFolder(parent);
  return target;
}

/** What takes hours to copy must not look abandoned; where it cannot be touched, its maker has ended or will say so. */
async function touch(building: string): Promise<void> {
  const now = new Date();
  await utimes(building, now, now).catch(() => undefined);
}

async function makeWorkspace(workspace: string): Promise<void> {
  try {
    await mkdir(join(workspace, 'Projects'), { recursive: true });
    for (const folder of libraryFolders) await mkdir(join(workspace, 'Library', folder), { recursive: true });
  } catch (error) {
    const isFile = ['EEXIST', 'ENOTDIR'].includes(systemCode(error) ?? '');
    const said = error instanceof Error ? error.message : String(error);
    const reason = isFile ? 'a file lies where a folder is needed.' : said;
    throw new AuteurError('workspace-unusable', { path: workspace, reason }, { cause: error });
  }
}

/** What a process that was killed while it made a project has left. */
async function removeAbandoned(workspace: string): Promise<void> {
  const parent = join(workspace, 'Projects');
  for (const name of (await readFolder(parent)).filter((one) => one.startsWith(buildingPrefix))) {
    const path = join(parent, name);
    if (await isAbandoned(path)) await rm(path, { recursive: true, force: true });
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > abandonedMs;
  } catch (error) {
    // Its maker has just finished, or somebody else has tidied up.
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** The same name twice is refused. */
async function freeFolder({ workspace, name }: ProjectPlace): Promise<string> {
  const taken = new Map(
    (await readFolder(join(workspace, 'Projects'))).map((folder) => [folderKey(folder), folder]),
  );
  const folders = folderNames(name);
  for (;;) {
    const folder = folders.next().value;
    const existing = taken.get(folderKey(folder));
    if (existing === undefined) return join(workspace, 'Projects', folder);
    const path = join(workspace, 'Projects', existing);
    if ((await nameOfProject(path)) === name || !(await isThere(join(path, 'project.json')))) {
      throw new AuteurError('folder-exists', { path });
    }
  }
}

async function nameOfProject(folder: string): Promise<string | undefined> {
  try {
    return (await readOwnJsonFile(join(folder, 'project.json'), z.object({ name: z.string() }))).value.name;
  } catch (error) {
    if (AuteurError.is(error, 'file-unreadable')) return undefined;
    throw error;
  }
}
