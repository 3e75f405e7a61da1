import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId, SceneId } from '../model/ids.ts';
import { Scene, type EmotionalBeat, type Project } from '../model/project.ts';
import { beatOfScene, beatsOfScenes } from './beatOfScene.ts';
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

const share = fc.double({ min: 0, max: 1, noNaN: true });
const bound = fc.record({
  position: share,
  of: fc.constantFrom('scene' as const, 'chapter' as const, 'nothing' as const),
  index: fc.nat(3),
});

test('the beats of all scenes at once are those of each', () => {
  fc.assert(
    fc.property(fc.array(bound, { maxLength: 12 }), (choices) => {
      const { project, scenes } = aFilm(() => []);
      const { chapters } = project.narrative;
      chapters[1]?.scenes.push(...scenes.slice(2));
      chapters[0]?.scenes.splice(2);
      project.narrative.emotionalBeats = choices.map(({ position, of, index }) => {
        const place = { scene: scenes[index]?.id, chapter: chapters[index]?.id, nothing: undefined };
        return beat('x', position, of === 'nothing' ? {} : { [of]: place[of] });
      });
      const all = beatsOfScenes(project);
      for (const scene of scenes) expect(all.get(scene.id)).toBe(beatOfScene(project, scene));
    }),
  );
});
