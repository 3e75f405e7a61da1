import type { DocumentKind } from '../../model/documentKind.ts';
import { isRelativePath } from '../../model/isRelativePath.ts';
import { RelativePath } from '../../model/relativePath.ts';
import { folderKey, safeFolderName } from '../names.ts';
import { partSource } from './generatedPart.ts';

const creative = '02_Source_Creative';

/** Where documents are, relative to the project. */
export const documentFolders = ['Treatments', 'Scripts', 'ShotLists'].map((name) => `${creative}/${name}`);

const extensions: Readonly<Record<DocumentKind, string>> = {
  treatment: 'md',
  screenplay: 'fountain',
  'beat-sheet': 'md',
  'shot-list': 'md',
};

const folders: Readonly<Record<DocumentKind, string>> = {
  treatment: `${creative}/Treatments`,
  screenplay: `${creative}/Scripts`,
  'beat-sheet': `${creative}/Treatments`,
  'shot-list': `${creative}/ShotLists`,
};

export interface DocumentPath {
  readonly path: RelativePath;
  readonly folder: string;
  readonly name: string;
  readonly extension: string;
}

/** The parts of a path that may be a document; undefined for every other file of a project. */
export function documentPath(path: string): DocumentPath | undefined {
  const [, folder, name, extension] = /^(.+)\/([^/]+)\.(md|fountain)$/i.exec(path) ?? [];
  if (folder === undefined || name === undefined || extension === undefined) return undefined;
  if (!isRelativePath(path)) return undefined;
  // Temporary files of editors begin with a dot.
  if (!documentFolders.includes(folder) || name.startsWith('.')) return undefined;
  return { path, folder, name, extension };
}

/** What a document is, by its place and by what it is made from. */
export function documentKind({ folder, extension }: DocumentPath, text = ''): DocumentKind {
  if (extension.toLowerCase() === 'fountain') return 'screenplay';
  const source = partSource(text);
  if (source?.of === 'beats') return 'beat-sheet';
  if (source?.of === 'shots' || folder === folders['shot-list']) return 'shot-list';
  return folder === folders.screenplay ? 'screenplay' : 'treatment';
}

/** A file of this title that is not there yet, whatever the disk thinks of letter case. */
export function freeDocumentPath(kind: DocumentKind, title: string, taken: readonly string[]): RelativePath {
  return freePath({ folder: folders[kind], extension: extensions[kind] }, title, taken);
}

/** `taken` are the names in the folder. */
export function freePath(
  { folder, extension }: Pick<DocumentPath, 'folder' | 'extension'>,
  title: string,
  taken: readonly string[],
): RelativePath {
  const keys = new Set(taken.map(folderKey));
  const base = safeFolderName(title);
  for (let count = 1; ; count++) {
    const name = `${base}${count === 1 ? '' : `_${String(count)}`}.${extension}`;
    if (!keys.has(folderKey(name))) return RelativePath.parse(`${folder}/${name}`);
  }
}

export function folderOf(kind: DocumentKind): string {
  return folders[kind];
}
