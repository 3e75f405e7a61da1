import { basename, dirname, join } from 'node:path';
import { AuteurError, toFailure } from '../errors.ts';
import { beatsOfScenes } from '../domain/beatsOfScene.ts';
import { shownTake } from '../domain/shownTake.ts';
import { slateCode } from '../model/address.ts';
import type { AssetId, SceneId, ShotId } from '../model/ids.ts';
import type { AssetCategory, EmotionalBeat, Project, Scene } from '../model/project.ts';
import type { ShownTake } from '../model/take.ts';
import type {
  AssetName,
  FilmView,
  ProjectSummary,
  SceneSummary,
  ShotView,
  TakeView,
} from '../protocol/views.ts';
import { beatViews } from './beats.ts';
import type { JsonFile } from './jsonFile.ts';
import { mediaState } from './lfs.ts';
import { allScenes, isReadOnly, readProject, shotsOf, type PlacedShot } from './projectFiles.ts';
import { ShotLists } from './shotLists.ts';
import type { KnownTake } from './takeIndex/knownTake.ts';
import { TakeIndex, type FolderTakes } from './takeIndex/takeIndex.ts';

/** A project as a list shows it; one that cannot be read carries its problem. */
export async function projectSummary(root: string): Promise<ProjectSummary> {
  try {
    return summaryOf(root, await readProject(root));
  } catch (error) {
    return { root, name: basename(root), chapters: 0, scenes: 0, readOnly: true, problem: toFailure(error) };
  }
}

function summaryOf(root: string, file: JsonFile<Project>): ProjectSummary {
  const { id, name, quality, narrative, settings } = file.value;
  const { fps, resolution, aspectRatio } = settings;
  const scenes = narrative.chapters.reduce((count, chapter) => count + chapter.scenes.length, 0);
  const { structure, chapters } = narrative;
  return {
    root,
    id,
    name,
    quality,
    structure,
    settings: { fps, resolution, aspectRatio },
    chapters: chapters.length,
    scenes,
    readOnly: isReadOnly(file),
  };
}

export async function filmView(root: string): Promise<FilmView> {
  const file = await readProject(root);
  const project = file.value;
  const beats = beatsOfScenes(project);
  const chapters = project.narrative.chapters.map((chapter) => ({
    id: chapter.id,
    number: chapter.number,
    address: slateCode(chapter.number),
    title: chapter.title,
    ...(chapter.synopsis === undefined ? {} : { synopsis: chapter.synopsis }),
    scenes: chapter.scenes.map((scene) => ({
      ...sceneSummary(project, scene, `${slateCode(chapter.number)}/${slateCode(scene.number)}`),
      ...beatName(beats.get(scene.id) ?? []),
    })),
  }));
  const namesIn = (category: AssetCategory): readonly AssetName[] =>
    project.assets[category].map(({ id, name }) => ({ id, name }));
  const assets = {
    characters: namesIn('characters'),
    locations: namesIn('locations'),
    styles: namesIn('styles'),
    music: namesIn('music'),
  };
  return { project: summaryOf(root, file), chapters, assets, beats: beatViews(project) };
}

function beatName(beats: readonly EmotionalBeat[]): Pick<SceneSummary, 'beat'> {
  return beats.length === 0 ? {} : { beat: beats.map(({ name }) => name).join(', ') };
}

function sceneSummary(project: Project, scene: Scene, address: string): SceneSummary {
  const location = nameOf(project, 'locations', scene.location);
  const style = nameOf(project, 'styles', scene.style);
  const { id, number, title, synopsis, setting, timeOfDay } = scene;
  return {
    id,
    number,
    address,
    title,
    ...(synopsis === undefined ? {} : { synopsis }),
    ...(setting === undefined ? {} : { setting }),
    ...(timeOfDay === undefined ? {} : { timeOfDay }),
    ...(location === undefined ? {} : { location }),
    ...(style === undefined ? {} : { style }),
  };
}

/** An id that no asset has stands for itself. */
function nameOf(project: Project, category: AssetCategory, id: AssetId | undefined): string | undefined {
  return project.assets[category].find((asset) => asset.id === id)?.name ?? id;
}

const unkept = new TakeIndex({ keeps: false });

/** The shots of a scene, each with how many takes it has and which it shows. */
export async function shotViews(root: string, sceneId: SceneId): Promise<readonly ShotView[]> {
  const { value: project } = await readProject(root);
  return shotViewsIn({ root, project, index: unkept }, sceneId);
}

/** A film that is being read. */
export interface ReadFilm {
  readonly root: string;
  readonly project: Project;
  readonly index: TakeIndex;
}

export async function shotViewsIn(
  { root, project, index }: ReadFilm,
  sceneId: SceneId,
): Promise<readonly ShotView[]> {
  const placed = allScenes(project).find(({ scene }) => scene.id === sceneId);
  if (placed === undefined)
    throw new AuteurError('address-unknown', { what: 'scene with id', address: sceneId });
  const shots = await shotsOf(root, placed);
  const takes = await index.scene(
    root,
    sceneId,
    shots.map(({ shot }) => shot.folder),
  );
  return shots.map((shot) => shotView(project, shot, takes.get(shot.shot.folder) ?? { takes: [] }));
}

export function shotView(
  project: Project,
  { scene, shot, address, list }: PlacedShot,
  { takes: recorded, problem }: FolderTakes,
): ShotView {
  const takes = recorded.filter((take) => take.deleted === undefined);
  const shown = shownTake(shot, takes);
  const characters = (shot.characters ?? []).map((id) => nameOf(project, 'characters', id) ?? id);
  const location = nameOf(project, 'locations', shot.location);
  const style = nameOf(project, 'styles', shot.style);
  return {
    id: shot.id,
    sceneId: scene.id,
    address,
    shot,
    characters,
    names: {
      characters,
      ...(location === undefined ? {} : { location }),
      ...(style === undefined ? {} : { style }),
    },
    takeCount: takes.length,
    readOnly: isReadOnly(list),
    ...(shown === undefined ? {} : { shown }),
    ...(problem === undefined ? {} : { problem: toFailure(problem) }),
  };
}

/** Finds a shot by its id. */
export function findShotById(root: string, id: ShotId): Promise<PlacedShot> {
  return new ShotLists().find(root, id);
}

/** The takes of a shot, in order of number. */
export async function takeViews(
  root: string,
  placed: PlacedShot,
  index = unkept,
): Promise<readonly TakeView[]> {
  const recorded = await index.shot(root, placed.scene.id, placed.shot.folder);
  if (recorded.problem !== undefined) throw recorded.problem;
  const takes = recorded.takes.filter((take) => take.deleted === undefined);
  const shown = shownTake(placed.shot, takes);
  return Promise.all(takes.map((take) => takeView(root, { take, placed, shown })));
}

async function takeView(
  root: string,
  { take, placed, shown }: { take: KnownTake; placed: PlacedShot; shown: ShownTake | undefined },
): Promise<TakeView> {
  const [media] = take.files;
  if (media === undefined)
    throw new AuteurError('output-invalid', { reason: `take ${take.number} names no file` });
  const path = join(root, placed.shot.folder, media.name);
  const review = placed.shot.reviews?.[take.id];
  const { mediaType, bytes, width, height, duration } = media;
  const poster = await posterOf(take, dirname(path));
  return {
    id: take.id,
    shotId: placed.shot.id,
    address: placed.address,
    number: take.number,
    path,
    media: await mediaState(path),
    mediaType,
    bytes,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(duration === undefined ? {} : { duration }),
    ...(poster === undefined ? {} : { poster }),
    seed: take.seed,
    quality: take.quality,
    pipeline: take.pipeline,
    ...(take.fallback === undefined ? {} : { fallback: take.fallback }),
    created: take.finished,
    ...(shown?.id === take.id ? { shown: shown.as } : {}),
    ...(review === undefined ? {} : { review }),
  };
}

/** One that was not downloaded is none that can be shown. */
async function posterOf({ files }: KnownTake, folder: string): Promise<string | undefined> {
  const file = files.find(({ use }) => use === 'poster');
  if (file === undefined) return undefined;
  const path = join(folder, file.name);
  return (await mediaState(path)) === 'present' ? path : undefined;
}
