import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { documentFolders, documentKind, documentPath } from '../domain/documents/documentFile.ts';
import { partSource } from '../domain/documents/generatedPart.ts';
import { toFailure } from '../errors.ts';
import type { DocumentView } from '../protocol/documentView.ts';
import { readFolder } from './locate.ts';
import { kindOf } from './ownFolder.ts';
import { resolveInside } from './projectPath.ts';

/** A generated part larger than this is still a document; it is only not looked into. */
const maxLook = 4 * 1024 * 1024;

/** A process may have only so many files open. */
const openAtOnce = 64;

/** The creative documents of a film, by folder and name; what cannot be read is listed with its problem. */
export async function readDocuments(root: string): Promise<readonly DocumentView[]> {
  const lists = await Promise.all(documentFolders.map((folder) => documentsIn(root, folder)));
  return lists.flat();
}

async function documentsIn(root: string, folder: string): Promise<readonly DocumentView[]> {
  try {
    const names = await readFolder(await resolveInside(root, folder));
    const paths = [...names].sort(byName).map((name) => `${folder}/${name}`);
    const views: DocumentView[] = [];
    for (let at = 0; at < paths.length; at += openAtOnce) {
      const some = paths.slice(at, at + openAtOnce).map((path) => documentView(root, path));
      views.push(...(await Promise.all(some)).filter((view) => view !== undefined));
    }
    return views;
  } catch (error) {
    const problem = toFailure(error);
    return [
      { path: folder, file: join(root, folder), name: folder, kind: 'treatment', updates: false, problem },
    ];
  }
}

function byName(one: string, other: string): number {
  return one.localeCompare(other, undefined, { numeric: true });
}

async function documentView(root: string, path: string): Promise<DocumentView | undefined> {
  const parts = documentPath(path);
  if (parts === undefined) return undefined;
  const file = join(root, path);
  // What a link leads to is not the project's, and opening a pipe would wait.
  if ((await kindOf(file)) !== 'file') return undefined;
  const view = { path, file, name: parts.name };
  try {
    const text = parts.extension.toLowerCase() === 'md' ? await lookInto(file) : '';
    const updates = partSource(text) !== undefined;
    return { ...view, kind: documentKind(parts, text), updates };
  } catch (error) {
    return { ...view, kind: documentKind(parts), updates: false, problem: toFailure(error) };
  }
}

async function lookInto(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    return size > maxLook ? '' : await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}
