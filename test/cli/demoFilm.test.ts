import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { shotFolder, shotListPath } from '../../src/core/domain/numbering.ts';
import { formatAddress } from '../../src/core/model/address.ts';
import { Asset } from '../../src/core/model/asset.ts';
import { Project, type Chapter, type Scene } from '../../src/core/model/project.ts';
import { ShotList, type Shot } from '../../src/core/model/shotList.ts';

const film = resolve(import.meta.dirname, '../../demo/the-last-reel');

interface Placed {
  readonly chapter: Chapter;
  readonly scene: Scene;
  readonly list: ShotList;
}

let project: Project;
let scenes: readonly Placed[];
let screenplay: string;

beforeAll(async () => {
  project = Project.parse(await readJson('project.json'));
  scenes = await Promise.all(
    project.narrative.chapters.flatMap((chapter) =>
      chapter.scenes.map(async (scene) => ({
        chapter,
        scene,
        list: ShotList.parse(await readJson(scene.shotList)),
      })),
    ),
  );
  screenplay = await readFile(join(film, '02_Source_Creative/Scripts/the-last-reel.fountain'), 'utf8');
});

describe('the demo film', () => {
  test('is big enough to show what a film is', () => {
    expect(scenes.length).toBeGreaterThanOrEqual(3);
    expect(shots().length).toBeGreaterThanOrEqual(12);
    expect(project.assets.characters.length).toBeGreaterThanOrEqual(3);
    expect(project.assets.locations.length).toBeGreaterThanOrEqual(2);
    expect(project.assets.styles.length).toBeGreaterThanOrEqual(1);
    expect(new Set(shots().map(({ size }) => size)).size).toBe(7);
    expect(new Set(shots().map(({ angle }) => angle)).size).toBe(5);
    expect(new Set(shots().map(({ movement }) => movement)).size).toBe(8);
  });

  test('has its numbers, folders and shot lists where a project has them', () => {
    for (const { chapter, scene, list } of scenes) {
      expect(scene.shotList).toBe(shotListPath(chapter.number, scene.number));
      expect(list.sceneId).toBe(scene.id);
      for (const shot of list.shots) {
        expect(shot.folder).toBe(shotFolder(chapter.number, scene.number, shot.number));
        expect(shot.number).toBeLessThan(list.nextNumber);
      }
    }
    const numbers = scenes.map(({ scene }) => scene.number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(Math.max(...numbers)).toBeLessThan(project.narrative.nextSceneNumber);
  });

  test('has no id twice, and names nothing that is not there', () => {
    const { characters, locations, styles } = project.assets;
    const known = new Set<string>([...characters, ...locations, ...styles].map(({ id }) => id));
    const used = [
      ...shots().flatMap(({ characters: cast = [], location, style }) => [...cast, location, style]),
      ...scenes.map(({ scene }) => scene.location),
      project.settings.style,
    ].filter((id) => id !== undefined);
    expect(used.filter((id) => !known.has(id))).toEqual([]);
    expect([...known].filter((id) => !used.some((other) => other === id))).toEqual([]);
    const ids = shots().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const places = new Set<string | undefined>([
      ...scenes.map(({ scene }) => scene.id),
      ...project.narrative.chapters.map(({ id }) => id),
    ]);
    for (const { chapter, scene } of project.narrative.emotionalBeats) {
      expect([places.has(chapter), places.has(scene)]).toEqual([true, true]);
    }
  });

  test('has a file for every asset, and no other', async () => {
    const { characters, locations, styles, music } = project.assets;
    const refs = [...characters, ...locations, ...styles, ...music];
    const files = await readdir(join(film, '01_Assets'), { recursive: true });
    expect(files.filter((file) => file.endsWith('asset.json')).length).toBe(refs.length);
    for (const { id, name, folder } of refs) {
      expect(Asset.parse(await readJson(`${folder}/asset.json`))).toMatchObject({ id, name });
    }
  });

  test('has a screenplay whose scenes and shots are those of the shot lists', () => {
    const headings = [...screenplay.matchAll(/^(INT|EXT)\. .+ #(\d+)#$/gm)].map((match) => Number(match[2]));
    expect(headings).toEqual(scenes.map(({ scene }) => scene.number));
    const marked = [...screenplay.matchAll(/^\[\[shot: (.+)\]\]$/gm)].map((match) => match[1]);
    expect(marked).toEqual(
      scenes.flatMap(({ chapter, scene, list }) =>
        list.shots.map(({ number }) =>
          formatAddress({ chapter: chapter.number, scene: scene.number, shot: number }),
        ),
      ),
    );
  });

  test('says in the screenplay what is said in the shots', () => {
    const lines = shots().flatMap(({ dialogue = '' }) => dialogue.split('\n').filter((line) => line !== ''));
    expect(lines.length).toBeGreaterThan(8);
    for (const line of lines) {
      const [speaker = '', words = ''] = line.split(/: (.*)/s);
      expect(screenplay).toContain(speaker);
      for (const sentence of words.split(/(?<=[.!?]) /)) expect(screenplay).toContain(sentence);
    }
  });
});

function shots(): readonly Shot[] {
  return scenes.flatMap(({ list }) => list.shots);
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(join(film, path), 'utf8'));
}
