import { join } from 'node:path';
import { pathTrouble } from '../../domain/portablePaths.ts';
import { AuteurError } from '../../errors.ts';
import type { Git } from '../git.ts';
import { kindOf } from '../ownFolder.ts';

/** What belongs to one machine or can be made again, whatever a changed .gitignore says. */
const ofThisMachine = /^(05_Cache\/|06_Exports\/|\.auteur\/(?![^/]+\.schema\.json$))/;
const kept = /^(05_Cache|06_Exports)\/\.gitkeep$/;

/** The paths of names that Git printed with zero bytes between them. */
export function splitNames(printed: string): readonly string[] {
  return printed.split('\0').filter((name) => name !== '');
}

export function isOfTheFilm(path: string): boolean {
  return kept.test(path) || !ofThisMachine.test(path);
}

/**
 * The files of a film that Git tracks or would track, and that are there. None is a link.
 * @throws AuteurError `film-holds-link`
 */
export async function filesOfFilm(git: Git): Promise<readonly string[]> {
  const printed = await git.run(['ls-files', '--cached', '--others', '--exclude-standard', '-z']);
  const files: string[] = [];
  for (const path of new Set(splitNames(printed))) {
    if (isOfTheFilm(path) && (await isFile(git.root, path))) files.push(path);
  }
  return files;
}

/** Whether there is a file; what was deleted and is not committed yet is none. */
export async function isFile(root: string, path: string): Promise<boolean> {
  const kind = await kindOf(join(root, path));
  if (kind === 'file') return true;
  if (kind === 'nothing') return false;
  throw new AuteurError('film-holds-link', { path });
}

/** @throws AuteurError `path-outside`, `path-not-portable`, `paths-clash` */
export function requirePortable(paths: Iterable<string>): void {
  const trouble = pathTrouble(paths);
  if (trouble === undefined) return;
  const { path } = trouble;
  if (trouble.kind === 'outside') throw new AuteurError('path-outside', { path });
  if (trouble.kind === 'clash') throw new AuteurError('paths-clash', { path, other: trouble.other });
  throw new AuteurError('path-not-portable', { path });
}
