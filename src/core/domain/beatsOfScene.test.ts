import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId, SceneId } from '../model/ids.ts';
import { Scene, type EmotionalBeat, type Project } from '../model/project.ts';
import { beatsOfScene, beatsOfScenes } from './beatsOfScene.ts';
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

const namesOf = (project: Project, scenes: readonly Scene[]) =>
  scenes.map((scene) => beatsOfScene(project, scene).map(({ name }) => name));

test('the beat that is bound to the scene is its beat, wherever it stands', () => {
  const { project, scenes } = aFilm(([first]) => [
    beat('near', 0.1),
    beat('bound', 0.9, { scene: first?.id }),
  ]);
  expect(namesOf(project, scenes)).toEqual([['bound'], ['near'], ['near'], ['near']]);
});

test('all beats that are bound to a scene are its beats, in order of position', () => {
  const { project, scenes } = aFilm(([first]) => [
    beat('late', 0.9, { scene: first?.id }),
    beat('early', 0.2, { scene: first?.id }),
    beat('as early', 0.2, { scene: first?.id }),
  ]);
  expect(namesOf(project, scenes)).toEqual([['early', 'as early', 'late'], [], [], []]);
});

test('else it is the nearest by position, and never one of another scene', () => {
  const { project, scenes } = aFilm(() => [beat('start', 0), beat('middle', 0.6), beat('end', 1)]);
  expect(namesOf(project, scenes)).toEqual([['start'], ['middle'], ['middle'], ['end']]);
});

test('without beats there is none', () => {
  const { project, scenes } = aFilm(() => []);
  expect(namesOf(project, scenes)).toEqual([[], [], [], []]);
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
      for (const scene of scenes) {
        const one = beatsOfScene(project, scene);
        const positions = one.map(({ position }) => position);
        expect(positions).toEqual(positions.toSorted((left, right) => left - right));
        expect(all.get(scene.id)).toHaveLength(one.length);
        one.forEach((beat, index) => {
          expect(all.get(scene.id)?.[index]).toBe(beat);
        });
      }
    }),
  );
});
