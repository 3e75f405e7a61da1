import path from 'node:path';
import * as vscode from 'vscode';
import { documentFolders } from '../core/domain/documents/documentFile.ts';
import { DisposableStore, Emitter, type Disposable } from '../core/events.ts';
import type { FileHint, Watcher } from '../core/ports/watcher.ts';

export type { FileHint } from '../core/ports/watcher.ts';

type About = 'project' | 'shotList' | 'asset' | 'document' | 'git';

/**
 * The small text part of a project: where, which files, and what they are about.
 * The folders are named one by one: below a folder that was moved here, as that of a new project is, VS Code's watching
 * of the whole workspace hears nothing on Linux.
 */
const parts: readonly (readonly [folder: string, glob: string, about: About])[] = [
  ['.', 'project.json', 'project'],
  ['02_Source_Creative/ShotLists', '*.shotlist.json', 'shotList'],
  ...documentFolders.map((folder) => [folder, '*.{md,fountain}', 'document'] as const),
  ['.git', 'HEAD', 'git'],
  ['.git/logs', 'HEAD', 'git'],
];
const categories = ['Characters', 'Locations', 'Music', 'Styles'] as const;

/** VS Code's own watcher, which never goes below the takes, over the small text part of the projects shown. */
export class ProjectWatcher implements Watcher {
  readonly #owned = new DisposableStore();
  readonly #hints = this.#owned.add(new Emitter<FileHint>());
  readonly onHint = this.#hints.event;
  readonly #watched = new Map<string, Disposable>();

  watch(workspaces: readonly string[], roots: readonly string[]): void {
    const wanted = new Map<string, () => Disposable>([
      ...workspaces.map((folder) => [`w:${folder}`, () => this.#workspace(folder)] as const),
      ...roots.map((root) => [`p:${root}`, () => this.#project(root)] as const),
    ]);
    for (const [key, watcher] of this.#watched) {
      if (wanted.has(key)) continue;
      watcher.dispose();
      this.#watched.delete(key);
    }
    for (const [key, start] of wanted) if (!this.#watched.has(key)) this.#watched.set(key, start());
  }

  /** What is known from elsewhere, such as a document that is being typed in. */
  tell(hint: FileHint): void {
    this.#hints.fire(hint);
  }

  dispose(): void {
    for (const watcher of this.#watched.values()) watcher.dispose();
    this.#owned.dispose();
  }

  #workspace(folder: string): Disposable {
    return this.#watchFolder(path.join(folder, 'Projects'), '*', () => ({ kind: 'projects' }));
  }

  #project(root: string): Disposable {
    const store = new DisposableStore();
    for (const [folder, glob, kind] of parts) {
      const hint = (uri: vscode.Uri): FileHint =>
        kind === 'project' || kind === 'git'
          ? { kind, root }
          : { kind, root, file: path.relative(root, uri.fsPath).replaceAll(path.sep, '/') };
      store.add(this.#watchFolder(path.join(root, folder), glob, hint));
    }
    for (const category of categories)
      store.add(this.#category(root, path.join(root, '01_Assets', category)));
    return store;
  }

  /** Each asset has a folder of its own, and one that is new is watched from then on. */
  #category(root: string, folder: string): Disposable {
    const store = new DisposableStore();
    const known = new Set<string>();
    const hint = (uri: vscode.Uri): FileHint => {
      begin(path.basename(uri.fsPath));
      return { kind: 'asset', root, file: path.relative(root, uri.fsPath).replaceAll(path.sep, '/') };
    };
    const begin = (name: string): void => {
      if (known.has(name) || name.includes('.')) return;
      known.add(name);
      store.add(this.#watchFolder(path.join(folder, name), '*', hint));
    };
    store.add(this.#watchFolder(folder, '*', hint));
    void namesIn(folder).then((names) => {
      for (const name of names) begin(name);
    });
    return store;
  }

  #watchFolder(folder: string, glob: string, hint: (uri: vscode.Uri) => FileHint): Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.file(folder), glob),
    );
    const tell = (uri: vscode.Uri): void => {
      this.#hints.fire(hint(uri));
    };
    watcher.onDidChange(tell);
    watcher.onDidCreate(tell);
    watcher.onDidDelete(tell);
    return watcher;
  }
}

/** None where the folder is not there: what comes into it later is told. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.file(folder));
    return entries.filter(([, type]) => type === vscode.FileType.Directory).map(([name]) => name);
  } catch {
    return [];
  }
}
