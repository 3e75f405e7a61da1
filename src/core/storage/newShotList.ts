import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { shotListPath } from '../domain/numbering.ts';
import { AuteurError } from '../errors.ts';
import type { SceneId } from '../model/ids.ts';
import type { Project } from '../model/project.ts';
import type { RelativePath } from '../model/relativePath.ts';
import { ShotList, shotListSchemaVersion } from '../model/shotList.ts';
import { announceWrite } from './announcedWrites.ts';
import { createExclusively, writeFileAtomic } from './atomicFile.ts';
import { formatJson, readJsonFile, type JsonFile } from './jsonFile.ts';
import { isThere } from './locate.ts';
import { allScenes, readShotList, type PlacedScene } from './projectFiles.ts';
import { resolveInside } from './projectPath.ts';

/** More strays than any film has; each is one look at the disk. */
const maxStrays = 1000;

/** Takes the next scene number whose file is free, and makes that file. */
export async function beginShotList(
  root: string,
  project: Project,
  scene: { readonly chapter: number; readonly id: SceneId },
): Promise<{ number: number; shotList: RelativePath; text: string }> {
  const first = nextSceneNumber(project);
  const text = emptyList(scene.id);
  for (let number = first; number < first + maxStrays; number++) {
    const shotList = shotListPath(scene.chapter, number);
    const path = await resolveInside(root, shotList);
    if (!(await isThere(path))) {
      if (await create(path, text)) return { number, shotList, text };
    } else if (await isLeftOver(path, shotList, project)) {
      await announceWrite(path, text);
      await writeFileAtomic(path, text);
      return { number, shotList, text };
    }
  }
  throw new AuteurError('folder-exists', { path: shotListPath(scene.chapter, first) });
}

/** A scene whose list is not written yet, or was lost, gets one. */
export async function readOrBeginShotList(root: string, { scene }: PlacedScene): Promise<JsonFile<ShotList>> {
  const existing = await readShotList(root, scene);
  if (existing !== undefined) return existing;
  const path = await resolveInside(root, scene.shotList);
  await create(path, emptyList(scene.id));
  return readJsonFile(path, ShotList, shotListSchemaVersion);
}

function nextSceneNumber({ narrative }: Project): number {
  const used = narrative.chapters.flatMap(({ scenes }) => scenes.map(({ number }) => number + 1));
  return Math.max(narrative.nextSceneNumber, ...used);
}

/** The shot list of a scene that has no shot yet. */
export function emptyList(sceneId: SceneId): string {
  const list: ShotList = {
    $schema: '../../.auteur/shotlist.schema.json',
    schemaVersion: shotListSchemaVersion,
    sceneId,
    nextNumber: 1,
    shots: [],
  };
  return formatJson(list);
}

async function create(path: string, content: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  await announceWrite(path, content);
  return createExclusively(path, content);
}

/** What an add that was interrupted before the manifest knew of it has left: of no scene, and without shots. */
async function isLeftOver(path: string, shotList: RelativePath, project: Project): Promise<boolean> {
  const scenes = allScenes(project).map(({ scene }) => scene);
  // On macOS and Windows names that differ in case are one file.
  if (scenes.some((scene) => scene.shotList.toLowerCase() === shotList.toLowerCase())) return false;
  try {
    const { value } = await readJsonFile(path, ShotList, shotListSchemaVersion);
    return value.shots.length === 0 && !scenes.some(({ id }) => id === value.sceneId);
  } catch (error) {
    if (AuteurError.is(error, 'file-unreadable') || AuteurError.is(error, 'schema-too-new')) return false;
    throw error;
  }
}
