import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { Change, DiskWatcher } from './disk.ts';
import type { PowerFailure } from './fault.ts';
import { descendantsOf, killNow } from './kill.ts';
import { seeded } from './seeded.ts';

/** A name that was made, changed or removed and is not yet sure to be so after a power failure. */
interface Unsure {
  readonly folders: readonly string[];
  readonly undo: () => void;
}

/**
 * Leaves the disk as a power failure may: content that was not forced to disk is gone or cut short, and of the
 * names changed since their folder was forced to disk any may be as before, in any combination.
 */
export class PowerFailureModel implements DiskWatcher {
  readonly #fault: PowerFailure;
  readonly #unwritten = new Set<number>();
  #unsure: Unsure[] = [];
  #changes = 0;

  constructor(fault: PowerFailure) {
    this.#fault = fault;
    mkdirSync(fault.vault, { recursive: true });
  }

  begin(change: Change): () => void {
    const wayBack = this.#wayBack(change);
    return () => {
      this.#note(change, wayBack);
      this.#changes += 1;
      if (this.#changes === this.#fault.at) this.#fail();
    };
  }

  #note(change: Change, wayBack: readonly Unsure[]): void {
    switch (change.kind) {
      case 'create':
        this.#noteNew(change.path);
        return;
      case 'write':
        this.#unwritten.add(change.inode);
        return;
      case 'sync':
        this.#unwritten.delete(change.inode);
        return;
      case 'syncFolder':
        this.#unsure = this.#unsure.filter(({ folders }) => !folders.includes(change.path));
        return;
      default:
        this.#unsure.push(...wayBack);
    }
  }

  #noteNew(path: string): void {
    const inode = inodeOf(path);
    this.#keep(path);
    this.#unwritten.add(inode);
    this.#unsure.push({ folders: [dirname(path)], undo: () => removeIfStill(path, inode) });
  }

  /** How a change of names is undone; asked before it happens, while what it replaces is still there. */
  #wayBack(change: Change): Unsure[] {
    switch (change.kind) {
      case 'mkdir':
        return [
          {
            folders: [dirname(change.path)],
            undo: () => {
              rmSync(change.path, { recursive: true, force: true });
            },
          },
        ];
      case 'unlink':
      case 'remove':
        return this.#wayBackOfRemoval(change.path);
      case 'link': {
        const inode = inodeOf(change.path);
        return [{ folders: [dirname(change.to)], undo: () => removeIfStill(change.to, inode) }];
      }
      case 'rename':
        return this.#wayBackOfRename(change.path, change.to);
      default:
        return [];
    }
  }

  #wayBackOfRemoval(path: string): Unsure[] {
    return filesBelow(path).map((file) => {
      const kept = this.#keep(file);
      return { folders: [dirname(file)], undo: () => restore(kept, file) };
    });
  }

  #wayBackOfRename(from: string, to: string): Unsure[] {
    const folders = [dirname(from), dirname(to)];
    if (statSync(from, { throwIfNoEntry: false })?.isDirectory() === true) {
      return [{ folders, undo: () => moveBack(to, from) }];
    }
    const inode = inodeOf(from);
    const kept = this.#keep(from);
    const replaced = existsSync(to) ? this.#keep(to) : undefined;
    const undo = (): void => {
      removeIfStill(to, inode);
      if (replaced !== undefined) restore(replaced, to);
      restore(kept, from);
    };
    return [{ folders, undo }];
  }

  /** A second name keeps a file's content at hand. */
  #keep(path: string): string {
    const kept = join(this.#fault.vault, String(inodeOf(path)));
    if (!existsSync(kept) && existsSync(path)) linkSync(path, kept);
    return kept;
  }

  #fail(): void {
    killNow(descendantsOf(process.pid));
    const random = seeded(this.#fault.seed);
    const losesAll = random() < 0.25;
    for (const { undo } of this.#unsure.toReversed()) if (losesAll || random() < 0.5) undo();
    for (const inode of this.#unwritten) {
      const kept = join(this.#fault.vault, String(inode));
      if (existsSync(kept))
        truncateSync(kept, Math.floor(statSync(kept).size * (random() < 0.5 ? 0 : random())));
    }
    killNow([process.pid]);
  }
}

function inodeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? 0;
}

function removeIfStill(path: string, inode: number): void {
  if (inodeOf(path) === inode) unlinkSync(path);
}

function restore(kept: string, path: string): void {
  if (existsSync(path) || !existsSync(kept)) return;
  mkdirSync(dirname(path), { recursive: true });
  linkSync(kept, path);
}

function moveBack(from: string, to: string): void {
  if (existsSync(from) && !existsSync(to)) renameSync(from, to);
}

function filesBelow(path: string): readonly string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesBelow(join(path, name)));
}
