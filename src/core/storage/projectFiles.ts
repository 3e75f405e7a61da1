import { AuteurError } from '../errors.ts';
import { formatAddress, parseAddress, type Address } from '../model/address.ts';
import { Asset } from '../model/asset.ts';
import type { AssetId } from '../model/ids.ts';
import {
  Project,
  projectSchemaVersion,
  type AssetCategory,
  type Chapter,
  type Scene,
} from '../model/project.ts';
import { ShotList, shotListSchemaVersion, type Shot } from '../model/shotList.ts';
import { readJsonFile, type JsonFile } from './jsonFile.ts';
import { isThere } from './locate.ts';
import { resolveInside } from './projectPath.ts';

export interface PlacedScene {
  readonly chapter: Chapter;
  readonly chapterIndex: number;
  readonly scene: Scene;
  readonly sceneIndex: number;
  readonly address: string;
}

export interface PlacedShot extends PlacedScene {
  readonly list: JsonFile<ShotList>;
  readonly shot: Shot;
  readonly shotIndex: number;
}

/**
 * Reads a project's manifest.
 * @throws AuteurError `not-a-project`, `path-outside`, `file-unreadable`
 */
export async function readProject(root: string): Promise<JsonFile<Project>> {
  if (!(await isThere(root))) throw new AuteurError('not-a-project', { path: root });
  const path = await resolveInside(root, 'project.json');
  if (!(await isThere(path))) throw new AuteurError('not-a-project', { path: root });
  return readJsonFile(path, Project, projectSchemaVersion);
}

/** @throws AuteurError `schema-newer` where a newer build wrote the file: then it is only read. */
export function requireWritable(file: JsonFile<{ schemaVersion: number }>): void {
  if (isReadOnly(file)) throw new AuteurError('schema-newer', { path: file.path });
}

export function isReadOnly({ value, newest }: JsonFile<{ schemaVersion: number }>): boolean {
  return value.schemaVersion > newest;
}

export function allScenes(project: Project): readonly PlacedScene[] {
  return project.narrative.chapters.flatMap((chapter, chapterIndex) =>
    chapter.scenes.map((scene, sceneIndex) => ({
      chapter,
      chapterIndex,
      scene,
      sceneIndex,
      address: formatAddress({ chapter: chapter.number, scene: scene.number }),
    })),
  );
}

/** The scene's shot list, or undefined where it is not written yet. */
export async function readShotList(root: string, scene: Scene): Promise<JsonFile<ShotList> | undefined> {
  const path = await resolveInside(root, scene.shotList);
  return (await isThere(path)) ? readJsonFile(path, ShotList, shotListSchemaVersion) : undefined;
}

/** All shots of one scene, in order. */
export async function shotsOf(root: string, placed: PlacedScene): Promise<readonly PlacedShot[]> {
  const list = await readShotList(root, placed.scene);
  return list === undefined ? [] : shotsIn(placed, list);
}

/** The shots of a scene's list, each with its place. */
export function shotsIn(placed: PlacedScene, list: JsonFile<ShotList>): readonly PlacedShot[] {
  return list.value.shots.map((shot, shotIndex) => ({
    ...placed,
    list,
    shot,
    shotIndex,
    address: `${placed.address}/${formatAddress({ chapter: shot.number })}`,
  }));
}

/** @throws AuteurError `address-invalid`, `address-kind`, `address-unknown` */
export function findChapter(project: Project, text: string): { chapter: Chapter; index: number } {
  const { chapter: number } = requireAddress(text, 1);
  const index = project.narrative.chapters.findIndex((chapter) => chapter.number === number);
  const chapter = project.narrative.chapters[index];
  if (chapter === undefined) throw new AuteurError('address-unknown', { what: 'chapter', address: text });
  return { chapter, index };
}

/** @throws AuteurError `address-invalid`, `address-kind`, `address-unknown` */
export function findScene(project: Project, text: string): PlacedScene {
  const address = formatAddress(requireAddress(text, 2));
  const scene = allScenes(project).find((placed) => placed.address === address);
  if (scene === undefined) throw new AuteurError('address-unknown', { what: 'scene', address: text });
  return scene;
}

/** @throws AuteurError `address-invalid`, `address-kind`, `address-unknown` */
export async function findShot(root: string, project: Project, text: string): Promise<PlacedShot> {
  const { chapter, scene, shot: number } = requireAddress(text, 3);
  const placed = allScenes(project).find(
    (one) => one.chapter.number === chapter && one.scene.number === scene,
  );
  const shots = placed === undefined ? [] : await shotsOf(root, placed);
  const shot = shots.find((one) => one.shot.number === number);
  if (shot === undefined) throw new AuteurError('address-unknown', { what: 'shot', address: text });
  return shot;
}

const kinds = ['chapter', 'scene', 'shot'] as const;

function requireAddress(text: string, parts: 1 | 2 | 3): Address {
  const address = parseAddress(text);
  if (address === undefined) throw new AuteurError('address-invalid', { address: text });
  const given = kinds.filter((kind) => address[kind] !== undefined).length;
  if (given === parts) return address;
  const example = ['01', '01/02', '01/02/03'][parts - 1] ?? '';
  const [is = '', what = ''] = [kinds[given - 1], kinds[parts - 1]];
  throw new AuteurError('address-kind', { address: text, is, what, example });
}

/** An asset's own file; an asset without one is known by its name alone. */
export async function readAsset(
  root: string,
  project: Project,
  category: AssetCategory,
  id: AssetId,
): Promise<Asset | undefined> {
  const ref = project.assets[category].find((asset) => asset.id === id);
  if (ref === undefined) return undefined;
  const path = await resolveInside(root, `${ref.folder}/asset.json`);
  if (!(await isThere(path))) return Asset.parse({ schemaVersion: 1, id: ref.id, name: ref.name });
  return (await readJsonFile(path, Asset)).value;
}
