import { basename, dirname } from 'node:path/posix';
import { parseTakeFileName } from '../../domain/numbering.ts';
import { resolveInside } from '../projectPath.ts';
import { scanTakes } from '../takes.ts';

/**
 * The first of the files of a film, by their paths in it, that is media of a take and not what its sidecar records.
 * What no sidecar speaks of is held to nothing.
 */
export async function changedMedia(
  root: string,
  paths: readonly string[],
  sha256: (path: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const recorded = new Map<string, ReadonlyMap<string, string>>();
  for (const path of paths) {
    if (!isTakeMedia(path)) continue;
    const folder = dirname(path);
    const known = recorded.get(folder) ?? (await recordedIn(root, folder));
    recorded.set(folder, known);
    const wanted = known.get(basename(path));
    if (wanted !== undefined && (await sha256(path)) !== wanted) return path;
  }
  return undefined;
}

function isTakeMedia(path: string): boolean {
  const name = parseTakeFileName(basename(path));
  return name !== undefined && name.extension !== 'json';
}

async function recordedIn(root: string, folder: string): Promise<ReadonlyMap<string, string>> {
  const { takes } = await scanTakes(await resolveInside(root, folder));
  const files = takes.filter(({ deleted }) => deleted === undefined).flatMap((take) => take.files);
  return new Map(files.map(({ name, sha256 }) => [name, sha256]));
}
