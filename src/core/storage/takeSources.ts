import { takeBaseName, takePrefix } from '../domain/numbering.ts';
import { changedSources, isMapped } from '../domain/staleness.ts';
import { AuteurError } from '../errors.ts';
import { Panel } from '../model/panel.ts';
import type { Quality } from '../model/quality.ts';
import { Take, type PipelineRef } from '../model/take.ts';
import type { InputState } from '../protocol/recipe.ts';
import type { ShotView, TakeView } from '../protocol/views.ts';
import type { FileHashes } from './fileHashes.ts';
import { readOwnJsonFile } from './jsonFile.ts';
import type { PlacedShot } from './projectFiles.ts';
import { resolveInside } from './projectPath.ts';
import { type ShotResolver, type ResolvedShot } from './resolveShot.ts';
import { movedInputs, withFormerPaths } from './movedInputs.ts';
import { scanTakes } from './takes.ts';

/** The pipelines of this machine. */
export interface PipelinesHere {
  /** What makes takes of a quality now. */
  mapped(quality: Quality): PipelineRef | undefined;
  named(id: string): PipelineRef | undefined;
  /** What would make a take again as it was made; undefined where nothing here can. */
  again(take: Take): Promise<PipelineRef | undefined>;
}

/** Where nothing is known of pipelines, so that nobody can tell whether another one would make a take now. */
export const nothingHere: PipelinesHere = {
  mapped: () => undefined,
  named: () => undefined,
  again: () => Promise.resolve(undefined),
};

export interface SourcesNeeds {
  readonly root: string;
  readonly resolver: ShotResolver;
  readonly hashes: FileHashes;
  readonly pipelines: PipelinesHere;
}

/** The shots of one scene with what has changed since their shown takes were made. */
export async function withStaleShots(
  needs: SourcesNeeds,
  placed: readonly PlacedShot[],
  views: readonly ShotView[],
): Promise<readonly ShotView[]> {
  const byId = new Map<string, PlacedShot>(placed.map((one) => [one.shot.id, one]));
  return Promise.all(
    views.map(async (view) => {
      const shot = byId.get(view.id);
      const take = view.shown === undefined ? undefined : await shownTakeOf(needs.root, shot, view);
      if (shot === undefined || take === undefined) return view;
      const stale = await staleSources(needs, shot, take);
      return stale.length === 0 ? view : { ...view, stale };
    }),
  );
}

/** The takes of one shot with what has changed since each was made. */
export async function withStaleTakes(
  needs: SourcesNeeds,
  placed: PlacedShot,
  views: readonly TakeView[],
): Promise<readonly TakeView[]> {
  if (views.length === 0) return views;
  const { takes } = await scanTakes(await resolveInside(needs.root, placed.shot.folder));
  const resolvedFor = resolvedOnce(needs, placed);
  return Promise.all(
    views.map(async (view) => {
      const take = takes.find(({ id }) => id === view.id);
      const resolved = take && (await resolvedFor(take));
      const stale =
        take === undefined || resolved === undefined ? [] : await changedSince(needs, resolved, take);
      return stale.length === 0 ? view : { ...view, stale };
    }),
  );
}

export function inputStates(
  { root, hashes }: Pick<SourcesNeeds, 'root' | 'hashes'>,
  { inputs }: Take,
): Promise<readonly InputState[]> {
  return Promise.all(inputs.map((input) => hashes.stateOf(root, input)));
}

/** Takes of one age are compared with the same. */
function resolvedOnce(
  { resolver }: SourcesNeeds,
  placed: PlacedShot,
): (take: Take) => Promise<ResolvedShot | undefined> {
  const known = new Map<boolean, Promise<ResolvedShot | undefined>>();
  return (take) => {
    const isOlder = take.panel?.undecided === undefined;
    const found = known.get(isOlder) ?? resolver.resolveAsFor(take, placed).catch(nothingWhereUnreadable);
    known.set(isOlder, found);
    return found;
  };
}

async function staleSources(needs: SourcesNeeds, placed: PlacedShot, take: Take): Promise<readonly string[]> {
  const resolved = await needs.resolver.resolveAsFor(take, placed).catch(nothingWhereUnreadable);
  return resolved === undefined ? [] : changedSince(needs, resolved, take);
}

async function changedSince(
  needs: SourcesNeeds,
  resolved: ResolvedShot,
  take: Take,
): Promise<readonly string[]> {
  const inputs = await inputStates(needs, take);
  const panel = Panel.parse(resolved.panel);
  // An asset that was moved with its pictures is no other asset.
  const moved = await movedInputs(needs, { take, panel, inputs });
  const found = new Set<string>(moved.values());
  return changedSources(take, {
    resolved: { ...resolved, panel: withFormerPaths(panel, moved) },
    changedInputs: inputs
      .filter(({ state, path }) => state !== 'same' && !found.has(path))
      .map(({ path }) => path),
    pipeline: isMapped(take) ? needs.pipelines.mapped(take.quality) : needs.pipelines.named(take.pipeline.id),
  });
}

/** Its file says what is wrong where it is generated or validated; here it only keeps a mark from being shown. */
function nothingWhereUnreadable(error: unknown): undefined {
  if (!AuteurError.is(error)) throw error;
  return undefined;
}

/** Read by its name, so that a scene of many takes needs no look at all of them. */
async function shownTakeOf(
  root: string,
  placed: PlacedShot | undefined,
  { shown }: ShotView,
): Promise<Take | undefined> {
  if (placed === undefined || shown === undefined) return undefined;
  const { shot, scene } = placed;
  const prefix = takePrefix(shot.folder, { scene: scene.number, shot: shot.number });
  const path = await resolveInside(root, `${shot.folder}/${takeBaseName(prefix, shown.number)}.json`);
  const take = await readOwnJsonFile(path, Take).then(({ value }) => value, nothingWhereUnreadable);
  return take?.id === shown.id ? take : undefined;
}
