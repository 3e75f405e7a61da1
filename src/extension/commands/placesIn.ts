import { legible } from '../../core/domain/legible.ts';
import type { EditHistory, Studio } from '../../core/ports/studio.ts';
import type { FilmView, ProjectSummary, SceneSummary, ShotView } from '../../core/protocol/views.ts';
import type { PlaceRef } from '../../providers/contributions.ts';
import { plainLabel } from '../../providers/plainText.ts';
import type { ProjectIndex } from '../../providers/projectIndex.ts';
import { chapterText, sceneText, shotText, type NodeText } from '../../providers/trees/nodeText.ts';
import type { Translate } from '../../providers/translate.ts';

export interface ReadingNeeds {
  readonly t: Translate;
  readonly studio: Pick<Studio, 'film' | 'shots' | 'editHistory'>;
  readonly projects: Pick<ProjectIndex, 'list'>;
  /** What is near it comes first. */
  readonly selected: PlaceRef | undefined;
  log(line: string): void;
}

/** A line of a list to choose from. */
export interface Place extends PlaceRef {
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
}

export interface ShotPlace extends Place {
  readonly view: ShotView;
}

/** Places of the films that can be changed, piece by piece as they are read. What cannot be used is counted. */
export class PlacesIn {
  readonly #needs: ReadingNeeds;
  #leftOut = 0;

  constructor(needs: ReadingNeeds) {
    this.#needs = needs;
  }

  /** How many films, scenes or shots cannot be read or changed. */
  get leftOut(): number {
    return this.#leftOut;
  }

  async *films(): AsyncGenerator<readonly Place[]> {
    yield (await this.#writable()).map((film) => filmPlace(film, legible(film.root)));
  }

  /** The films that have an edit to undo or redo, each with what would happen. */
  async *edits(way: keyof EditHistory): AsyncGenerator<readonly Place[]> {
    for (const film of await this.#writable()) {
      const { root } = film;
      const edit = (await this.#readable(root, () => this.#needs.studio.editHistory(root)))?.[way];
      if (edit !== undefined)
        yield [{ ...filmPlace(film, legible(edit)), detail: plainLabel(legible(root)) }];
    }
  }

  async *chapters(): AsyncGenerator<readonly Place[]> {
    for await (const { project, chapters } of this.#read())
      yield this.#nearFirst(
        chapters.map((chapter) => placeOf(project, chapter.address, chapterText(this.#needs.t, chapter))),
      );
  }

  async *scenes(): AsyncGenerator<readonly Place[]> {
    for await (const film of this.#read())
      yield this.#nearFirst(
        scenesOf(film).map((scene) => placeOf(film.project, scene.address, sceneText(this.#needs.t, scene))),
      );
  }

  async *shots(): AsyncGenerator<readonly ShotPlace[]> {
    const { studio, t } = this.#needs;
    for await (const film of this.#read()) {
      const { root } = film.project;
      for (const scene of this.#nearFirst(scenesOf(film).map((one) => ({ ...one, root })))) {
        const read = (await this.#readable(root, () => studio.shots(root, scene.id))) ?? [];
        const shots = read.filter(({ readOnly }) => !readOnly);
        this.#leftOut += read.length - shots.length;
        yield this.#nearFirst(
          shots.map((view) => ({ ...placeOf(film.project, view.address, shotText(t, view)), view })),
        );
      }
    }
  }

  async *#read(): AsyncGenerator<FilmView> {
    for (const { root } of await this.#writable()) {
      const film = await this.#readable(root, () => this.#needs.studio.film(root));
      if (film !== undefined) yield film;
    }
  }

  async #writable(): Promise<readonly ProjectSummary[]> {
    const films = await this.#needs.projects.list();
    const usable = films.filter(({ problem, readOnly }) => problem === undefined && !readOnly);
    this.#leftOut += films.length - usable.length;
    return this.#nearFirst(usable);
  }

  /** One part that cannot be read hides no other. */
  async #readable<T>(root: string, read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      this.#leftOut += 1;
      this.#needs.log(`${root}: ${String(error)}`);
      return undefined;
    }
  }

  #nearFirst<P extends PlaceRef>(places: readonly P[]): readonly P[] {
    const rank = (place: P): number => (isNear(place, this.#needs.selected) ? 0 : 1);
    return [...places].sort((a, b) => rank(a) - rank(b));
  }
}

function filmPlace({ root, name }: ProjectSummary, description: string): Place {
  return { root, label: plainLabel(legible(name)), description: plainLabel(description) };
}

function scenesOf({ chapters }: FilmView): readonly SceneSummary[] {
  return chapters.flatMap(({ scenes }) => scenes);
}

function placeOf({ root, name }: ProjectSummary, address: string, { label, description }: NodeText): Place {
  return {
    root,
    address,
    label: plainLabel(`${address}  ${label.replace(/^\d+ {2}/, '')}`),
    description: plainLabel(description),
    detail: plainLabel(legible(name)),
  };
}

/** Whether the selection is the place, within it or above it. */
function isNear({ root, address = '' }: PlaceRef, selected: PlaceRef | undefined): boolean {
  if (selected?.root !== root) return false;
  return isWithin(address, selected.address ?? '') || isWithin(selected.address ?? '', address);
}

function isWithin(inner: string, outer: string): boolean {
  return outer === '' || `${inner}/`.startsWith(`${outer}/`);
}
