import path from 'node:path';
import { toFailure } from '../core/errors.ts';
import { DisposableStore, Emitter, type Disposable } from '../core/events.ts';
import type { Studio } from '../core/ports/studio.ts';
import type { ProjectSummary } from '../core/protocol/views.ts';

/** Where projects may be: workspaces, which hold `Projects/`, and folders that are projects themselves. */
export interface FilmPlaces {
  readonly workspaces: readonly string[];
  readonly projects: readonly string[];
}

export interface ProjectIndexOptions {
  readonly studio: Pick<Studio, 'listProjects' | 'openProject' | 'closeProject' | 'film'>;
  /** Whether projects may be opened, so that what waits in them continues. */
  trusted(): boolean;
  places(): Promise<FilmPlaces>;
  log(line: string): void;
}

/** The projects this window shows. */
export class ProjectIndex implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new Emitter<readonly ProjectSummary[]>());
  readonly onChanged = this.#changed.event;

  readonly #options: ProjectIndexOptions;
  readonly #opened = new Set<string>();
  readonly #read = new Map<string, ProjectSummary>();
  #listed: Promise<readonly ProjectSummary[]> | undefined;
  #places: FilmPlaces = { workspaces: [], projects: [] };
  #current: readonly ProjectSummary[] = [];

  constructor(options: ProjectIndexOptions) {
    this.#options = options;
  }

  /** The projects as they were last listed; lists them where that was never done. */
  list(): Promise<readonly ProjectSummary[]> {
    this.#listed ??= this.refresh();
    return this.#listed;
  }

  get current(): readonly ProjectSummary[] {
    return this.#current;
  }

  get places(): FilmPlaces {
    return this.#places;
  }

  /** Reads the list anew, opens what is new in it and closes what is gone. */
  refresh(): Promise<readonly ProjectSummary[]> {
    const listing = this.#list();
    this.#listed = listing;
    listing.then(
      (projects) => {
        if (this.#listed !== listing) return;
        this.#current = projects;
        this.#closeGone(projects);
        this.#openAll(projects);
        this.#changed.fire(projects);
      },
      () => {
        // Whoever asked is told; the next question starts over.
        if (this.#listed === listing) this.#listed = undefined;
      },
    );
    return listing;
  }

  /** Forgets what was opened: the studio is a new one. */
  reopenAll(): void {
    this.#opened.clear();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #list(): Promise<readonly ProjectSummary[]> {
    const { studio } = this.#options;
    this.#places = await this.#options.places();
    const own = await Promise.all(this.#places.projects.map((root) => this.#single(root)));
    const listed = await Promise.all(this.#places.workspaces.map((folder) => studio.listProjects(folder)));
    const byRoot = new Map(
      [...own, ...listed.flat()].map((project) => [path.normalize(project.root), project]),
    );
    return [...byRoot.values()].map((project) => this.#orLast(project));
  }

  /** A film that cannot be read now is listed as it was read last, with its problem. */
  #orLast(project: ProjectSummary): ProjectSummary {
    const { root, problem } = project;
    if (problem === undefined) {
      this.#read.set(root, project);
      return project;
    }
    const last = this.#read.get(root);
    return last === undefined ? project : { ...last, readOnly: true, problem };
  }

  /** A folder that says it is a project is listed even where it cannot be read. */
  async #single(root: string): Promise<ProjectSummary> {
    try {
      return (await this.#options.studio.film(root)).project;
    } catch (error) {
      const problem = toFailure(error);
      return { root, name: path.basename(root), chapters: 0, scenes: 0, readOnly: false, problem };
    }
  }

  #closeGone(projects: readonly ProjectSummary[]): void {
    const shown = new Set(projects.map(({ root }) => root));
    for (const root of [...this.#opened].filter((one) => !shown.has(one))) {
      this.#opened.delete(root);
      this.#report(root, this.#options.studio.closeProject(root));
    }
  }

  #openAll(projects: readonly ProjectSummary[]): void {
    if (!this.#options.trusted()) return;
    for (const { root, problem } of projects) {
      if (problem !== undefined || this.#opened.has(root)) continue;
      this.#opened.add(root);
      this.#report(root, this.#options.studio.openProject(root));
    }
  }

  #report(root: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.#opened.delete(root);
      this.#options.log(`${root}: ${String(error)}`);
    });
  }
}
