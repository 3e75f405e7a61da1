import { AuteurError } from '../core/errors.ts';
import { JobId, newId, type ShotId } from '../core/model/ids.ts';
import type { JobRequest } from '../core/model/job.ts';
import type { Panel } from '../core/model/panel.ts';
import type { GenerateRequest } from '../core/ports/studio.ts';
import { gapWords, type RecipeView } from '../core/protocol/recipe.ts';
import { findShot, readProject, requireWritable } from '../core/storage/projectFiles.ts';
import { ShotResolver } from '../core/storage/resolveShot.ts';
import { placeOf, preparedJobs } from './jobRequests.ts';
import type { PipelineCatalogue } from './pipelines/pipelineCatalogue.ts';
import type { ChosenPipeline } from './pipelines/pipelineEntry.ts';
import { whereOf } from './requestedShots.ts';
import { shotsToRemake } from './shotsToRemake.ts';
import type { TakeDesk } from './takeDesk.ts';

export interface RequestNeeds {
  readonly catalogue: PipelineCatalogue;
  readonly desk: TakeDesk;
  /** For how many takes of which shots of the film jobs wait or run. */
  readonly waiting: () => Promise<ReadonlyMap<ShotId, number>>;
  /** Is told what makes the takes; absent where none is to be made. */
  readonly accept?: (chosen: ChosenPipeline) => Promise<void>;
}

/**
 * Finds out what a request means. Engines and servers are asked for it, one of which may hang: not to be waited for with
 * the film locked.
 * @returns makes the jobs as the film then says, whose lock keeps an undo from taking away a shot before its job is there
 * @throws AuteurError what `jobRequests` throws, `nothing-stale`, `stale-remade`, `stale-waiting`, `nothing-missing`,
 *   `recipe-differs`, `take-unknown`
 */
export async function requestedJobs(
  request: GenerateRequest,
  needs: RequestNeeds,
): Promise<() => Promise<readonly JobRequest[]>> {
  const { root, recipe, pipeline } = request;
  if (recipe !== undefined) return recipeJob(request, needs);
  const wanted = await wantedShots(request, needs);
  const prepared = await preparedJobs(request, async (quality) => {
    const chosen = await needs.catalogue.choose(root, quality, pipeline);
    await needs.accept?.(chosen);
    return chosen;
  });
  return async () => prepared(await stillWanted(request, needs, wanted));
}

/** Undefined means all. */
type Wanted = ReadonlySet<ShotId> | undefined;

async function wantedShots(request: GenerateRequest, { desk, waiting }: RequestNeeds): Promise<Wanted> {
  const { root, addresses, stale, missing } = request;
  if (stale !== true && missing !== true) return undefined;
  const busy = await waiting();
  const found =
    stale === true
      ? shotsToRemake(await desk.staleShots(root, addresses), whereOf(request.addresses))
      : await desk.shotsWithoutTake(root, addresses);
  return idle(request, new Set(found.map(({ id }) => id)), busy);
}

/** Another process may have asked for the same meanwhile. What is missing is found without asking anybody. */
async function stillWanted(request: GenerateRequest, needs: RequestNeeds, wanted: Wanted): Promise<Wanted> {
  if (wanted === undefined) return undefined;
  return request.stale === true ? idle(request, wanted, await needs.waiting()) : wantedShots(request, needs);
}

/** @throws AuteurError `stale-waiting`, `nothing-missing` */
function idle(
  request: GenerateRequest,
  shots: ReadonlySet<ShotId>,
  busy: ReadonlyMap<ShotId, number>,
): ReadonlySet<ShotId> {
  const found = new Set([...shots].filter((id) => !busy.has(id)));
  if (found.size > 0) return found;
  throw new AuteurError(request.stale === true ? 'stale-waiting' : 'nothing-missing', {
    where: whereOf(request.addresses),
  });
}

/** One take with the pipeline, seed, parameters, prompt and panel of an earlier one, not of the shot as it is now. */
async function recipeJob(
  request: GenerateRequest,
  { catalogue, desk, accept }: RequestNeeds,
): Promise<() => Promise<readonly JobRequest[]>> {
  const { root, recipe, addresses } = request;
  const [address, ...more] = addresses;
  if (recipe === undefined || address === undefined || more.length > 0)
    throw new AuteurError('unexpected', { reason: 'a recipe is that of one take of one shot' });
  await writableShot(root, address);
  const found = await desk.recipe(root, address, recipe.take);
  requireWhole(found, recipe.anyway === true);
  const { take } = found;
  const chosen = await catalogue.again(root, take);
  await accept?.(chosen);
  const { fallback = take.fallback } = chosen;
  return async () => {
    const { project, placed } = await writableShot(root, address);
    const panel = take.panel ?? (await new ShotResolver(root, project).resolveAsFor(take, placed)).panel;
    const job = {
      ...placeOf(root, project, placed),
      id: newId(JobId),
      ...chosen,
      ...(fallback === undefined ? {} : { fallback }),
      quality: take.quality,
      seed: take.seed,
      parameters: take.parameters,
      prompt: take.prompt,
      panel: withoutMissing(panel, found),
      recipeOf: take.id,
      submitted: new Date().toISOString(),
    };
    return [job];
  };
}

async function writableShot(root: string, address: string) {
  const manifest = await readProject(root);
  requireWritable(manifest);
  const placed = await findShot(root, manifest.value, address);
  requireWritable(placed.list);
  return { project: manifest.value, placed };
}

function requireWhole({ view, gaps }: RecipeView, anyway: boolean): void {
  if (anyway || gaps.length === 0) return;
  const reason = gaps.map(gapWords).join('; ');
  throw new AuteurError('recipe-differs', { address: view.address, number: view.number, reason });
}

/** A picture that is gone would keep the take from being made at all. */
function withoutMissing(panel: Panel, { inputs }: RecipeView): Panel {
  const gone = new Set<string>(inputs.filter(({ state }) => state === 'missing').map(({ path }) => path));
  const { backdrop, characters, ...rest } = panel;
  return {
    ...rest,
    ...(backdrop === undefined || gone.has(backdrop) ? {} : { backdrop }),
    characters: characters.map(({ reference, ...character }) => ({
      ...character,
      ...(reference === undefined || gone.has(reference) ? {} : { reference }),
    })),
  };
}
