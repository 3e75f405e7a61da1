import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { AuteurError } from '../../core/errors.ts';
import { views } from '../contributions.ts';
import { parseUriList } from './assetDrag.ts';

/** Paths of what was dropped; some may be copies that go with it. */
export interface DroppedFiles extends AsyncDisposable {
  readonly paths: readonly string[];
}

const uriList = 'text/uri-list';

/** What has a path on this machine is named by it; of the desktop a browser hands over the content alone. */
export async function droppedFiles(data: vscode.DataTransfer): Promise<DroppedFiles> {
  const list = (await data.get(uriList)?.asString()) ?? '';
  const uris = parseUriList(list).map((line) => vscode.Uri.parse(line, true));
  const paths = uris
    .filter(({ scheme }) => scheme === 'file' || scheme === 'vscode-remote')
    .map(({ fsPath }) => fsPath);
  if (paths.length > 0) return { paths, [Symbol.asyncDispose]: () => Promise.resolve() };
  const files = [...data].map(([, item]) => item.asFile()).filter((file) => file !== undefined);
  return vscode.window.withProgress({ location: { viewId: views.assets } }, () => copies(files));
}

async function copies(files: readonly vscode.DataTransferFile[]): Promise<DroppedFiles> {
  const folder = path.join(tmpdir(), `auteur-drop-${randomUUID()}`);
  const drop = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const paths: string[] = [];
  try {
    for (const [index, file] of files.entries()) {
      const content = await contentOf(file);
      const name = path.posix.basename(file.name.replaceAll('\\', '/'));
      // Of a folder a browser may hand over nothing.
      if (content.length === 0 || name === '' || name === '.' || name === '..') continue;
      // Each in a folder of its own: two may have the same name.
      const copy = path.join(folder, String(index), name);
      await mkdir(path.dirname(copy), { recursive: true, mode: 0o700 });
      await writeFile(copy, content, { mode: 0o600 });
      paths.push(copy);
    }
  } catch (error) {
    await drop();
    throw error;
  }
  return { paths, [Symbol.asyncDispose]: drop };
}

/** What cannot be handed over, as a folder or what is too large for a browser, is to be imported in another way. */
async function contentOf(file: vscode.DataTransferFile): Promise<Uint8Array> {
  try {
    return await file.data();
  } catch (cause) {
    throw new AuteurError('drop-no-path', {}, { cause });
  }
}
