import { access, readdir, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { AuteurError, systemCode } from '../errors.ts';
import { markerFile } from '../model/markerFile.ts';

/** Whether a folder is, by its files, one of our projects. Other tools own files called project.json too. */
export async function isProjectFolder(folder: string): Promise<boolean> {
  return (await isThere(join(folder, 'project.json'))) && (await isThere(join(folder, markerFile)));
}

/**
 * The nearest folder upwards that is a project.
 * @throws AuteurError `not-a-project`
 */
export async function findProject(from: string): Promise<string> {
  const start = resolve(from);
  for (let folder = start; ; folder = dirname(folder)) {
    if (await isProjectFolder(folder)) return realpath(folder);
    if (dirname(folder) === folder) throw new AuteurError('not-a-project', { path: start });
  }
}

/** The workspace: `AUTEUR_WORKSPACE`, else the nearest folder upwards with `Projects/`, else `~/Auteur_Workspace`. */
export async function findWorkspace(from: string, env: NodeJS.ProcessEnv): Promise<string> {
  const named = env['AUTEUR_WORKSPACE'];
  if (named !== undefined && named !== '') return expandHome(named);
  for (let folder = resolve(from); dirname(folder) !== folder; folder = dirname(folder)) {
    if (await isFolder(join(folder, 'Projects'))) return folder;
    // Within a project of a workspace, the workspace is two folders up.
    if (basename(folder) === 'Projects') return dirname(folder);
  }
  return join(homedir(), 'Auteur_Workspace');
}

/** The workspace around a film; of one that lies in none, the folder around it. */
export function workspaceOf(root: string): string {
  const parent = dirname(root);
  return basename(parent) === 'Projects' ? dirname(parent) : parent;
}

/** `~/Films` and relative paths made absolute. */
export function expandHome(path: string): string {
  const expanded = path === '~' || /^~[/\\]/.test(path) ? join(homedir(), path.slice(1)) : path;
  return isAbsolute(expanded) ? expanded : resolve(expanded);
}

/** A project that is being made lies in a folder that begins like this. */
export const buildingPrefix = '.new-';

/** Folders of a workspace that look like projects, by name. A workspace that is not there holds none. */
export async function projectFolders(workspace: string): Promise<readonly string[]> {
  const parent = join((await isThere(workspace)) ? await realpath(workspace) : workspace, 'Projects');
  const names = await readFolder(parent);
  const folders = names.filter((name) => !name.startsWith(buildingPrefix)).map((name) => join(parent, name));
  const found = await Promise.all(
    folders.map(async (folder) => ((await looksLikeProject(folder)) ? folder : undefined)),
  );
  return found
    .filter((folder) => folder !== undefined)
    .sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
}

/** What may not be read, or has lost its manifest or marker, is still listed, so that its problem is seen. */
async function looksLikeProject(folder: string): Promise<boolean> {
  try {
    return (await isThere(join(folder, markerFile))) || (await isThere(join(folder, '03_Renders')));
  } catch (error) {
    if (systemCode(error) === 'EACCES') return true;
    throw error;
  }
}

/** Answers for a path that no file can have: there is nothing to read and nothing to mend. */
const nothingThere = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG']);

function isNothingThere(error: unknown): boolean {
  return nothingThere.has(systemCode(error) ?? '');
}

export async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (isNothingThere(error)) return false;
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (isNothingThere(error) || systemCode(error) === 'EACCES') return false;
    throw error;
  }
}

/** Names in a folder; none where it is not there. */
export async function readFolder(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (isNothingThere(error)) return [];
    throw error;
  }
}

/** The folder itself, or the nearest one above that is there. */
export async function nearestFolder(path: string): Promise<string> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (dirname(folder) === folder || (await isFolder(folder))) return folder;
  }
}
