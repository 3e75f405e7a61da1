import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChapterId, SceneId } from '../model/ids.ts';
import type { ScenePlacing } from '../model/narrativeTemplate.ts';
import type { Chapter, Project, Scene } from '../model/project.ts';
import { RelativePath } from '../model/relativePath.ts';
import { mergeStructure, type StructureMerge } from './mergeStructure.ts';
import { narrativeTemplates, type NarrativeTemplate } from './narrativeTemplates.ts';
import { findTemplate, newProject } from './newProject.ts';

const threeAct = findTemplate('three-act');

function aScene(number: number): Scene {
  const shotList = RelativePath.parse(`02_Source_Creative/ShotLists/${String(number)}.shotlist.json`);
  return { id: SceneId.parse(`s${String(number)}`), number, title: `Scene ${String(number)}`, shotList };
}

/** A film of the structure whose chapters have so many scenes. */
function film(counts: readonly number[], structure = 'three-act'): Project {
  const project = newProject({ name: 'Film', quality: 'low', structure, now: new Date(0) });
  let number = 0;
  const chapters = project.narrative.chapters.map((chapter, index): Chapter => {
    const scenes = Array.from({ length: counts[index] ?? 0 }, () => aScene(++number));
    return { ...chapter, scenes };
  });
  return { ...project, narrative: { ...project.narrative, chapters } };
}

const shape = ({ chapters }: StructureMerge) =>
  chapters.map(({ existing, template, scenes }) => [existing?.title ?? template?.title, scenes.length]);

const change = (project: Project, structure: string, scenes: ScenePlacing = 'stay') =>
  mergeStructure({
    project,
    from: findTemplate(project.narrative.structure),
    to: findTemplate(structure),
    scenes,
  });

test('an empty film takes the new structure whole', () => {
  const merge = change(film([]), 'story-circle');
  expect(shape(merge).map(([title]) => title)).toEqual(['Comfort', 'Descent', 'Discovery', 'Return']);
  expect(merge.gone).toHaveLength(3);
  expect(merge.beats).toMatchObject({ kept: [], gone: { length: 8 }, added: { length: 8 } });
});

test('chapters with scenes stay, between the new ones by their place in the film', () => {
  expect(shape(change(film([2, 2]), 'story-circle'))).toEqual([
    ['Act One: Setup', 2],
    ['Comfort', 0],
    ['Descent', 0],
    ['Act Two: Confrontation', 2],
    ['Discovery', 0],
    ['Return', 0],
  ]);
});

test('on request the scenes of chapters nobody edited are placed in the new ones', () => {
  const merge = change(film([2, 4, 2]), 'story-circle', 'place');
  expect(shape(merge)).toEqual([
    ['Comfort', 2],
    ['Descent', 2],
    ['Discovery', 2],
    ['Return', 2],
  ]);
  expect(merge.gone).toHaveLength(3);
});

test('a chapter that was edited stays, with scenes or without', () => {
  const project = film([]);
  const [first, ...others] = project.narrative.chapters;
  if (first === undefined) throw new Error('no chapter');
  const chapters = [{ ...first, title: 'The harbour' }, ...others];
  const merge = change(
    { ...project, narrative: { ...project.narrative, chapters } },
    'story-circle',
    'place',
  );
  expect(shape(merge)[0]).toEqual(['The harbour', 0]);
  expect(merge.gone.map(({ title }) => title)).toEqual(['Act Two: Confrontation', 'Act Three: Resolution']);
});

test('the same structure again changes nothing', () => {
  const project = film([1, 2, 0]);
  const merge = mergeStructure({ project, from: undefined, to: threeAct, scenes: 'place' });
  expect(shape(merge)).toEqual(project.narrative.chapters.map(({ title, scenes }) => [title, scenes.length]));
  expect(merge.gone).toEqual([]);
  expect(merge.beats.added).toEqual([]);
});

test('beats that were written or bound to a scene stay', () => {
  const project = film([1]);
  const [first, second, ...others] = project.narrative.emotionalBeats;
  if (first === undefined || second === undefined) throw new Error('no beats');
  const emotionalBeats = [
    { ...first, intensity: 0.9 },
    { ...second, scene: SceneId.parse('s1') },
    ...others,
    { name: 'Mine', position: 0.4, intensity: 0.4 },
  ];
  const merge = change({ ...project, narrative: { ...project.narrative, emotionalBeats } }, 'story-circle');
  expect(merge.beats.kept.map(({ name }) => name)).toEqual(['Opening image', 'Inciting incident', 'Mine']);
  expect(merge.beats.gone).toHaveLength(6);
});

const titles = fc.constantFrom('Comfort', 'Return', 'Act One: Setup', 'Mine', 'Thesis', 'Departure', 'x');
const chapter = fc.record({ title: titles, scenes: fc.nat({ max: 4 }), untouched: fc.boolean() });
const template = fc.oneof(
  fc.constantFrom(...narrativeTemplates),
  fc
    .array(
      fc.record({
        title: titles,
        beats: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
      }),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    .map((chapters): NarrativeTemplate => ({
      id: 'own',
      name: 'Own',
      chapters: chapters.map(({ title, beats }) => ({
        title,
        synopsis: '',
        beats: beats.map((position) => ['A beat', '', position, 0.5]),
      })),
    })),
);

test('every scene stays exactly once and in order; every chapter stays or is named as gone, and is empty', () => {
  fc.assert(
    fc.property(
      fc.array(chapter, { maxLength: 10 }),
      template,
      fc.option(template, { nil: undefined }),
      fc.constantFrom<ScenePlacing>('stay', 'place'),
      (given, to, from, scenes) => {
        let number = 0;
        const chapters = given.map(({ title, scenes: count, untouched }, index): Chapter => {
          const synopsis = untouched ? from?.chapters.find((one) => one.title === title)?.synopsis : 'Mine.';
          return {
            id: ChapterId.parse(`c${String(index)}`),
            number: index + 1,
            title,
            ...(synopsis === undefined ? {} : { synopsis }),
            scenes: Array.from({ length: count }, () => aScene(++number)),
          };
        });
        const base = film([]);
        const project = { ...base, narrative: { ...base.narrative, chapters } };
        const merge = mergeStructure({ project, from, to, scenes });
        expect(merge.chapters.flatMap((one) => one.scenes)).toEqual(chapters.flatMap((one) => one.scenes));
        const kept = merge.chapters.flatMap(({ existing }) => existing ?? []);
        expect(kept).toEqual(chapters.filter((one) => !merge.gone.includes(one)));
        const used = merge.chapters.flatMap((one) => one.template ?? []);
        expect(used).toEqual(to.chapters);
        for (const { existing, scenes: held } of merge.chapters)
          expect(existing?.scenes.every((scene) => held.includes(scene)) ?? true).toBe(true);
        if (scenes === 'stay') expect(merge.gone.every((one) => one.scenes.length === 0)).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});
