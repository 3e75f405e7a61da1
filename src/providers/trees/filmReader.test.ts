import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aShotView } from '../../../test/builders/aShotView.ts';
import { aTake } from '../../../test/builders/aTake.ts';
import { aTakeView } from '../../../test/builders/aTakeView.ts';
import { testFilm } from '../../../test/lib/testFilm.ts';
import type { EditRequest } from '../../core/protocol/editRequest.ts';
import { shotListPath } from '../../core/domain/numbering.ts';
import type { TakeView } from '../../core/protocol/views.ts';
import { editFilm } from '../../core/storage/edits/editFilm.ts';
import { planEdit } from '../../core/storage/edits/planEdit.ts';
import { addScene, addShot } from '../../core/storage/filmEdits.ts';
import { FilmReading } from '../../core/storage/filmReading.ts';
import { readDocuments } from '../../core/storage/documents.ts';
import { filmView, projectSummary } from '../../core/storage/filmViews.ts';
import { formatJson } from '../../core/storage/jsonFile.ts';
import { FilmNodes } from './filmNodes.ts';
import { FilmReader, type FilmReaderNeeds } from './filmReader.ts';
import type { ProjectNode, SceneNode } from './nodes.ts';

interface Opened {
  readonly root: string;
  readonly reader: FilmReader;
  readonly project: ProjectNode;
}

async function openFilm(other: Partial<FilmReaderNeeds['studio']> = {}): Promise<Opened> {
  const { root } = await testFilm();
  const nodes = new FilmNodes();
  const reading = new FilmReading({ keeps: true });
  const reader = new FilmReader({
    studio: {
      film: filmView,
      shots: (at, scene) => reading.shots(at, scene),
      shot: (at, shot) => reading.shot(at, shot),
      takes: (at, shot) => reading.takes(at, shot),
      documents: readDocuments,
      ...other,
    },
    jobs: { ofShot: () => undefined },
    nodes,
  });
  return { root, reader, project: nodes.project(await projectSummary(root)) };
}

/** As the editor asks for children. */
async function expand(reader: FilmReader, project: ProjectNode): Promise<SceneNode> {
  const [chapter] = await reader.children(project);
  reader.gave(project);
  const [scene] = chapter === undefined ? [] : await reader.children(chapter);
  if (scene?.kind !== 'scene') throw new Error('The film has no scene.');
  return scene;
}

test('a film that is read again as it was drawn has nothing to draw anew', async () => {
  const { reader, project } = await openFilm();
  await expand(reader, project);
  expect(await reader.reloadProject(project)).toEqual([]);
});

test('what only a command has read is still to be drawn', async () => {
  const { root, reader, project } = await openFilm();
  await expand(reader, project);
  await addScene(root, '01', 'Of another program');
  project.children = undefined;
  await reader.children(project);
  expect(await reader.reloadProject(project)).toEqual([project]);
});

test('a project that was never opened is drawn anew, because its row counts its scenes', async () => {
  const { root, reader, project } = await openFilm();
  await addScene(root, '01', 'Second');
  expect(await reader.reloadProject(project)).toEqual([project]);
  expect(project.view.scenes).toBe(2);
});

test('a film that can be read again is drawn again', async () => {
  const { root, reader, project } = await openFilm();
  await expand(reader, project);
  const text = readFileSync(join(root, 'project.json'), 'utf8');
  writeFileSync(join(root, 'project.json'), text.slice(0, -10));
  expect(await reader.reloadProject(project)).toEqual([project]);
  expect(project.view.problem).toMatchObject({ code: 'file-unreadable' });
  writeFileSync(join(root, 'project.json'), text);
  expect(await reader.reloadProject(project)).toEqual([project]);
  expect(project.view.problem).toBeUndefined();
});

test('a take that has lost its media is drawn anew below a shot that has not changed', async () => {
  const { root, reader, project } = await openFilm();
  const scene = await expand(reader, project);
  const [shot] = await reader.children(scene);
  if (shot?.kind !== 'shot') throw new Error('The scene has no shot.');
  const folder = join(root, shot.view.shot.folder);
  mkdirSync(folder, { recursive: true });
  const take = aTake({ number: 1 });
  const media = join(folder, take.files[0]?.name ?? '');
  writeFileSync(join(folder, 'S01_S01_take01.json'), formatJson(take));
  writeFileSync(media, 'picture');
  await reader.reloadScene(scene);
  expect(await reader.children(shot)).toMatchObject([{ view: { media: 'present' } }]);
  expect(await reader.reloadScene(scene)).toEqual([]);
  rmSync(media);
  expect(await reader.reloadScene(scene)).toEqual([shot]);
  expect(await reader.children(shot)).toMatchObject([{ view: { media: 'missing' } }]);
});

test('a scene with another shot is drawn anew as a whole', async () => {
  const { root, reader, project } = await openFilm();
  const scene = await expand(reader, project);
  await reader.children(scene);
  await addShot(root, '01/01', { description: 'Rain' });
  expect(await reader.reloadScene(scene)).toEqual([scene]);
});

test('a shot with another take is read alone, and its scene where it has left it', async () => {
  const { root, reader, project } = await openFilm();
  const scene = await expand(reader, project);
  const [shot] = await reader.children(scene);
  if (shot?.kind !== 'shot') throw new Error('The scene has no shot.');
  const folder = join(root, shot.view.shot.folder);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'S01_S01_take01.json'), formatJson(aTake({ number: 1 })));
  expect(await reader.reloadShot(shot)).toEqual([shot]);
  expect(shot.view).toMatchObject({ takeCount: 1, shown: { number: 1 } });
  const list = join(root, shotListPath(1, 1));
  writeFileSync(list, readFileSync(list, 'utf8').replace(shot.shotId, 'another'));
  expect(await reader.reloadShot(shot)).toEqual([scene]);
});

test('takes that a slow reading found before another came do not stay', async () => {
  let goOn: (found: readonly TakeView[]) => void = () => undefined;
  const slow = new Promise<readonly TakeView[]>((resolve) => {
    goOn = resolve;
  });
  const readings = [slow, Promise.resolve([aTakeView()])];
  const { reader, project } = await openFilm({
    takes: () => readings.shift() ?? Promise.resolve([]),
    shots: (_, sceneId) => Promise.resolve([aShotView({}, { sceneId })]),
    shot: () => Promise.resolve(aShotView({}, { sceneId: scene.view.id, takeCount: 1 })),
  });
  const scene = await expand(reader, project);
  const [shot] = await reader.children(scene);
  if (shot?.kind !== 'shot') throw new Error('The scene has no shot.');
  const given = reader.children(shot);
  const reloaded = reader.reloadShot(shot);
  await new Promise(setImmediate);
  goOn([]);
  expect(await given).toEqual([]);
  expect(await reloaded).toEqual([shot]);
  expect(shot.view.takeCount).toBe(1);
  expect(await reader.children(shot)).toHaveLength(1);
});

test('documents stand below the chapters; a film that has a new one is drawn anew, and then no more', async () => {
  const { root, reader, project } = await openFilm();
  await expand(reader, project);
  const folder = join(root, '02_Source_Creative', 'Treatments');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'Idea.md'), '# Idea');
  expect(await reader.reloadProject(project)).toEqual([project]);
  const children = await reader.children(project);
  const documents = children.at(-1);
  reader.gave(project);
  if (documents?.kind !== 'documents') throw new Error('The film has no documents.');
  const [document] = await reader.children(documents);
  expect(document).toMatchObject({ kind: 'document', view: { kind: 'treatment', name: 'Idea' } });
  expect(await reader.reloadProject(project)).toEqual([]);
  expect((await reader.children(project)).at(-1)).toBe(documents);
  rmSync(join(folder, 'Idea.md'));
  expect(await reader.reloadProject(project)).toEqual([project]);
  expect((await reader.children(project)).map(({ kind }) => kind)).not.toContain('documents');
});

test('beats stand between chapters and documents; one that changes or is bound draws the film anew, once', async () => {
  const { root, reader, project } = await openFilm();
  const scene = await expand(reader, project);
  const beats = (await reader.children(project)).at(-1);
  if (beats?.kind !== 'beats') throw new Error('The film has no beats.');
  const [first] = await reader.children(beats);
  if (first?.kind !== 'beat') throw new Error('The film has no beat.');
  const before = scene.view.beat;
  const bind: EditRequest = { kind: 'bindBeats', beats: [first.beat], at: '01/01' };
  await editFilm(root, (draft) => planEdit(draft, bind, () => Promise.resolve(false)));
  expect(await reader.reloadProject(project)).toEqual([project]);
  await expand(reader, project);
  expect((await reader.children(project)).at(-1)).toBe(beats);
  expect((await reader.children(beats))[0]).toBe(first);
  expect(first.view).toMatchObject({ at: '01/01', boundTo: scene.view.title });
  expect(before).not.toBe(first.view.name);
  expect(scene.view.beat).toBe(first.view.name);
  expect(await reader.reloadProject(project)).toEqual([]);
});
