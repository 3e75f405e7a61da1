import { shotListPath } from '../domain/numbering.ts';
import { AuteurError, type ErrorCode } from '../errors.ts';
import type { SceneId } from '../model/ids.ts';
import type { Project } from '../model/project.ts';
import type { RelativePath } from '../model/relativePath.ts';
import { ShotList, shotListSchemaVersion } from '../model/shotList.ts';
import { formatJson, readJsonFile } from './jsonFile.ts';
import { isThere } from './locate.ts';
import { allScenes } from './projectFiles.ts';
import { resolveInside } from './projectPath.ts';

/** More strays than any film has; each is one look at the disk. */
const maxStrays = 1000;

/** A place for the shot list of a new scene; `from` is what an interrupted add has left there. */
export interface FreeShotList {
  readonly number: number;
  readonly path: RelativePath;
  readonly from?: string;
}

/** The next scene number, from `least` on, whose file is free. */
export async function freeShotList(
  root: string,
  project: Project,
  { chapter, least = 1 }: { readonly chapter: number; readonly least?: number },
): Promise<FreeShotList> {
  const first = Math.max(nextSceneNumber(project), least);
  for (let number = first; number < first + maxStrays; number++) {
    const path = shotListPath(chapter, number);
    const absolute = await resolveInside(root, path);
    if (!(await isThere(absolute))) return { number, path };
    const from = await leftOver(absolute, path, project);
    if (from !== undefined) return { number, path, from };
  }
  throw new AuteurError('folder-exists', { path: shotListPath(chapter, first) });
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

const unreadable: ReadonlySet<ErrorCode> = new Set(['file-unreadable', 'text-in-conflict', 'schema-too-new']);

/** What an add that was interrupted before the manifest knew of it has left: of no scene, and without shots. */
async function leftOver(path: string, shotList: RelativePath, project: Project): Promise<string | undefined> {
  const scenes = allScenes(project).map(({ scene }) => scene);
  // On macOS and Windows names that differ in case are one file.
  if (scenes.some((scene) => scene.shotList.toLowerCase() === shotList.toLowerCase())) return undefined;
  try {
    const { value, text } = await readJsonFile(path, ShotList, shotListSchemaVersion);
    return value.shots.length === 0 && !scenes.some(({ id }) => id === value.sceneId) ? text : undefined;
  } catch (error) {
    if (AuteurError.is(error) && unreadable.has(error.code)) return undefined;
    throw error;
  }
}
