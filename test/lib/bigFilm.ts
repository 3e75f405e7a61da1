import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newProject } from '../../src/core/domain/newProject.ts';
import { shotFolder, shotListPath, takeBaseName, takePrefix } from '../../src/core/domain/numbering.ts';
import { slateCode } from '../../src/core/model/address.ts';
import { AssetId, ChapterId, JobId, newId, SceneId, ShotId } from '../../src/core/model/ids.ts';
import { markerFile } from '../../src/core/model/markerFile.ts';
import type { Chapter, Project, Scene } from '../../src/core/model/project.ts';
import { RelativePath } from '../../src/core/model/relativePath.ts';
import { shotListSchemaVersion, type Shot, type ShotList } from '../../src/core/model/shotList.ts';
import { Take } from '../../src/core/model/take.ts';
import { gitAttributes, gitIgnore } from '../../src/core/storage/gitTemplates.ts';
import { formatJson } from '../../src/core/storage/jsonFile.ts';

export interface FilmSize {
  readonly shots: number;
  /** Of each shot. */
  readonly takes: number;
  /** Of each scene. */
  readonly shotsInScene: number;
}

export interface BigScene {
  readonly id: SceneId;
  readonly address: string;
  readonly shots: readonly BigShot[];
}

export interface BigShot {
  readonly id: ShotId;
  readonly number: number;
  /** Relative to the project. */
  readonly folder: string;
  readonly prefix: string;
}

const scenesInChapter = 25;

/** Writes a film without Git as the store would have written it; its media are LFS pointers. */
export function writeBigFilm(root: string, size: FilmSize): readonly BigScene[] {
  const project = newProject({ name: 'Big Film', quality: 'low', structure: 'three-act', now: new Date(0) });
  const scenes = Math.ceil(size.shots / size.shotsInScene);
  const chapters = Array.from({ length: Math.ceil(scenes / scenesInChapter) }, (_, index) =>
    chapterOf(index, Math.min(scenesInChapter, scenes - index * scenesInChapter)),
  );
  const film: Project = {
    ...project,
    narrative: {
      ...project.narrative,
      chapters,
      nextNumber: chapters.length + 1,
      nextSceneNumber: scenes + 1,
    },
    assets: { ...project.assets, characters: [ada] },
  };
  write(root, 'project.json', formatJson(film));
  write(root, markerFile, '{}\n');
  write(root, '.gitattributes', gitAttributes());
  write(root, '.gitignore', gitIgnore);
  return chapters.flatMap((chapter) =>
    chapter.scenes.map((scene) => {
      const shots = Math.min(size.shotsInScene, size.shots - (scene.number - 1) * size.shotsInScene);
      return writeScene(root, { project: film, chapter, scene }, { shots, takes: size.takes });
    }),
  );
}

const ada = {
  id: AssetId.parse('ada'),
  name: 'Ada',
  folder: RelativePath.parse('01_Assets/Characters/Ada'),
};

function chapterOf(index: number, scenes: number): Chapter {
  const number = index + 1;
  return {
    id: newId(ChapterId),
    number,
    title: `Chapter ${number}`,
    scenes: Array.from({ length: scenes }, (_, place): Scene => {
      const sceneNumber = index * scenesInChapter + place + 1;
      return {
        id: newId(SceneId),
        number: sceneNumber,
        title: `Scene ${sceneNumber}`,
        synopsis: 'Ada finds the letter and does not open it.',
        shotList: shotListPath(number, sceneNumber),
        setting: 'INT',
        timeOfDay: 'night',
      };
    }),
  };
}

interface Place {
  readonly project: Project;
  readonly chapter: Chapter;
  readonly scene: Scene;
}

function writeScene(
  root: string,
  place: Place,
  { shots, takes }: { shots: number; takes: number },
): BigScene {
  const { chapter, scene } = place;
  const all = Array.from({ length: shots }, (_, index): Shot => ({
    id: newId(ShotId),
    number: index + 1,
    folder: shotFolder(chapter.number, scene.number, index + 1),
    description: `Ada crosses the kitchen, stops at the window and listens to the rain (${index + 1}).`,
    size: 'MS',
    movement: 'dolly',
    lens: 35,
    duration: 3,
    characters: [ada.id],
  }));
  const list: ShotList = {
    $schema: '../../.auteur/shotlist.schema.json',
    schemaVersion: shotListSchemaVersion,
    sceneId: scene.id,
    nextNumber: shots + 1,
    shots: all,
  };
  write(root, scene.shotList, formatJson(list));
  const address = `${slateCode(chapter.number)}/${slateCode(scene.number)}`;
  return {
    id: scene.id,
    address,
    shots: all.map((shot) => {
      const { id, number, folder } = shot;
      const prefix = takePrefix(folder, { scene: scene.number, shot: number });
      mkdirSync(join(root, folder), { recursive: true });
      for (let take = 1; take <= takes; take++)
        writeTake(root, { id, number, folder, prefix }, bigTake(place, shot, take));
      return { id, number, folder, prefix };
    }),
  };
}

/** A take with all that the storyboard pipeline writes into its sidecar. */
function bigTake({ project, chapter, scene }: Place, shot: Shot, number: number): Take {
  const address = [chapter, scene, shot].map((one) => slateCode(one.number)).join('/');
  return takeOf({ projectId: project.id, shotId: shot.id, address, folder: shot.folder }, number);
}

export function takeOf(
  of: { projectId: string; shotId: string; address: string; folder: string },
  number: number,
): Take {
  const id = newId(JobId);
  const prefix = takePrefix(of.folder, { scene: 1, shot: 1 });
  const direct = 'Medium shot, dolly, 35 mm: Ada crosses the kitchen, stops at the window and listens.';
  const parts = { direct, identity: 'Ada', aesthetic: 'Ink and wash', context: 'INT. KITCHEN - NIGHT' };
  return Take.parse({
    schemaVersion: 1,
    id,
    projectId: of.projectId,
    shotId: of.shotId,
    address: of.address,
    number,
    files: [
      {
        name: `${takeBaseName(prefix, number)}.png`,
        mediaType: 'image/png',
        bytes: 150_000,
        sha256: `${id.replaceAll('-', '')}${id.replaceAll('-', '')}`,
        width: 1920,
        height: 1080,
      },
    ],
    pipeline: { id: 'storyboard', kind: 'storyboard', version: '1.0.0' },
    fallback: { from: 'auteur-flux:1.0-draft', reason: 'This version runs no containers.' },
    quality: 'low',
    seed: number,
    parameters: { width: 1920, height: 1080, fps: 24 },
    prompt: { ...parts, negative: '', text: Object.values(parts).join('. ') },
    inputs: [],
    submitted: '2026-01-01T00:00:00.000Z',
    started: '2026-01-01T00:00:01.000Z',
    finished: '2026-01-01T00:00:02.000Z',
    host: { name: 'here', platform: 'linux-x64', auteur: '0.1.0' },
  });
}

/** The sidecar, and an LFS pointer in the place of the picture. */
export function writeTake(root: string, { folder, prefix }: BigShot, take: Take): void {
  writeFileSync(join(root, folder, `${takeBaseName(prefix, take.number)}.json`), formatJson(take));
  for (const { name, sha256, bytes } of take.files) {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${bytes}\n`;
    writeFileSync(join(root, folder, name), pointer);
  }
}

function write(root: string, path: string, text: string): void {
  const absolute = join(root, path);
  mkdirSync(dirname(absolute), { recursive: true });
  writeFileSync(absolute, text);
}
