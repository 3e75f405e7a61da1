import { basename, dirname, join } from 'node:path';
import { AuteurError } from '../errors.ts';
import { isThere } from './locate.ts';
import { isOwnFolder } from './ownFolder.ts';

/**
 * A folder of the Library of a workspace, or of the one a project lies in; undefined where there is none. A link in its
 * place would lead to files that are none of this workspace's business.
 */
export async function libraryFolder(place: string, name: string): Promise<string | undefined> {
  const workspace = await workspaceAround(place);
  if (workspace === undefined || !(await isOwnFolder(workspace, 'Library', name))) return undefined;
  return join(workspace, 'Library', name);
}

/**
 * Where a place keeps its Library.
 * @throws AuteurError `no-library` of a film that lies in no workspace
 */
export async function requireWorkspace(place: string): Promise<string> {
  const workspace = await workspaceAround(place);
  if (workspace === undefined) throw new AuteurError('no-library', { path: place });
  return workspace;
}

/** The folder itself, unless it is a project: then the workspace two folders up. */
async function workspaceAround(place: string): Promise<string | undefined> {
  if (!(await isThere(join(place, 'project.json')))) return place;
  const parent = dirname(place);
  return basename(parent) === 'Projects' ? dirname(parent) : undefined;
}
