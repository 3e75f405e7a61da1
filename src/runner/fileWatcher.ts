import type { Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { FSWatcher } from 'chokidar';
import * as z from 'zod';
import { documentFolders } from '../core/domain/documents/documentFile.ts';
import { filmFileKind, type FilmFileKind } from '../core/domain/filmFiles.ts';
import { systemCode } from '../core/errors.ts';
import { DisposableStore, Emitter, type Disposable } from '../core/events.ts';
import { fileHint, type FileHint, type Watcher } from '../core/ports/watcher.ts';

export interface FileWatcherOptions {
  /** Something cannot be watched, as where the system has no watch left to give. */
  readonly failed: (error: unknown) => void;
}

const assets = '01_Assets';
const git: ReadonlySet<string> = new Set(['.git/HEAD', '.git/logs/HEAD']);
/** The folders that are looked into; every other one, as that of the takes, is not so much as listed. */
const folders: ReadonlySet<string> = new Set([
  '',
  '.git',
  '.git/logs',
  '02_Source_Creative',
  ...documentFolders,
]);

/** What chokidar adds to an event of the system: the file or folder it is watched for. */
const Raw = z.object({ watchedPath: z.string() });

/** Watches the small text part of films where there is no editor. Roots are real paths: no link is followed. */
export class FileWatcher implements Watcher {
  readonly #owned = new DisposableStore();
  readonly #hints = this.#owned.add(new Emitter<FileHint>());
  readonly onHint = this.#hints.event;
  readonly #options: FileWatcherOptions;
  readonly #watched = new Map<string, Watched>();

  constructor(options: FileWatcherOptions) {
    this.#options = options;
  }

  /** Resolves when every change from then on is heard. */
  get ready(): Promise<void> {
    return Promise.all([...this.#watched.values()].map(({ ready }) => ready)).then(() => undefined);
  }

  watch(workspaces: readonly string[], roots: readonly string[]): void {
    const wanted = new Map<string, () => Watched>([
      ...workspaces.map((folder) => [`w:${folder}`, () => this.#workspace(folder)] as const),
      ...roots.map((root) => [`p:${root}`, () => this.#project(root)] as const),
    ]);
    for (const [key, watched] of this.#watched) {
      if (wanted.has(key)) continue;
      watched.dispose();
      this.#watched.delete(key);
    }
    for (const [key, start] of wanted) if (!this.#watched.has(key)) this.#watched.set(key, start());
  }

  dispose(): void {
    for (const watched of this.#watched.values()) watched.dispose();
    this.#watched.clear();
    this.#owned.dispose();
  }

  #workspace(folder: string): Watched {
    const projects = join(folder, 'Projects');
    // The films in it are watched by themselves, where they are shown.
    const isWithin = (path: string): boolean => path.startsWith(`${projects}${sep}`);
    return this.#start(projects, isWithin, (path) => (path === projects ? { kind: 'projects' } : undefined));
  }

  #project(root: string): Watched {
    const name = (path: string): string => relative(root, path).replaceAll(sep, '/');
    return this.#start(
      root,
      (path, stats) => !isLookedAt(name(path), stats),
      (path) => hintOf(root, name(path)),
    );
  }

  #start(folder: string, ignored: Ignored, hint: (path: string) => FileHint | undefined): Watched {
    // Whether a file that went comes back at once is the reader's question: nothing is held back here.
    const watcher = new FSWatcher({
      ignored,
      ignoreInitial: true,
      followSymlinks: false,
      atomic: false,
      usePolling: false,
    });
    const ready = new Promise<void>((resolve) => {
      watcher.once('ready', resolve);
    });
    const looks = new Set<NodeJS.Timeout>();
    const tell = (...paths: readonly string[]): void => {
      const [first] = paths.map(hint).filter((about) => about !== undefined);
      if (first !== undefined) this.#hints.fire(first);
    };
    watcher.on('all', (kind, path) => {
      tell(path);
      if (kind !== 'addDir') return;
      // chokidar reads a new folder before it watches it: what comes to it in between, it does not tell.
      const look = setTimeout(() => {
        looks.delete(look);
        void filesIn(path, ignored).then(
          (files) => files.forEach((file) => tell(file)),
          this.#options.failed,
        );
      }, settling);
      looks.add(look);
    });
    // Of changes that follow each other within 50 ms chokidar tells only the first: the last is the one that counts.
    watcher.on('raw', (_kind, name: string | null, details: unknown) => {
      const { watchedPath } = Raw.parse(details);
      tell(watchedPath, join(watchedPath, name ?? ''));
    });
    watcher.on('error', (error) => {
      this.#options.failed(error);
    });
    watcher.add(folder);
    const dispose = (): void => {
      looks.forEach((look) => clearTimeout(look));
      void watcher.close();
    };
    return { ready, dispose };
  }
}

/** Milliseconds after which a new folder is surely watched. */
const settling = 250;

interface Watched extends Disposable {
  readonly ready: Promise<void>;
}

type Ignored = (path: string, stats?: Pick<Stats, 'isDirectory'>) => boolean;

/** Every file within that is looked at; none where the folder has gone again. */
async function filesIn(folder: string, ignored: Ignored): Promise<readonly string[]> {
  const entries = await unlessMissing(readdir(folder, { withFileTypes: true }));
  const found: string[] = [];
  for (const entry of entries ?? []) {
    const path = join(folder, entry.name);
    if (ignored(path, entry)) continue;
    if (entry.isDirectory()) found.push(...(await filesIn(path, ignored)));
    else found.push(path);
  }
  return found;
}

async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Before the disk has told what a path is, it may be a folder of assets. */
function isLookedAt(file: string, stats: Pick<Stats, 'isDirectory'> | undefined): boolean {
  if (folders.has(file) || aboutOf(file) !== undefined) return true;
  const isAsset = file === assets || file.startsWith(`${assets}/`);
  return isAsset && (stats === undefined || stats.isDirectory());
}

function aboutOf(file: string): FilmFileKind | 'git' | undefined {
  return git.has(file) ? 'git' : filmFileKind(file);
}

function hintOf(root: string, file: string): FileHint | undefined {
  const kind = aboutOf(file);
  return kind === undefined ? undefined : fileHint(root, file, kind);
}
