import type { FilmQuery } from '../domain/filmQuery.ts';
import type { SceneId, ShotId } from '../model/ids.ts';
import type { Milestones } from '../ports/studio.ts';
import type { FoundShot, ShotView, TakeView } from '../protocol/views.ts';
import { searchFilm } from './filmSearch.ts';
import { shotView, shotViewsIn, takeViews } from './filmViews.ts';
import { readMilestones } from './milestones.ts';
import type { PlacedShot } from './projectFiles.ts';
import { ShotLists } from './shotLists.ts';
import { buildTakeIndex, type IndexBuild } from './takeIndex/buildTakeIndex.ts';
import { TakeIndex, type TakeIndexOptions } from './takeIndex/takeIndex.ts';

/** Reads films for views: what was read once, and has not changed, is not read again. */
export class FilmReading {
  readonly #lists = new ShotLists();
  readonly #index: TakeIndex;

  constructor(options: TakeIndexOptions) {
    this.#index = new TakeIndex(options);
  }

  async shots(root: string, scene: SceneId): Promise<readonly ShotView[]> {
    const { value: project } = await this.#lists.project(root);
    const views = await shotViewsIn({ root, project, index: this.#index }, scene);
    this.#lists.saw(
      root,
      scene,
      views.map(({ id }) => id),
    );
    return views;
  }

  /** One shot with what its own folder holds; no other folder is looked at. */
  async shot(root: string, id: ShotId): Promise<ShotView> {
    const placed = await this.#lists.find(root, id);
    const { value: project } = await this.#lists.project(root);
    return shotView(project, placed, await this.#index.shot(root, placed.scene.id, placed.shot.folder));
  }

  /** Where a shot stands in its film now. */
  placed(root: string, id: ShotId): Promise<PlacedShot> {
    return this.#lists.find(root, id);
  }

  async takes(root: string, id: ShotId): Promise<readonly TakeView[]> {
    return this.takesOf(root, await this.#lists.find(root, id));
  }

  takesOf(root: string, placed: PlacedShot): Promise<readonly TakeView[]> {
    return takeViews(root, placed, this.#index);
  }

  milestones(root: string): Promise<Milestones> {
    return readMilestones(root, this.#lists);
  }

  search(
    root: string,
    query: FilmQuery,
    { limit = Infinity, stale }: { limit?: number | undefined; stale?: ReadonlySet<string> },
  ): Promise<readonly FoundShot[]> {
    return searchFilm(root, query, { limit, index: this.#index, ...(stale === undefined ? {} : { stale }) });
  }

  buildIndex(root: string, build: IndexBuild): Promise<void> {
    return buildTakeIndex(root, { lists: this.#lists, index: this.#index }, build);
  }
}
