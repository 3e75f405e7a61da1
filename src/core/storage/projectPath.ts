import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { AuteurError, systemCode } from '../errors.ts';
import { RelativePath } from '../model/relativePath.ts';

/**
 * The one path a project is known by in the queue and its leases, whatever link or letter case led to it.
 * @throws AuteurError `not-a-project` where there is nothing
 */
export async function realRoot(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new AuteurError('not-a-project', { path }, { cause: error });
  }
}

/**
 * The absolute path of a file a project names, which need not exist.
 * @throws AuteurError `path-outside` where `..`, an absolute path or a link leads out of the project.
 */
export async function resolveInside(root: string, path: string): Promise<string> {
  if (!RelativePath.safeParse(path).success) throw new AuteurError('path-outside', { path });
  const absolute = join(root, path);
  const home = await realpath(root);
  const real = await realpathOfNearest(absolute);
  if (real !== home && !isInside(home, real)) throw new AuteurError('path-outside', { path });
  return absolute;
}

/** Whether a path lies within a folder (both absolute and already resolved). */
function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function realpathOfNearest(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    const parent = dirname(path);
    if (parent === path) throw error;
    return realpathOfNearest(parent);
  }
}
