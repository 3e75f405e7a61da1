import type { FilmQuery } from '../core/domain/filmQuery.ts';
import { AuteurError } from '../core/errors.ts';
import type { JobId, SceneId, ShotId } from '../core/model/ids.ts';
import type { Project } from '../core/model/project.ts';
import type { Take } from '../core/model/take.ts';
import type { RecipeGap, RecipeView, ShotPrompt, StaleShot, TakeKey } from '../core/protocol/recipe.ts';
import type { FoundShot, ShotView, TakeView } from '../core/protocol/views.ts';
import { FileHashes } from '../core/storage/fileHashes.ts';
import type { FilmReading } from '../core/storage/filmReading.ts';
import { allScenes, findShot, readProject, shotsOf, type PlacedShot } from '../core/storage/projectFiles.ts';
import { resolveInside } from '../core/storage/projectPath.ts';
import { ShotResolver } from '../core/storage/resolveShot.ts';
import {
  inputStates,
  withStaleShots,
  withStaleTakes,
  type PipelinesHere,
  type SourcesNeeds,
} from '../core/storage/takeSources.ts';
import { scanTakes } from '../core/storage/takes.ts';
import { shotsAtAll } from './requestedShots.ts';

/** Compares takes with what they were made from. */
export class TakeDesk {
  readonly #hashes = new FileHashes();
  readonly #reading: FilmReading;
  readonly #pipelines: (root: string) => Promise<PipelinesHere>;

  constructor(reading: FilmReading, pipelines: (root: string) => Promise<PipelinesHere>) {
    this.#reading = reading;
    this.#pipelines = pipelines;
  }

  async shots(root: string, scene: SceneId): Promise<readonly ShotView[]> {
    const views = await this.#reading.shots(root, scene);
    if (views.every(({ shown }) => shown === undefined)) return views;
    const { value: project } = await readProject(root);
    const placed = allScenes(project).find((one) => one.scene.id === scene);
    const shots = placed === undefined ? [] : await shotsOf(root, placed);
    return withStaleShots(await this.#needs(root, project), shots, views);
  }

  async shot(root: string, id: ShotId): Promise<ShotView> {
    const view = await this.#reading.shot(root, id);
    if (view.shown === undefined) return view;
    const { value: project } = await readProject(root);
    const placed = await this.#reading.placed(root, id);
    const [marked] = await withStaleShots(await this.#needs(root, project), [placed], [view]);
    return marked ?? view;
  }

  async takes(root: string, shot: ShotId): Promise<readonly TakeView[]> {
    return this.#takesOf(root, await this.#reading.placed(root, shot));
  }

  /** Whether a take is stale is found out only where that is looked for. */
  async search(root: string, query: FilmQuery, limit: number | undefined): Promise<readonly FoundShot[]> {
    if (query.stale === undefined) return this.#reading.search(root, query, { limit });
    const stale = new Set((await this.#showingStale(root, [])).map(({ address }) => address));
    return this.#reading.search(root, query, { limit, stale });
  }

  /** What a pipeline would be asked for a shot now. */
  async prompt(root: string, address: string): Promise<ShotPrompt> {
    const { value: project } = await readProject(root);
    const placed = await findShot(root, project, address);
    const { prompt } = await new ShotResolver(root, project).resolve(placed);
    return { address: placed.address, prompt };
  }

  /** @throws AuteurError `take-unknown`, `address-unknown` */
  async recipe(root: string, address: string, key: TakeKey): Promise<RecipeView> {
    const { value: project } = await readProject(root);
    const placed = await findShot(root, project, address);
    const { takes } = await scanTakes(await resolveInside(root, placed.shot.folder));
    const take = takes.find((one) => one.deleted === undefined && (one.id === key || one.number === key));
    const view = (await this.#takesOf(root, placed)).find(({ id }) => id === take?.id);
    if (take === undefined || view === undefined)
      throw new AuteurError('take-unknown', { address, number: key });
    const needs = await this.#needs(root, project);
    const inputs = await inputStates(needs, take);
    const gaps = await pipelineGaps(needs.pipelines, take);
    return { view, take, inputs, gaps: [...gaps, ...inputs.flatMap(inputGap)] };
  }

  /** The shots among those at the addresses whose shown take is stale, in the order of the film. */
  async staleShots(root: string, addresses: readonly string[]): Promise<readonly StaleShot[]> {
    const found: StaleShot[] = [];
    for (const shot of await this.#showingStale(root, addresses))
      found.push({ ...shot, ...(await this.#freshTake(root, shot.id)) });
    return found;
  }

  /** The shots among those at the addresses that have no take but rejected ones, in the order of the film. */
  async shotsWithoutTake(
    root: string,
    addresses: readonly string[],
  ): Promise<readonly Pick<ShotView, 'id' | 'address'>[]> {
    const found: ShotView[] = [];
    for (const view of await this.#shotsAt(root, addresses, (scene) => this.#reading.shots(root, scene)))
      if (!(await this.#hasTake(root, view))) found.push(view);
    return found;
  }

  /** Of a shot whose takes cannot be read nobody can say that it has none. */
  async #hasTake(root: string, { id, shot, shown, problem }: ShotView): Promise<boolean> {
    if (problem !== undefined) return true;
    if (shown === undefined) return false;
    const isRejected = (take: JobId): boolean => shot.reviews?.[take]?.status === 'rejected';
    // Only a take that was made active is shown though it was rejected.
    return (
      !isRejected(shown.id) || (await this.#reading.takes(root, id)).some((take) => !isRejected(take.id))
    );
  }

  async #showingStale(root: string, addresses: readonly string[]): Promise<readonly StaleShot[]> {
    const views = await this.#shotsAt(root, addresses, (scene) => this.shots(root, scene));
    return views.flatMap(({ id, address, shown, stale }) =>
      shown === undefined || stale === undefined ? [] : [{ id, address, number: shown.number, stale }],
    );
  }

  /** The shots at the addresses, read scene by scene. */
  async #shotsAt(
    root: string,
    addresses: readonly string[],
    read: (scene: SceneId) => Promise<readonly ShotView[]>,
  ): Promise<readonly ShotView[]> {
    const { value: project } = await readProject(root);
    const wanted = await shotsAtAll(root, project, addresses);
    const ids = new Set<string>(wanted.map(({ shot }) => shot.id));
    const found: ShotView[] = [];
    for (const scene of new Set(wanted.map((placed) => placed.scene.id)))
      found.push(...(await read(scene)).filter(({ id }) => ids.has(id)));
    return found;
  }

  async #freshTake(root: string, shot: ShotId): Promise<Pick<StaleShot, 'fresh'>> {
    const takes = await this.takes(root, shot);
    const fresh = takes.findLast(
      ({ stale, review, media }) =>
        stale === undefined && review?.status !== 'rejected' && (media === 'present' || media === 'pointer'),
    );
    return fresh === undefined ? {} : { fresh: fresh.number };
  }

  async #takesOf(root: string, placed: PlacedShot): Promise<readonly TakeView[]> {
    const { value: project } = await readProject(root);
    const needs = await this.#needs(root, project);
    return withStaleTakes(needs, placed, await this.#reading.takesOf(root, placed));
  }

  async #needs(root: string, project: Project): Promise<SourcesNeeds> {
    const resolver = new ShotResolver(root, project);
    return { root, resolver, hashes: this.#hashes, pipelines: await this.#pipelines(root) };
  }
}

async function pipelineGaps(here: PipelinesHere, take: Take): Promise<readonly RecipeGap[]> {
  const { pipeline, panel } = take;
  const now = await here.again(take);
  const gaps: RecipeGap[] = panel === undefined ? [{ is: 'panel-missing' }] : [];
  if (now === undefined) return [...gaps, { is: 'pipeline-gone', pipeline }];
  if (now.version === pipeline.version) return gaps;
  return [...gaps, { is: 'pipeline-version', pipeline, now: now.version }];
}

function inputGap({ path, state }: RecipeView['inputs'][number]): readonly RecipeGap[] {
  if (state === 'same') return [];
  return [{ is: state === 'missing' ? 'input-missing' : 'input-changed', path }];
}
