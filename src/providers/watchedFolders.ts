import path from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../core/events.ts';

export interface WatchedFoldersOptions {
  readonly top: string;
  /** Watches one folder, and none within it. */
  watch(folder: string, heard: (path: string) => void): Disposable;
  /** Something at this path may have changed. */
  tell(path: string): void;
}

/** A folder and all folders within it; one that comes later is watched from then on, one that goes no more. */
export class WatchedFolders implements Disposable {
  readonly #options: WatchedFoldersOptions;
  readonly #watched = new Map<string, Disposable>();
  #isDisposed = false;

  constructor(options: WatchedFoldersOptions) {
    this.#options = options;
    void this.#begin(options.top);
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const watcher of this.#watched.values()) watcher.dispose();
    this.#watched.clear();
  }

  async #begin(folder: string): Promise<void> {
    if (this.#isDisposed || this.#watched.has(folder)) return;
    const heard = (changed: string): void => {
      this.#options.tell(changed);
      if (changed !== folder) void this.#look(changed);
    };
    this.#watched.set(folder, this.#options.watch(folder, heard));
    await Promise.all((await foldersIn(folder)).map((name) => this.#begin(path.join(folder, name))));
  }

  async #look(changed: string): Promise<void> {
    if (!(await isFolder(changed))) this.#end(changed);
    else if (!this.#watched.has(changed)) {
      await this.#begin(changed);
      // What came into it before it was watched was told by nobody.
      this.#options.tell(changed);
    }
  }

  #end(folder: string): void {
    for (const [one, watcher] of this.#watched) {
      if (one === this.#options.top || (one !== folder && !one.startsWith(`${folder}${path.sep}`))) continue;
      watcher.dispose();
      this.#watched.delete(one);
    }
  }
}

/** Links are not followed: they may lead anywhere. */
async function isFolder(folder: string): Promise<boolean> {
  try {
    return (await vscode.workspace.fs.stat(vscode.Uri.file(folder))).type === vscode.FileType.Directory;
  } catch (error) {
    requireGone(error);
    return false;
  }
}

/** None where the folder is not there: what comes into it later is told. */
async function foldersIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.file(folder));
    const folders = entries.filter(([, type]) => type === vscode.FileType.Directory);
    return folders.map(([name]) => name).filter((name) => !name.startsWith('.'));
  } catch (error) {
    requireGone(error);
    return [];
  }
}

/** A folder may go at any moment, or be closed to us; then there is nothing to be heard of in it. */
function requireGone(error: unknown): void {
  if (!(error instanceof vscode.FileSystemError)) throw error;
}
