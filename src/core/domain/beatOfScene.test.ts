import { expect, test } from 'vitest';
import { newId, SceneId } from '../model/ids.ts';
import { Scene, type EmotionalBeat, type Project } from '../model/project.ts';
import { beatOfScene } from './beatOfScene.ts';
import { newProject } from './newProject.ts';

function aFilm(beats: (scenes: readonly Scene[]) => readonly EmotionalBeat[]): {
  project: Project;
  scenes: readonly Scene[];
} {
  const project = newProject({ name: 'x', quality: 'low', structure: 'three-act', now: new Date() });
  const scenes = [1, 2, 3, 4].map((number) =>
    Scene.parse({ id: newId(SceneId), number, title: 's', shotList: 'list.json' }),
  );
  project.narrative.chapters[0]?.scenes.push(...scenes);
  project.narrative.emotionalBeats = [...beats(scenes)];
  return { project, scenes };
}

const beat = (name: string, position: number, more: object = {}): EmotionalBeat => ({
  name,
  position,
  intensity: 1,
  ...more,
});

test('the beat that is bound to the scene is its beat, wherever it stands', () => {
  const { project, scenes } = aFilm(([first]) => [
    beat('near', 0.1),
    beat('bound', 0.9, { scene: first?.id }),
  ]);
  expect(scenes.map((scene) => beatOfScene(project, scene)?.name)).toEqual(['bound', 'near', 'near', 'near']);
});

test('else it is the nearest by position, and never one of another scene', () => {
  const { project, scenes } = aFilm(() => [beat('start', 0), beat('middle', 0.6), beat('end', 1)]);
  const names = scenes.map((scene) => beatOfScene(project, scene)?.name);
  expect(names).toEqual(['start', 'middle', 'middle', 'end']);
});

test('without beats there is none', () => {
  const { project, scenes } = aFilm(() => []);
  expect(scenes.map((scene) => beatOfScene(project, scene))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
