import { statSync } from 'node:fs';
import promises, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { resolve, sep } from 'node:path';

/** One change of the disk, or one order to keep what was changed. */
export type Change =
  | { readonly kind: 'write' | 'sync'; readonly path: string; readonly inode: number }
  | { readonly kind: 'create' | 'syncFolder' | 'mkdir' | 'unlink' | 'remove'; readonly path: string }
  | { readonly kind: 'link' | 'rename'; readonly path: string; readonly to: string };

export interface DiskWatcher {
  /**
   * Called before each change; an error thrown here is what the program gets instead of it.
   * @returns what to call once it has happened
   */
  begin(change: Change): () => void;
}

/**
 * Shows a watcher each change that this process makes below `root` through `node:fs/promises`.
 * What Git keeps in `.git` and SQLite in its file is theirs.
 */
export function watchDisk(root: string, watcher: DiskWatcher): void {
  const isOurs = (path: unknown): path is string =>
    typeof path === 'string' &&
    (resolve(path) === root || resolve(path).startsWith(root + sep)) &&
    !resolve(path).startsWith(resolve(root, '.git'));
  const told = async <T>(change: Change, work: () => Promise<T>): Promise<T> => {
    const happened = watcher.begin(change);
    const result = await work();
    happened();
    return result;
  };
  watchNames(isOurs, told);
  watchHandles(isOurs, told);
  syncBuiltinESMExports();
}

type Told = <T>(change: Change, work: () => Promise<T>) => Promise<T>;
type IsOurs = (path: unknown) => path is string;

function watchNames(isOurs: IsOurs, told: Told): void {
  const { rename, link, unlink, mkdir, rm } = promises;
  replace('rename', (from: string, to: string) =>
    isOurs(from)
      ? told({ kind: 'rename', path: resolve(from), to: resolve(to) }, () => rename(from, to))
      : rename(from, to),
  );
  replace('link', (from: string, to: string) =>
    isOurs(to)
      ? told({ kind: 'link', path: resolve(from), to: resolve(to) }, () => link(from, to))
      : link(from, to),
  );
  replace('unlink', (path: string) =>
    isOurs(path) ? told({ kind: 'unlink', path: resolve(path) }, () => unlink(path)) : unlink(path),
  );
  replace('mkdir', (path: string, options?: { recursive?: boolean }) =>
    isOurs(path) && !exists(path)
      ? told({ kind: 'mkdir', path: resolve(path) }, () => mkdir(path, options))
      : mkdir(path, options),
  );
  replace('rm', (path: string, options?: { recursive?: boolean; force?: boolean }) =>
    isOurs(path) && exists(path)
      ? told({ kind: 'remove', path: resolve(path) }, () => rm(path, options))
      : rm(path, options),
  );
}

function watchHandles(isOurs: IsOurs, told: Told): void {
  const { open } = promises;
  replace('open', async (path: string, flags = 'r', mode?: number) => {
    if (!isOurs(path)) return open(path, flags, mode);
    const opened = (): Promise<FileHandle> => open(path, flags, mode);
    const isNew = flags.includes('w') && !exists(path);
    const handle = await (isNew ? told({ kind: 'create', path: resolve(path) }, opened) : opened());
    watchHandle(handle, { path: resolve(path), inode: statSync(path).ino, told });
    return handle;
  });
}

function watchHandle(
  handle: FileHandle,
  { path, inode, told }: { path: string; inode: number; told: Told },
): void {
  const sync = handle.sync.bind(handle);
  const writeFile = handle.writeFile.bind(handle);
  const isFolder = statSync(path).isDirectory();
  handle.sync = () => told(isFolder ? { kind: 'syncFolder', path } : { kind: 'sync', path, inode }, sync);
  handle.writeFile = (...args) => told({ kind: 'write', path, inode }, () => writeFile(...args));
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function replace(name: keyof typeof promises, by: unknown): void {
  Object.defineProperty(promises, name, { value: by, configurable: true, enumerable: true, writable: true });
}
