import { stat } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../../core/errors.ts';
import { Emitter, type Disposable } from '../../core/events.ts';
import type { FileHint } from '../../core/ports/watcher.ts';
import { isSettled } from '../../core/storage/rememberedFiles.ts';
import { watchBare } from '../../core/storage/watchBare.ts';
import type { FilmNode, SceneNode, ShotNode } from './nodes.ts';

type Watchers = Map<string, Disposable>;

/** The watchers of one open scene, by folder: those of takes, and of all that these are in. */
interface Watched {
  readonly root: string;
  readonly takes: Watchers;
  readonly above: Watchers;
}

/**
 * The folders of the takes that the tree shows: those of shots whose scene is open, and of these alone, because all the
 * takes of a long film are too many to be watched.
 */
export class TakeFolders implements Disposable {
  readonly #hints = new Emitter<FileHint>();
  readonly onHint = this.#hints.event;
  readonly #scenes = new Map<string, Watched>();

  /** The editor was given the shots of a scene. */
  show(scene: SceneNode, children: readonly FilmNode[]): void {
    const { root } = scene;
    const folders = children.filter(isReadable).map(({ view }) => path.join(root, view.shot.folder));
    const watched = this.#scenes.get(scene.id) ?? { root, takes: new Map(), above: new Map() };
    this.#scenes.set(scene.id, watched);
    const above = folders.flatMap((folder) => foldersAbove(root, folder));
    follow(watched.above, above, (folder) => this.#above(watched, folder));
    follow(watched.takes, folders, (folder) => {
      const watcher = this.#takes(root, folder);
      void this.#catchUp(root, folder);
      return watcher;
    });
  }

  /** The line of a scene was opened or closed; the editor asks for its shots the first time only. */
  opened(scene: SceneNode, isOpen: boolean): void {
    if (isOpen) this.show(scene, scene.children ?? []);
    else this.#drop(scene.id);
  }

  /** What the tree does not show any more is watched no longer. */
  keepOnly(isShown: (root: string) => boolean): void {
    for (const id of this.#scenes.keys()) if (!isShown(id.slice(0, id.indexOf('#')))) this.#drop(id);
  }

  dispose(): void {
    for (const id of this.#scenes.keys()) this.#drop(id);
    this.#hints.dispose();
  }

  #drop(scene: string): void {
    const watched = this.#scenes.get(scene);
    this.#scenes.delete(scene);
    for (const watchers of [watched?.takes, watched?.above])
      for (const watcher of watchers?.values() ?? []) watcher.dispose();
  }

  /** The shots were read before their watchers began. */
  async #catchUp(root: string, folder: string): Promise<void> {
    if (await hasJustChanged(folder)) this.#tell(root, folder);
  }

  /** With a first take comes its folder, and often what that is in; what was removed may come back. */
  #above(watched: Watched, above: string): Disposable {
    return watchBare(above, (name) => {
      this.#renew(watched, path.join(above, name));
    });
  }

  #renew(watched: Watched, changed: string): void {
    const { root, takes, above } = watched;
    for (const folder of above.keys())
      if (isIn(folder, changed)) replace(above, folder, this.#above(watched, folder));
    for (const folder of takes.keys()) {
      if (!isIn(folder, changed)) continue;
      replace(takes, folder, this.#takes(root, folder));
      this.#tell(root, folder);
    }
  }

  #takes(root: string, folder: string): Disposable {
    return watchBare(folder, (name) => {
      // Files on their way to their name begin with a dot.
      if (!name.startsWith('.')) this.#tell(root, folder);
    });
  }

  #tell(root: string, folder: string): void {
    this.#hints.fire({ kind: 'takes', root, file: path.relative(root, folder).replaceAll(path.sep, '/') });
  }
}

/** What is watched already stays so: what its watcher has heard and not told yet would be lost with it. */
function follow(watchers: Watchers, folders: readonly string[], watch: (folder: string) => Disposable): void {
  const wanted = new Set(folders);
  for (const [folder, watcher] of watchers) {
    if (wanted.has(folder)) continue;
    watchers.delete(folder);
    watcher.dispose();
  }
  for (const folder of wanted) if (!watchers.has(folder)) watchers.set(folder, watch(folder));
}

/** The new one is there before the old one goes: where both watch the same folder, nothing is lost in between. */
function replace(watchers: Watchers, folder: string, watcher: Disposable): void {
  watchers.get(folder)?.dispose();
  watchers.set(folder, watcher);
}

function isIn(folder: string, other: string): boolean {
  return folder === other || folder.startsWith(other + path.sep);
}

/** From the project's own folder down. */
function foldersAbove(root: string, folder: string): readonly string[] {
  const above = path.dirname(folder);
  return isIn(above, root) ? [...foldersAbove(root, above), above] : [];
}

async function hasJustChanged(folder: string): Promise<boolean> {
  try {
    return !isSettled(await stat(folder));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

/** A folder that leads out of the film is not followed. */
function isReadable(node: FilmNode): node is ShotNode {
  return node.kind === 'shot' && node.view.problem === undefined;
}
