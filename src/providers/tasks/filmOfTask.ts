import path from 'node:path';
import { AuteurError } from '../../core/errors.ts';
import { folderKey } from '../../core/domain/names.ts';
import type { ProjectSummary } from '../../core/protocol/views.ts';

export type Film = Pick<ProjectSummary, 'root' | 'name'>;

interface Meant {
  /** As the task names it: by folder or by name. */
  readonly project: string | undefined;
  /** The workspace folder whose task it is. */
  readonly folder: string | undefined;
}

/**
 * The film a task is about, one of those the window shows: a tasks.json may name no other folder.
 * @throws AuteurError `film-missing`, `task-film-unknown`, `task-film-unclear`
 */
export function filmOfTask<F extends Film>(films: readonly F[], { project, folder }: Meant): F {
  if (films.length === 0) throw new AuteurError('film-missing', { command: 'New Project' });
  const known = films.map((film) => film.name).join(', ');
  const [only, ...others] = project === undefined ? near(films, folder) : named(films, project, folder);
  if (only !== undefined && others.length === 0) return only;
  if (project !== undefined && only === undefined)
    throw new AuteurError('task-film-unknown', { project, known });
  throw new AuteurError('task-film-unclear', { known });
}

/** A folder means one film, whatever others are called. */
function named<F extends Film>(
  films: readonly F[],
  project: string,
  folder: string | undefined,
): readonly F[] {
  const place = path.resolve(folder ?? path.parse(project).root, project);
  const there = films.filter(({ root }) => path.resolve(root) === place);
  if (there.length > 0) return there;
  const key = folderKey(project);
  return films.filter(({ root, name }) => [name, path.basename(root)].some((one) => folderKey(one) === key));
}

/** The film that the folder is, else those in it, else all. */
function near<F extends Film>(films: readonly F[], folder: string | undefined): readonly F[] {
  if (folder === undefined) return films;
  const own = films.filter(({ root }) => path.resolve(root) === path.resolve(folder));
  if (own.length > 0) return own;
  const within = films.filter(({ root }) => isWithin(folder, root));
  return within.length > 0 ? within : films;
}

/** How a task of that folder names a film; undefined where the folder is the film. */
export function projectInTask({ root }: Film, folder: string | undefined): string | undefined {
  if (folder === undefined) return root;
  if (path.resolve(root) === path.resolve(folder)) return undefined;
  return isWithin(folder, root) ? path.relative(folder, root).replaceAll(path.sep, '/') : root;
}

function isWithin(folder: string, root: string): boolean {
  const inside = path.relative(folder, root);
  return inside !== '' && !inside.startsWith('..') && !path.isAbsolute(inside);
}
