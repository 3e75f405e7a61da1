import { AuteurError, systemCode, toFailure, unexpected } from '../../errors.ts';
import type { SceneId } from '../../model/ids.ts';
import { insideResolver } from '../projectPath.ts';
import type { IndexedFolder, KnownTake } from './knownTake.ts';
import { readFolderTakes, type FolderRead } from './readFolderTakes.ts';
import { readSceneIndex, writeSceneIndex, type IndexedFolders } from './sceneIndex.ts';
import { TimeSlice } from './timeSlice.ts';

/** The takes of one folder in order of number, or why they cannot be read. */
export interface FolderTakes {
  readonly takes: readonly KnownTake[];
  readonly problem?: AuteurError;
}

export interface TakeIndexOptions {
  /** Whether the index of a project may be read and written; without it every sidecar is read each time. */
  readonly keeps: boolean;
  readonly log?: ((line: string) => void) | undefined;
}

const nothingKept: IndexedFolder = {};

/**
 * What is known of the takes of films, kept in `05_Cache`. The folders are the truth: each is listed and each of its
 * sidecars looked at whenever it is asked for, and what is new or was changed is read.
 */
export class TakeIndex {
  readonly #options: TakeIndexOptions;
  readonly #told = new Set<string>();

  constructor(options: TakeIndexOptions) {
    this.#options = options;
  }

  /** The takes of all shots of a scene, by folder. */
  async scene(
    root: string,
    scene: SceneId,
    folders: readonly string[],
  ): Promise<ReadonlyMap<string, FolderTakes>> {
    const kept = this.#kept(root, scene);
    const { found, read } = await readFolders(root, folders, kept);
    const gone = Object.keys(kept).some((folder) => !found.has(folder));
    if (gone || hasChanged(found)) this.#keep(root, scene, entriesOf(found));
    return read;
  }

  /** The takes of one shot of a scene; no other folder is looked at. */
  async shot(root: string, scene: SceneId, folder: string): Promise<FolderTakes> {
    const { found, read } = await readFolders(root, [folder], this.#kept(root, scene));
    // Asked again: meanwhile others may have been kept.
    if (hasChanged(found)) this.#keep(root, scene, { ...this.#kept(root, scene), ...entriesOf(found) });
    return read.get(folder) ?? { takes: [] };
  }

  #kept(root: string, scene: SceneId): IndexedFolders {
    return this.#options.keeps ? readSceneIndex(root, scene) : {};
  }

  #keep(root: string, scene: SceneId, folders: IndexedFolders): void {
    if (!this.#options.keeps) return;
    try {
      writeSceneIndex(root, scene, folders);
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      // A file that is held for a moment is written the next time.
      if (this.#told.has(root)) return;
      this.#told.add(root);
      this.#options.log?.(`${root}: no index of its takes is kept: ${toFailure(error).message}`);
    }
  }
}

interface Folders {
  readonly found: ReadonlyMap<string, FolderRead>;
  readonly read: ReadonlyMap<string, FolderTakes>;
}

async function readFolders(root: string, folders: readonly string[], kept: IndexedFolders): Promise<Folders> {
  const found = new Map<string, FolderRead>();
  const read = new Map<string, FolderTakes>();
  const inside = await insideResolver(root);
  const slice = new TimeSlice();
  for (const folder of folders) {
    await slice.pause();
    try {
      const known = Object.hasOwn(kept, folder) ? kept[folder] : undefined;
      const one = readFolderTakes(await inside(folder), known ?? nothingKept);
      found.set(folder, one);
      read.set(folder, { takes: one.takes });
    } catch (error) {
      if (!AuteurError.is(error) && systemCode(error) === undefined) throw error;
      // One shot whose folder leads astray hides no other.
      read.set(folder, { takes: [], problem: unexpected(error) });
    }
  }
  return { found, read };
}

function hasChanged(found: Folders['found']): boolean {
  return [...found.values()].some(({ changed }) => changed);
}

function entriesOf(found: Folders['found']): IndexedFolders {
  return Object.fromEntries([...found].map(([folder, { entries }]) => [folder, entries]));
}
