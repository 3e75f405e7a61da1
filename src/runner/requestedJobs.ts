import { AuteurError } from '../core/errors.ts';
import { JobId, newId, type ShotId } from '../core/model/ids.ts';
import type { JobRequest } from '../core/model/job.ts';
import type { Panel } from '../core/model/panel.ts';
import type { GenerateRequest } from '../core/ports/studio.ts';
import { gapWords, type RecipeView } from '../core/protocol/recipe.ts';
import { findShot, readProject, requireWritable } from '../core/storage/projectFiles.ts';
import { ShotResolver } from '../core/storage/resolveShot.ts';
import { jobRequests, placeOf } from './jobRequests.ts';
import type { PipelineCatalogue } from './pipelines/pipelineCatalogue.ts';
import { shotsToRemake } from './shotsToRemake.ts';
import type { TakeDesk } from './takeDesk.ts';

export interface RequestNeeds {
  readonly catalogue: PipelineCatalogue;
  readonly desk: TakeDesk;
  /** For how many takes of which shots of the film jobs wait or run. */
  readonly waiting: () => Promise<ReadonlyMap<ShotId, number>>;
}

/**
 * The jobs that a request means.
 * @throws AuteurError what `jobRequests` throws, `nothing-stale`, `stale-remade`, `stale-waiting`, `nothing-missing`,
 *   `recipe-differs`, `take-unknown`
 */
export async function requestedJobs(
  request: GenerateRequest,
  needs: RequestNeeds,
): Promise<readonly JobRequest[]> {
  const { root, recipe, pipeline } = request;
  if (recipe !== undefined) return [await recipeJob(request, needs)];
  const addresses = await wantedAddresses(request, needs);
  return jobRequests({ ...request, addresses }, (quality) => needs.catalogue.choose(root, quality, pipeline));
}

async function wantedAddresses(
  { root, addresses, stale, missing }: GenerateRequest,
  { desk, waiting }: RequestNeeds,
): Promise<readonly string[]> {
  const where = addresses.length === 0 ? 'the film' : addresses.join(', ');
  if (stale !== true && missing !== true) return addresses;
  const busy = await waiting();
  if (stale === true) {
    const wanted = shotsToRemake(await desk.staleShots(root, addresses), where);
    const idle = wanted.filter(({ id }) => !busy.has(id));
    if (idle.length === 0) throw new AuteurError('stale-waiting', { where });
    return idle.map(({ address }) => address);
  }
  const found = (await desk.shotsWithoutTake(root, addresses)).filter(({ id }) => !busy.has(id));
  if (found.length === 0) throw new AuteurError('nothing-missing', { where });
  return found.map(({ address }) => address);
}

/** One take with the pipeline, seed, parameters, prompt and panel of an earlier one, not of the shot as it is now. */
async function recipeJob(request: GenerateRequest, { catalogue, desk }: RequestNeeds): Promise<JobRequest> {
  const { root, recipe, addresses } = request;
  const [address, ...more] = addresses;
  if (recipe === undefined || address === undefined || more.length > 0)
    throw new AuteurError('unexpected', { reason: 'a recipe is that of one take of one shot' });
  const manifest = await readProject(root);
  requireWritable(manifest);
  const placed = await findShot(root, manifest.value, address);
  requireWritable(placed.list);
  const found = await desk.recipe(root, address, recipe.take);
  requireWhole(found, recipe.anyway === true);
  const { take } = found;
  const chosen = await catalogue.again(root, take);
  const panel = take.panel ?? (await new ShotResolver(root, manifest.value).resolve(placed)).panel;
  const { fallback = take.fallback } = chosen;
  return {
    ...placeOf(root, manifest.value, placed),
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
