import { readdirSync } from 'node:fs';
import { parseTakeFileName } from '../../domain/numbering.ts';
import { systemCode } from '../../errors.ts';
import type { IndexedFolder, KnownTake } from './knownTake.ts';
import { lookAtSidecar, readSidecar } from './readSidecar.ts';

const nothingThere = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG']);

export interface FolderRead {
  /** In order of number. */
  readonly takes: readonly KnownTake[];
  /** What may be kept of it. */
  readonly entries: IndexedFolder;
  /** Whether that is something else than what was kept. */
  readonly changed: boolean;
}

/** Lists a folder, and reads those of its sidecars that are not as they were kept. */
export function readFolderTakes(folder: string, kept: IndexedFolder): FolderRead {
  const takes: KnownTake[] = [];
  const entries: Record<string, IndexedFolder[string]> = {};
  let reused = 0;
  let added = 0;
  for (const name of sidecarNames(folder)) {
    const look = lookAtSidecar(folder, name);
    if (look === undefined) continue;
    const known = kept[name];
    const take = known?.[0] === look.stamp ? known[1] : readSidecar(folder, name);
    if (take === undefined) continue;
    takes.push(take);
    if (take === known?.[1]) reused += 1;
    else if (look.settled) added += 1;
    else continue;
    entries[name] = [look.stamp, take];
  }
  takes.sort((a, b) => a.number - b.number);
  return { takes, entries, changed: added > 0 || reused !== Object.keys(kept).length };
}

function sidecarNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => parseTakeFileName(name)?.extension === 'json');
  } catch (error) {
    if (nothingThere.has(systemCode(error) ?? '')) return [];
    throw error;
  }
}
