import { resolvePanel, shotAssetIds } from '../core/domain/panel.ts';
import { compositePrompt } from '../core/domain/prompt.ts';
import { takePrefix } from '../core/domain/numbering.ts';
import { AuteurError } from '../core/errors.ts';
import type { Asset } from '../core/model/asset.ts';
import { JobId, newId, type AssetId } from '../core/model/ids.ts';
import type { JobRequest } from '../core/model/job.ts';
import type { AssetCategory, Project } from '../core/model/project.ts';
import type { CompositePrompt } from '../core/model/prompt.ts';
import { Quality } from '../core/model/quality.ts';
import { RelativePath } from '../core/model/relativePath.ts';
import type { GenerateRequest } from '../core/ports/studio.ts';
import {
  findShot,
  readAsset,
  readProject,
  requireWritable,
  type PlacedShot,
} from '../core/storage/projectFiles.ts';
import { mainReference } from '../core/storage/references.ts';
import { requestedShots } from './requestedShots.ts';
import type { ChosenPipeline } from './pipelines/choosePipeline.ts';

/** Of one shot, at one request. */
export const maxTakes = 1000;
const seedRange = 0x1_0000_0000;

/** Turns what was asked for into jobs, in film order, each with everything resolved. */
export async function jobRequests(
  request: GenerateRequest,
  choose: (quality: Quality) => ChosenPipeline,
): Promise<readonly JobRequest[]> {
  const { root } = request;
  const manifest = await readProject(root);
  requireWritable(manifest);
  const project = manifest.value;
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
  const chosen = choose(quality.data);
  const shots = await requestedShots(root, project, request.addresses);
  for (const { list } of shots) requireWritable(list);
  const common: SameJob[] = [];
  for (const shot of shots)
    common.push(await sameJob({ root, project, shot, quality: quality.data, chosen }));
  const submitted = new Date().toISOString();
  return Array.from({ length: takes }, (_, take) =>
    common.map((same) => ({
      ...same,
      id: newId(JobId),
      seed: seed === undefined ? randomSeed() : (seed + take) % seedRange,
      submitted,
    })),
  ).flat();
}

export interface ShotPrompt {
  readonly address: string;
  readonly prompt: CompositePrompt;
}

/** What a pipeline would be asked for a shot now. */
export async function shotPrompt(root: string, address: string): Promise<ShotPrompt> {
  const { value: project } = await readProject(root);
  const placed = await findShot(root, project, address);
  const { prompt } = await resolveShot(root, project, placed);
  return { address: placed.address, prompt };
}

/** What the jobs for all takes of one shot have in common. */
type SameJob = Omit<JobRequest, 'id' | 'seed' | 'submitted'>;

interface OneShot {
  readonly root: string;
  readonly project: Project;
  readonly shot: PlacedShot;
  readonly quality: Quality;
  readonly chosen: ChosenPipeline;
}

async function sameJob({ root, project, shot: placed, quality, chosen }: OneShot): Promise<SameJob> {
  const { scene, shot, address } = placed;
  const folder = RelativePath.safeParse(shot.folder);
  if (!folder.success) throw new AuteurError('path-outside', { path: shot.folder });
  const { panel, prompt } = await resolveShot(root, project, placed);
  return {
    projectId: project.id,
    projectRoot: root,
    sceneId: scene.id,
    shotId: shot.id,
    address,
    folder: folder.data,
    filePrefix: takePrefix(shot.folder, { scene: scene.number, shot: shot.number }),
    pipeline: chosen.pipeline,
    ...(chosen.fallback === undefined ? {} : { fallback: chosen.fallback }),
    quality,
    parameters: { width: panel.width, height: panel.height, fps: panel.fps },
    prompt,
    panel,
  };
}

async function resolveShot(root: string, project: Project, placed: PlacedShot) {
  const { scene, shot, address } = placed;
  const assets = await assetsOf(root, project, placed);
  const panel = resolvePanel({ project, scene, shot, address }, assets);
  const beat = project.narrative.emotionalBeats.find((one) => one.scene === scene.id);
  return { panel, prompt: compositePrompt({ panel, ...assets, beat: beat?.description ?? beat?.name }) };
}

async function assetsOf(root: string, project: Project, { scene, shot, address }: PlacedShot) {
  const ids = shotAssetIds({ project, scene, shot, address });
  const read = async (category: AssetCategory, id: AssetId | undefined) =>
    id === undefined ? undefined : await readAsset(root, project, category, id);
  const characters = await Promise.all(ids.characters.map((id) => read('characters', id)));
  const assets = {
    characters: characters.filter((asset): asset is Asset => asset !== undefined),
    location: await read('locations', ids.location),
    style: await read('styles', ids.style),
  };
  const pictured = [...project.assets.characters, ...project.assets.locations];
  const pictures = new Map<AssetId, RelativePath>();
  for (const asset of [...assets.characters, assets.location]) {
    const folder = pictured.find(({ id }) => id === asset?.id)?.folder;
    const picture = asset && folder && (await mainReference(root, folder, asset));
    if (picture) pictures.set(asset.id, picture);
  }
  return { ...assets, pictures };
}

function wholeNumber(name: string, value: number, { least, most }: { least: number; most: number }): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new AuteurError('value-invalid', {
    name,
    value,
    reason: `it is a whole number from ${least} to ${most}`,
  });
}

function randomSeed(): number {
  return globalThis.crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
