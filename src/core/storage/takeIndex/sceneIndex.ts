import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemCode } from '../../errors.ts';
import type { SceneId } from '../../model/ids.ts';
import { indexFormat, SceneIndexFile, type IndexedFolder } from './knownTake.ts';

const cacheFolder = '05_Cache';
const indexFolder = 'takes.index';
const maxBytes = 64 * 1024 * 1024;
const unusedMs = 7 * 86_400_000;

export type IndexedFolders = Readonly<Record<string, IndexedFolder>>;

function indexFolderOf(root: string): string {
  return join(root, cacheFolder, indexFolder);
}

export function sceneIndexName(scene: SceneId): string {
  // No scene's id is then a name that Windows keeps for a device.
  return `scene-${scene}.json`;
}

/** What is kept of a scene; nothing where it is broken, of another format or another scene's. */
export function readSceneIndex(root: string, scene: SceneId): IndexedFolders {
  const path = join(indexFolderOf(root), sceneIndexName(scene));
  const parsed = SceneIndexFile.safeParse(jsonAt(root, path));
  return parsed.success && parsed.data.scene === scene ? parsed.data.folders : {};
}

/**
 * Keeps what was read of a scene. Of two that write at once the last one stays: what it does not know is read again.
 * @throws the system's error where the project cannot be written
 */
export function writeSceneIndex(root: string, scene: SceneId, folders: IndexedFolders): void {
  if (!makeIndexFolder(root)) return;
  const path = join(indexFolderOf(root), sceneIndexName(scene));
  const temporary = join(dirname(path), `.save-${randomUUID()}.tmp`);
  const file: SceneIndexFile = { format: indexFormat, scene, folders: { ...folders } };
  try {
    // Not forced to disk: what a power failure leaves of it is found to be broken, and built anew.
    writeFileSync(temporary, JSON.stringify(file), { flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Whether the index lies in folders of the project's own: a link may lead anywhere. */
function makeIndexFolder(root: string): boolean {
  for (const folder of [join(root, cacheFolder), indexFolderOf(root)]) {
    try {
      mkdirSync(folder);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
    if (!lstatSync(folder).isDirectory()) return false;
  }
  return true;
}

function hasIndexFolder(root: string): boolean {
  return [join(root, cacheFolder), indexFolderOf(root)].every(
    (folder) => lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true,
  );
}

/** The names of what is kept. */
export function listIndex(root: string): ReadonlySet<string> {
  try {
    return new Set(hasIndexFolder(root) ? readdirSync(indexFolderOf(root)) : []);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return new Set();
  }
}

/** Scenes of another branch keep their index for a while; what a killed process has left goes the same way. */
export function removeUnused(root: string, used: ReadonlySet<string>): void {
  for (const name of [...listIndex(root)].filter((one) => !used.has(one))) {
    const path = join(indexFolderOf(root), name);
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found?.isFile() === true && found.mtimeMs < Date.now() - unusedMs) rmSync(path, { force: true });
  }
}

function jsonAt(root: string, path: string): unknown {
  try {
    if (!hasIndexFolder(root)) return undefined;
    const found = lstatSync(path);
    if (!found.isFile() || found.size > maxBytes) return undefined;
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError) && systemCode(error) === undefined) throw error;
    return undefined;
  }
}
