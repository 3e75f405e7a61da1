import { AuteurError } from '../core/errors.ts';
import { JobId, newId } from '../core/model/ids.ts';
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

interface Needs {
  readonly catalogue: PipelineCatalogue;
  readonly desk: TakeDesk;
}

/**
 * The jobs that a request means.
 * @throws AuteurError what `jobRequests` throws, `nothing-stale`, `stale-remade`, `recipe-differs`, `take-unknown`
 */
export async function requestedJobs(
  request: GenerateRequest,
  { catalogue, desk }: Needs,
): Promise<readonly JobRequest[]> {
  const { root, addresses, recipe, stale } = request;
  if (recipe !== undefined) return [await recipeJob(request, { catalogue, desk })];
  const wanted = stale === true ? await staleAddresses(desk, root, addresses) : addresses;
  return jobRequests({ ...request, addresses: wanted }, (quality) =>
    catalogue.choose(root, quality, request.pipeline),
  );
}

async function staleAddresses(
  desk: TakeDesk,
  root: string,
  addresses: readonly string[],
): Promise<readonly string[]> {
  const where = addresses.length === 0 ? 'the film' : addresses.join(', ');
  return shotsToRemake(await desk.staleShots(root, addresses), where).map(({ address }) => address);
}

/** One take with the pipeline, seed, parameters, prompt and panel of an earlier one, not of the shot as it is now. */
async function recipeJob(request: GenerateRequest, { catalogue, desk }: Needs): Promise<JobRequest> {
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
    pipeline: chosen.pipeline,
    ...(chosen.definition === undefined ? {} : { definition: chosen.definition }),
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
