import { AuteurError } from '../errors.ts';
import { folderKey, safeFolderName } from '../domain/names.ts';
import { shotFolder } from '../domain/numbering.ts';
import { formatAddress, slateCode } from '../model/address.ts';
import { AssetId, ChapterId, newId, SceneId, ShotId, type JobId } from '../model/ids.ts';
import type { AssetCategory, Project } from '../model/project.ts';
import { Shot } from '../model/shotList.ts';
import { Title } from '../model/title.ts';
import type { NewShot } from '../ports/studio.ts';
import type { FileTexts } from './history/fileMove.ts';
import { recordEdit } from './history/recordEdit.ts';
import { editJsonFile, type JsonEdit, type JsonFile } from './jsonFile.ts';
import { beginShotList, readOrBeginShotList } from './newShotList.ts';
import {
  findChapter,
  findScene,
  findShot,
  readProject,
  requireWritable,
  type PlacedScene,
} from './projectFiles.ts';
import { withProjectLock } from './projectLock.ts';

const manifest = 'project.json';

/** What an edit did: the address and id of what it touched, and the files it wrote, relative to the project. */
export interface FilmEdit {
  readonly address: string;
  readonly id: string;
  readonly files: readonly string[];
  readonly summary: string;
}

/** Appends a chapter; its number is the next one and never reused. */
export async function addChapter(root: string, title: string): Promise<FilmEdit> {
  const name = requireTitle(title);
  return withProjectLock(root, async () => {
    const file = await readProject(root);
    requireWritable(file);
    const { nextNumber, chapters } = file.value.narrative;
    const number = Math.max(nextNumber, ...chapters.map((chapter) => chapter.number + 1));
    const chapter = { id: newId(ChapterId), number, title: name, scenes: [] };
    const address = slateCode(number);
    const summary = `Add chapter ${address}: ${name}`;
    await recordEdit(root, { summary, change: { kind: 'addChapter', chapter } }, async () => [
      await edited(manifest, file, [
        { path: ['narrative', 'chapters', -1], value: chapter },
        { path: ['narrative', 'nextNumber'], value: number + 1 },
      ]),
    ]);
    return { address, id: chapter.id, files: [manifest], summary };
  });
}

/** Appends a scene with an empty shot list. Scene numbers are unique in the whole film. */
export async function addScene(root: string, chapterAddress: string, title: string): Promise<FilmEdit> {
  const name = requireTitle(title);
  return withProjectLock(root, async () => {
    const file = await readProject(root);
    requireWritable(file);
    const { chapter, index } = findChapter(file.value, chapterAddress);
    const id = newId(SceneId);
    const begun = await beginShotList(root, file.value, { chapter: chapter.number, id });
    const { number, shotList } = begun;
    const scene = { id, number, title: name, shotList };
    const address = formatAddress({ chapter: chapter.number, scene: number });
    const summary = `Add scene ${address}: ${name}`;
    const change = { kind: 'addScene', chapterId: chapter.id, scene } as const;
    await recordEdit(root, { summary, change }, async () => [
      { path: shotList, before: undefined, after: begun.text },
      await edited(manifest, file, [
        { path: ['narrative', 'chapters', index, 'scenes', -1], value: scene },
        { path: ['narrative', 'nextSceneNumber'], value: number + 1 },
      ]),
    ]);
    return { address, id, files: [manifest, shotList], summary };
  });
}

/** Appends a shot to a scene's shot list. Characters, location and style may be given by name or id. */
export async function addShot(root: string, sceneAddress: string, request: NewShot): Promise<FilmEdit> {
  return withProjectLock(root, async () => {
    const project = await readProject(root);
    requireWritable(project);
    const placed = findScene(project.value, sceneAddress);
    const list = await readOrBeginShotList(root, placed);
    requireWritable(list);
    const number = Math.max(list.value.nextNumber, ...list.value.shots.map((shot) => shot.number + 1));
    const shot = newShot(project.value, placed, number, request);
    const { chapter, scene } = placed;
    const address = formatAddress({ chapter: chapter.number, scene: scene.number, shot: number });
    const summary = `Add shot ${address}`;
    const change = { kind: 'addShot', sceneId: scene.id, shot } as const;
    await recordEdit(root, { summary, change }, async () => [
      await edited(scene.shotList, list, [
        { path: ['shots', -1], value: shot },
        { path: ['nextNumber'], value: number + 1 },
      ]),
    ]);
    return { address, id: shot.id, files: [scene.shotList], summary };
  });
}

/** Writes the explicit choice of the take a shot shows. */
export async function setActiveTake(root: string, address: string, takeId: JobId): Promise<FilmEdit> {
  return withProjectLock(root, async () => {
    const project = await readProject(root);
    requireWritable(project);
    const { list, shot, shotIndex, scene } = await findShot(root, project.value, address);
    requireWritable(list);
    const summary = `Choose the active take of ${address}`;
    const made = { address, id: shot.id, files: [scene.shotList], summary };
    if (shot.activeTake === takeId) return made;
    const from = shot.activeTake === undefined ? {} : { from: shot.activeTake };
    const change = { kind: 'chooseTake', sceneId: scene.id, shotId: shot.id, ...from, to: takeId } as const;
    const edits: JsonEdit[] = [{ path: ['shots', shotIndex, 'activeTake'], value: takeId }];
    await recordEdit(root, { summary, change }, async () => [await edited(scene.shotList, list, edits)]);
    return made;
  });
}

async function edited(path: string, file: JsonFile<unknown>, edits: readonly JsonEdit[]): Promise<FileTexts> {
  return { path, before: file.text, after: await editJsonFile(file, edits) };
}

function newShot(project: Project, { chapter, scene }: PlacedScene, number: number, request: NewShot): Shot {
  const { characters, location, style, ...rest } = request;
  const shot: unknown = {
    id: newId(ShotId),
    number,
    folder: shotFolder(chapter.number, scene.number, number),
    ...rest,
    ...(characters === undefined
      ? {}
      : { characters: characters.map((name) => findAsset(project, 'characters', name)) }),
    ...(location === undefined ? {} : { location: findAsset(project, 'locations', location) }),
    ...(style === undefined ? {} : { style: findAsset(project, 'styles', style) }),
  };
  const parsed = Shot.safeParse(shot);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = issue?.path.map(String).join('.') ?? 'shot';
  const value = String(Object.entries(request).find(([key]) => key === name)?.[1] ?? '');
  throw new AuteurError('value-invalid', { name, value, reason: issue?.message ?? 'wrong value' });
}

type AssetRef = Project['assets'][AssetCategory][number];

function findAsset(project: Project, category: AssetCategory, name: string): AssetId {
  const assets = project.assets[category];
  // What was written exactly goes before what is only like it: "Ada" and "ada" may be two people.
  const likeness = [
    (asset: AssetRef) => asset.id === name,
    (asset: AssetRef) => asset.name === name,
    (asset: AssetRef) => asset.name.normalize('NFC') === name.normalize('NFC'),
    (asset: AssetRef) => folderKey(asset.name) === folderKey(name),
  ];
  const [found, ...others] =
    likeness.map((isLike) => assets.filter(isLike)).find(({ length }) => length > 0) ?? [];
  if (others.length > 0) {
    const ids = assets.filter((asset) => folderKey(asset.name) === folderKey(name)).map(({ id }) => id);
    throw new AuteurError('asset-ambiguous', {
      category: category.replace(/s$/, ''),
      name,
      ids: ids.join(', '),
    });
  }
  if (found !== undefined) return found.id;
  throw unknownAsset(assets, category, name);
}

function unknownAsset(assets: readonly AssetRef[], list: AssetCategory, name: string): AuteurError {
  const parent = `${list.charAt(0).toUpperCase()}${list.slice(1)}`;
  const folder = `01_Assets/${parent}/${safeFolderName(name)}`;
  const entry = JSON.stringify({ id: newId(AssetId), name, folder });
  const data = { category: list.replace(/s$/, ''), name, list, folder, entry };
  if (assets.length === 0) return new AuteurError('asset-none', data);
  return new AuteurError('asset-unknown', { ...data, known: assets.map((one) => one.name).join(', ') });
}

function requireTitle(title: string): string {
  const name = Title.safeParse(title.trim());
  if (name.success) return name.data;
  throw new AuteurError('value-invalid', {
    name: 'title',
    value: title.length > 100 ? `${title.slice(0, 100)}…` : title,
    reason: 'it has 1 to 200 characters on one line, and at least one of them can be seen',
  });
}
