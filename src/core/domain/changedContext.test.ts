import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aJob } from '../../../test/builders/aJob.ts';
import { aTake } from '../../../test/builders/aTake.ts';
import { BeatId, ChapterId, newId, SceneId } from '../model/ids.ts';
import { Chapter, EmotionalBeat, Scene, type Project } from '../model/project.ts';
import type { CompositePrompt } from '../model/prompt.ts';
import { Shot } from '../model/shotList.ts';
import { beatsOfScene } from './beatsOfScene.ts';
import { newProject } from './newProject.ts';
import { resolvePanel } from './panel.ts';
import { compositePrompt } from './prompt.ts';
import { changedSources, type SourcesNow } from './staleness.ts';

const parameters = { width: 320, height: 180, fps: 24 };
const { pipeline } = aJob();
const noAssets = { characters: [], location: undefined, style: undefined };
const shot = Shot.parse({ id: 'shot', number: 1, folder: 'x', description: 'Rain', size: 'CU' });

/** A film of chapters of scenes, the first of which is the one that is looked at. */
function aFilm(counts: readonly number[], beats: readonly object[] = []): Project {
  const project = newProject({ name: 'x', quality: 'low', structure: 'three-act', now: new Date() });
  project.narrative.chapters = counts.map((count, index) =>
    Chapter.parse({
      id: newId(ChapterId),
      number: index + 1,
      title: 'c',
      scenes: Array.from({ length: count }, aScene),
    }),
  );
  project.narrative.emotionalBeats = beats.map((beat) => aBeat(beat));
  return project;
}

function aScene(): Scene {
  return Scene.parse({
    id: newId(SceneId),
    number: 1,
    title: 's',
    shotList: 'l.json',
    synopsis: 'They part.',
  });
}

function aBeat(beat: object): EmotionalBeat {
  return EmotionalBeat.parse({ id: newId(BeatId), name: 'Loss', position: 0.5, intensity: 1, ...beat });
}

function firstScene({ narrative }: Project): Scene {
  const [scene] = narrative.chapters.flatMap(({ scenes }) => scenes);
  if (scene === undefined) throw new Error('The film has no scene.');
  return scene;
}

function resolved(project: Project, scene: Scene): SourcesNow['resolved'] {
  const number = project.narrative.chapters.find(({ scenes }) => scenes.includes(scene))?.number ?? 0;
  const where = { project, scene, shot, address: `0${number}/01/01` };
  const panel = resolvePanel(where, { ...noAssets, pictures: new Map() });
  const prompt = compositePrompt({ where, panel, ...noAssets, beats: beatsOfScene(project, scene) });
  return { panel, prompt, parameters };
}

type Recorded = (prompt: CompositePrompt) => CompositePrompt;

/** What has changed for a take of a scene since the film was as it was before. */
function changed(before: Project, after: Project, recorded: Recorded = (prompt) => prompt) {
  const scene = firstScene(before);
  const { panel, prompt } = resolved(before, scene);
  const take = aTake({ address: panel.address, panel, prompt: recorded(prompt), parameters, pipeline });
  const [same] = after.narrative.chapters.flatMap(({ scenes }) => scenes).filter(({ id }) => id === scene.id);
  if (same === undefined) throw new Error('The scene is gone.');
  return changedSources(take, { resolved: resolved(after, same), changedInputs: [], pipeline });
}

/** The film with its beats changed. */
function withBeats(
  project: Project,
  change: (beats: readonly EmotionalBeat[]) => readonly object[],
): Project {
  const emotionalBeats = change(project.narrative.emotionalBeats).map((beat) => EmotionalBeat.parse(beat));
  return { ...project, narrative: { ...project.narrative, emotionalBeats } };
}

/** The film with scenes before the one that is looked at. */
function shifted(project: Project, scenes: number): Project {
  const [first, ...chapters] = project.narrative.chapters;
  if (first === undefined) throw new Error('The film has no chapter.');
  const more = { ...first, scenes: [...Array.from({ length: scenes }, aScene), ...first.scenes] };
  return { ...project, narrative: { ...project.narrative, chapters: [more, ...chapters] } };
}

/** As takes were recorded when a beat went by its name. */
const byName: Recorded = ({ spans = [], ...prompt }) => ({
  ...prompt,
  spans: spans.map(({ source, ...span }) => {
    if (source?.kind !== 'beat') return { ...span, ...(source && { source }) };
    const { kind, name = '', field } = source;
    return { ...span, source: { kind, id: name, name, field } };
  }),
});

const early = { name: 'Hope', description: 'All begins.', position: 0 };
const late = { name: 'Loss', description: 'All is lost.', position: 1 };

test('a film that shifts under a take makes it stale in nothing', () => {
  const film = aFilm([3], [early, late]);
  const now = shifted(film, 5);
  expect(resolved(now, firstScene(film)).prompt.context).toMatch(/lost\.$/u);
  expect(changed(film, now)).toEqual([]);
  expect(changed(film, now, byName)).toEqual([]);
});

test('beats that came, went or were bound to other scenes are a shift too', () => {
  const film = aFilm([2], [late]);
  expect(
    changed(
      film,
      withBeats(film, () => []),
    ),
  ).toEqual([]);
  expect(
    changed(
      film,
      withBeats(film, () => []),
      byName,
    ),
  ).toEqual([]);
  const bare = aFilm([2]);
  expect(
    changed(
      bare,
      withBeats(bare, () => [early].map(aBeat)),
    ),
  ).toEqual([]);
  const other = film.narrative.chapters[0]?.scenes[1]?.id;
  expect(
    changed(
      film,
      withBeats(film, (beats) => beats.map((beat) => ({ ...beat, scene: other }))),
    ),
  ).toEqual([]);
});

test('what else the place and the story say is compared whatever the beat is', () => {
  const film = aFilm([3], [early, late]);
  const told = shifted(film, 5);
  const scene = told.narrative.chapters[0]?.scenes[5];
  if (scene === undefined) throw new Error('The scene is gone.');
  told.narrative.chapters[0]?.scenes.splice(5, 1, { ...scene, synopsis: 'They meet.' });
  expect(changed(film, told)).toEqual(['context']);
});

test.for([
  ['as it is recorded now', undefined],
  ['by its name', byName],
] as const)('other words of the same beat are another beat, recorded %s', ([, recorded]) => {
  const film = aFilm([1], [{ ...late, name: 'Loss' }]);
  const now = withBeats(film, (beats) => beats.map((beat) => ({ ...beat, description: 'All is won.' })));
  expect(changed(film, now, recorded)).toEqual(['beat']);
  expect(changed(film, film, recorded)).toEqual([]);
});

test('a beat that is called another name is the same one by its id', () => {
  const film = aFilm([1], [{ name: 'Loss' }]);
  const now = withBeats(film, (beats) => beats.map((beat) => ({ ...beat, name: 'Grief' })));
  expect(changed(film, now)).toEqual(['beat']);
});

test('a beat that is bound to the scene, or no more, is another beat', () => {
  const film = aFilm([3], [early, late]);
  const bind = (scene: string | undefined) => (beats: readonly EmotionalBeat[]) =>
    beats.map((beat) => (beat.name === 'Loss' ? { ...beat, scene } : beat));
  const bound = withBeats(film, bind(firstScene(film).id));
  expect(changed(film, bound)).toEqual(['beat']);
  expect(changed(film, bound, byName)).toEqual(['beat']);
  expect(changed(bound, film)).toEqual(['beat']);
  expect(changed(bound, shifted(bound, 5))).toEqual([]);
  const both = withBeats(film, (beats) => beats.map((beat) => ({ ...beat, scene: firstScene(film).id })));
  expect(changed(bound, both)).toEqual(['beat']);
  expect(changed(both, bound)).toEqual(['beat']);
});

test('to bind the beat that is the nearest anyway changes nothing', () => {
  const film = aFilm([1], [early]);
  const bound = withBeats(film, (beats) => beats.map((beat) => ({ ...beat, scene: firstScene(film).id })));
  expect(changed(film, bound)).toEqual([]);
  expect(changed(bound, film)).toEqual([]);
});

test('the first beat of a chapter is another beat to its takes, the next one is a shift', () => {
  const film = aFilm([1, 1], [early, late]);
  const chapter = film.narrative.chapters[0]?.id;
  const bound = withBeats(film, ([one, two]) => [{ ...one }, { ...two, chapter }]);
  expect(changed(film, bound)).toEqual(['beat']);
  expect(
    changed(
      bound,
      withBeats(bound, (beats) => [...beats, aBeat({ position: 0, chapter })]),
    ),
  ).toEqual([]);
});

test('a take that was recorded without pieces is compared by its words', () => {
  const film = aFilm([3], [early, late]);
  expect(changed(film, shifted(film, 5), (prompt) => ({ ...prompt, spans: [] }))).toEqual(['context']);
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const words = fc.constantFrom('All is lost.', 'All is won', 'Hope…', undefined);
const beats = fc.array(
  fc.record({ position: share, chapter: fc.option(fc.nat(2)), description: words, hasId: fc.boolean() }),
  { maxLength: 8 },
);

test('scenes that come, go and move, the own one as well, make no take stale', () => {
  const counts = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(4), fc.nat(4));
  fc.assert(
    fc.property(
      fc.record({ was: counts, is: counts, chosen: beats, home: fc.nat(2), isOld: fc.boolean() }),
      ({ was, is, chosen, home, isOld }) => {
        const film = aFilm(was);
        const { chapters } = film.narrative;
        film.narrative.emotionalBeats = chosen.map(({ chapter, hasId, ...beat }, index) => {
          const { id, ...made } = aBeat({ ...beat, name: `Beat ${index}` });
          const at = chapter === null ? undefined : chapters[chapter]?.id;
          return { ...made, ...(hasId && id !== undefined ? { id } : {}), ...(at && { chapter: at }) };
        });
        const own = firstScene(film);
        const now = {
          ...film,
          narrative: {
            ...film.narrative,
            chapters: chapters.map((chapter, index) => ({
              ...chapter,
              scenes: [
                ...Array.from({ length: is[index] ?? 0 }, aScene),
                ...(index === home ? [own] : []),
                ...chapter.scenes.filter(({ id }) => id !== own.id).slice(1),
              ],
            })),
          },
        };
        expect(changed(film, now, isOld ? byName : undefined)).toEqual([]);
      },
    ),
  );
});
