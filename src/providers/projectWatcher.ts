import path from 'node:path';
import * as vscode from 'vscode';
import { documentFolders } from '../core/domain/documents/documentFile.ts';
import { DisposableStore, Emitter, type Disposable } from '../core/events.ts';
import type { FileHint, Watcher } from '../core/ports/watcher.ts';
import { watchBare } from '../core/storage/watchBare.ts';
import { WatchedFolders } from './watchedFolders.ts';

export type { FileHint } from '../core/ports/watcher.ts';

type About = 'project' | 'document' | 'git';

/**
 * The small text part of a project: where, which file (or all), and what they are about.
 */
const parts: readonly (readonly [folder: string, glob: string, about: About])[] = [
  ['.', 'project.json', 'project'],
  // One watcher a folder: of two, VS Code keeps the last alone.
  ...documentFolders.map((folder) => [folder, '*', 'document'] as const),
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
      const hint = (uri: vscode.Uri): FileHint => {
        if (kind === 'project' || kind === 'git') return { kind, root };
        const file = path.relative(root, uri.fsPath).replaceAll(path.sep, '/');
        return { kind: file.endsWith('.shotlist.json') ? 'shotList' : kind, root, file };
      };
      store.add(this.#watchFolder(path.join(root, folder), glob, hint));
    }
    for (const category of categories)
      store.add(this.#category(root, path.join(root, '01_Assets', category)));
    return store;
  }

  /** Each asset has a folder of its own, which may stand in others. */
  #category(root: string, top: string): Disposable {
    return new WatchedFolders({
      top,
      watch: (folder, heard) =>
        this.#listen(folder, '*', (uri) => {
          heard(uri.fsPath);
        }),
      tell: (changed) => {
        this.#hints.fire({
          kind: 'asset',
          root,
          file: path.relative(root, changed).replaceAll(path.sep, '/'),
        });
      },
    });
  }

  #watchFolder(folder: string, name: string, hint: (uri: vscode.Uri) => FileHint): Disposable {
    return this.#listen(folder, name, (uri) => {
      this.#hints.fire(hint(uri));
    });
  }

  #listen(folder: string, name: string, tell: (uri: vscode.Uri) => void): Disposable {
    const store = new DisposableStore();
    const base = vscode.Uri.file(folder);
    const watcher = store.add(
      vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(base, name)),
    );
    watcher.onDidChange(tell);
    watcher.onDidCreate(tell);
    watcher.onDidDelete(tell);
    // Within the workspace VS Code leaves a folder to its watcher of the whole workspace, which on Linux hears nothing
    // below a folder that was moved there. A folder that is not there is left to VS Code.
    store.add(
      watchBare(folder, (changed) => {
        // Files on their way to their name begin with a dot.
        if (name === '*' ? !changed.startsWith('.') : name === changed)
          tell(vscode.Uri.joinPath(base, changed));
      }),
    );
    return store;
  }
}
