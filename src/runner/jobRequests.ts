import { takePrefix } from '../core/domain/numbering.ts';
import { AuteurError } from '../core/errors.ts';
import { JobId, newId } from '../core/model/ids.ts';
import type { JobRequest } from '../core/model/job.ts';
import type { Project } from '../core/model/project.ts';
import { Quality } from '../core/model/quality.ts';
import { RelativePath } from '../core/model/relativePath.ts';
import type { GenerateRequest } from '../core/ports/studio.ts';
import { readProject, requireWritable, type PlacedShot } from '../core/storage/projectFiles.ts';
import { ShotResolver } from '../core/storage/resolveShot.ts';
import { requestedShots, whereOf } from './requestedShots.ts';
import type { ChosenPipeline } from './pipelines/pipelineEntry.ts';

/** Of one shot, at one request. */
export const maxTakes = 1000;
/** Of a job, and the least is as far below 0. */
export const maxPriority = 100;
const seedRange = 0x1_0000_0000;

type Choose = (quality: Quality) => ChosenPipeline | Promise<ChosenPipeline>;

/** Turns what was asked for into jobs, in film order, each with everything resolved. */
export async function jobRequests(request: GenerateRequest, choose: Choose): Promise<readonly JobRequest[]> {
  return (await preparedJobs(request, choose))();
}

/**
 * The same in two steps: chosen is at once, which may take its time.
 * @returns makes the jobs of what the film then says, but of no shots other than the `wanted` ones
 */
export async function preparedJobs(
  request: GenerateRequest,
  choose: Choose,
): Promise<(wanted?: ReadonlySet<string>) => Promise<readonly JobRequest[]>> {
  const { root } = request;
  const { value: project } = await writableProject(root);
  const quality = Quality.safeParse(request.quality ?? project.quality);
  if (!quality.success) {
    throw new AuteurError('value-invalid', {
      name: 'quality',
      value: String(request.quality),
      reason: 'it is low, standard or high',
    });
  }
  const takes = wholeNumber('takes', request.takes ?? 1, { least: 1, most: maxTakes });
  const seed =
    request.seed === undefined
      ? undefined
      : wholeNumber('seed', request.seed, { least: 0, most: seedRange - 1 });
  const chosen = await choose(quality.data);
  return async (wanted) => {
    const common = await sameJobs(request, { quality: quality.data, chosen }, wanted);
    const submitted = new Date().toISOString();
    return Array.from({ length: takes }, (_, take) =>
      common.map((same) => ({
        ...same,
        id: newId(JobId),
        seed: seed === undefined ? randomSeed() : (seed + take) % seedRange,
        submitted,
      })),
    ).flat();
  };
}

async function writableProject(root: string) {
  const manifest = await readProject(root);
  requireWritable(manifest);
  return manifest;
}

/** @throws AuteurError `value-invalid` */
export function requirePriority(priority = 0): number {
  return wholeNumber('priority', priority, { least: -maxPriority, most: maxPriority });
}

/** What the jobs for all takes of one shot have in common. */
type SameJob = Omit<JobRequest, 'id' | 'seed' | 'submitted'>;

async function sameJobs(
  { root, addresses }: GenerateRequest,
  { quality, chosen }: { readonly quality: Quality; readonly chosen: ChosenPipeline },
  wanted: ReadonlySet<string> | undefined,
): Promise<readonly SameJob[]> {
  const { value: project } = await writableProject(root);
  const all = await requestedShots(root, project, addresses);
  const shots = wanted === undefined ? all : all.filter(({ shot }) => wanted.has(shot.id));
  if (shots.length === 0) throw new AuteurError('nothing-to-generate', { where: whereOf(addresses) });
  for (const { list } of shots) requireWritable(list);
  const resolver = new ShotResolver(root, project);
  const jobs: SameJob[] = [];
  for (const placed of shots)
    jobs.push({
      ...placeOf(root, project, placed),
      ...chosen,
      quality,
      ...(await resolver.resolve(placed)),
    });
  return jobs;
}

/** Where the takes of a shot belong. */
export function placeOf(
  root: string,
  project: Project,
  { scene, shot, address }: PlacedShot,
): Pick<
  JobRequest,
  'projectId' | 'projectRoot' | 'sceneId' | 'shotId' | 'address' | 'folder' | 'filePrefix'
> {
  const folder = RelativePath.safeParse(shot.folder);
  if (!folder.success) throw new AuteurError('path-outside', { path: shot.folder });
  return {
    projectId: project.id,
    projectRoot: root,
    sceneId: scene.id,
    shotId: shot.id,
    address,
    folder: folder.data,
    filePrefix: takePrefix(shot.folder, { scene: scene.number, shot: shot.number }),
  };
}

function wholeNumber(name: string, value: number, { least, most }: { least: number; most: number }): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new AuteurError('value-invalid', {
    name,
    value,
    reason: `it is a whole number from ${least} to ${most}`,
  });
}

export function randomSeed(): number {
  return globalThis.crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
