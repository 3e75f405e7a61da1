import path from 'node:path';
import * as vscode from 'vscode';
import { documentFolders } from '../core/domain/documents/documentFile.ts';
import { DisposableStore, Emitter, type Disposable } from '../core/events.ts';

/** What seems to have changed on disk; a hint, the files are the truth. */
export type FileHint =
  | { readonly kind: 'projects' }
  | { readonly kind: 'project'; readonly root: string }
  | { readonly kind: 'documents'; readonly root: string }
  | { readonly kind: 'shotList'; readonly root: string; readonly file: string };

const shotListFolder = path.join('02_Source_Creative', 'ShotLists');

/** Watches the small text part of the projects shown, and the folders new ones appear in. */
export class ProjectWatcher implements Disposable {
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

  dispose(): void {
    for (const watcher of this.#watched.values()) watcher.dispose();
    this.#owned.dispose();
  }

  #workspace(folder: string): Disposable {
    return this.#watchFolder(path.join(folder, 'Projects'), '*', () => ({ kind: 'projects' }));
  }

  #project(root: string): Disposable {
    const store = new DisposableStore();
    store.add(this.#watchFolder(root, 'project.json', () => ({ kind: 'project', root })));
    store.add(
      this.#watchFolder(path.join(root, shotListFolder), '*.shotlist.json', (file) => ({
        kind: 'shotList',
        root,
        file,
      })),
    );
    for (const folder of documentFolders)
      store.add(
        this.#watchFolder(path.join(root, folder), '*.{md,fountain}', () => ({ kind: 'documents', root })),
      );
    return store;
  }

  // Flat patterns: VS Code then watches one folder and not the takes below it.
  #watchFolder(folder: string, glob: string, hint: (file: string) => FileHint): Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.file(folder), glob),
    );
    const tell = (uri: vscode.Uri): void => {
      this.#hints.fire(hint(path.basename(uri.fsPath)));
    };
    watcher.onDidChange(tell);
    watcher.onDidCreate(tell);
    watcher.onDidDelete(tell);
    return watcher;
  }
}
