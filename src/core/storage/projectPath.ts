import { lstatSync, realpathSync } from 'node:fs';
import { readlink, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { AuteurError, systemCode } from '../errors.ts';
import { RelativePath } from '../model/relativePath.ts';

/** A path through a file, through links that go round, or too long: there can never be anything. */
const impassable = new Set(['ELOOP', 'ENOTDIR', 'ENAMETOOLONG']);
const leadsNowhere = new Set([...impassable, 'ENOENT']);

/**
 * The one path a project is known by in the queue and its leases, whatever link or letter case led to it.
 * @throws AuteurError `not-a-project` where there is nothing
 */
export async function realRoot(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!leadsNowhere.has(systemCode(error) ?? '')) throw error;
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
  const real = await realpathInProject(absolute, path);
  if (real !== home && !isInside(home, real)) throw new AuteurError('path-outside', { path });
  return absolute;
}

/** The same for many paths: the project itself is resolved once, and what leads nowhere near its bounds needs no second look. */
export async function insideResolver(root: string): Promise<(path: string) => Promise<string>> {
  const home = await realpath(root);
  return async (path) => {
    const absolute = join(root, path);
    const isFine = RelativePath.safeParse(path).success && isSurelyInside(home, absolute);
    return isFine ? absolute : resolveInside(root, path);
  };
}

/** Of what is not there yet the nearest folder above tells. */
function isSurelyInside(home: string, absolute: string): boolean {
  try {
    for (let path = absolute; path !== dirname(path); path = dirname(path)) {
      const found = lstatSync(path, { throwIfNoEntry: false });
      if (found === undefined) continue;
      if (path !== absolute && !found.isDirectory()) return false;
      const real = realpathSync.native(path);
      return real === home || isInside(home, real);
    }
    return false;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

async function realpathInProject(absolute: string, path: string): Promise<string> {
  try {
    return await realpathOfNearest(absolute);
  } catch (error) {
    if (!impassable.has(systemCode(error) ?? '')) throw error;
    throw new AuteurError('path-outside', { path }, { cause: error });
  }
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
    // Through a link to where nothing is yet a file would be made at its target.
    return realpathOfNearest((await linkTarget(path)) ?? parent);
  }
}

async function linkTarget(path: string): Promise<string | undefined> {
  try {
    return resolve(dirname(path), await readlink(path));
  } catch (error) {
    if (['EINVAL', 'ENOENT', 'UNKNOWN'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}
