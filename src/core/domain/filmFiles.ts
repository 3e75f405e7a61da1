import { documentPath } from './documents/documentFile.ts';

/** What one of the texts of a film is, by its path in the project. */
export type FilmFileKind = 'project' | 'shotList' | 'document' | 'asset';

const shotLists = '02_Source_Creative/ShotLists/';
const assets = '01_Assets/';

/** Undefined for every other file of a project. */
export function filmFileKind(path: string): FilmFileKind | undefined {
  if (path === 'project.json') return 'project';
  if (path.startsWith(shotLists) && path.endsWith('.shotlist.json')) return 'shotList';
  if (documentPath(path) !== undefined) return 'document';
  return path.startsWith(assets) && path.endsWith('/asset.json') ? 'asset' : undefined;
}
