import path from 'node:path';
import { DisposableStore, Emitter, type Disposable } from '../../core/events.ts';
import type { FileHint } from '../../core/ports/watcher.ts';
import { watchBare } from '../../core/storage/watchBare.ts';
import type { FilmNode, SceneNode, ShotNode } from './nodes.ts';

/**
 * The folders of the takes that the tree shows: those of shots whose scene is open, and of these alone, because all the
 * takes of a long film are too many to be watched.
 */
export class TakeFolders implements Disposable {
  readonly #hints = new Emitter<FileHint>();
  readonly onHint = this.#hints.event;
  readonly #watched = new Map<string, DisposableStore>();

  /** The editor was given the shots of a scene. */
  show(scene: SceneNode, children: readonly FilmNode[]): void {
    this.hide(scene);
    const store = new DisposableStore();
    this.#watched.set(scene.id, store);
    const folders = children.filter(isReadable).map(({ view }) => path.join(scene.root, view.shot.folder));
    for (const folder of folders) store.add(this.#takes(scene.root, folder));
    // Where a first take comes, so does its folder.
    for (const above of new Set(folders.map((folder) => path.dirname(folder)))) {
      const begun = new Set<string>();
      store.add(
        watchBare(above, (name) => {
          const folder = path.join(above, name);
          if (!folders.includes(folder) || begun.has(name)) return;
          begun.add(name);
          store.add(this.#takes(scene.root, folder));
          this.#tell(scene.root, folder);
        }),
      );
    }
  }

  hide(scene: SceneNode): void {
    this.#watched.get(scene.id)?.dispose();
    this.#watched.delete(scene.id);
  }

  /** What the tree does not show any more is watched no longer. */
  keepOnly(isShown: (root: string) => boolean): void {
    for (const [id, store] of this.#watched) {
      if (isShown(id.slice(0, id.indexOf('#')))) continue;
      store.dispose();
      this.#watched.delete(id);
    }
  }

  dispose(): void {
    for (const store of this.#watched.values()) store.dispose();
    this.#watched.clear();
    this.#hints.dispose();
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

/** A folder that leads out of the film is not followed. */
function isReadable(node: FilmNode): node is ShotNode {
  return node.kind === 'shot' && node.view.problem === undefined;
}
