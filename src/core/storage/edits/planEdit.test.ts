import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textFilm } from '../../../../test/lib/textFilm.ts';
import { formOf, fromText } from '../../domain/fieldForms.ts';
import type { EditRequest } from '../../protocol/editRequest.ts';
import { addChapter, addScene, addShot } from '../filmEdits.ts';
import { redoEdit, undoEdit } from '../history/undo.ts';
import { allScenes, readProject, shotsOf } from '../projectFiles.ts';
import { validateProject } from '../validate.ts';
import { editFilm } from './editFilm.ts';
import { planEdit } from './planEdit.ts';

const idle = () => Promise.resolve(false);
const edit = (root: string, request: EditRequest) =>
  editFilm(root, (draft) => planEdit(draft, request, idle));

interface Shown {
  readonly address: string;
  readonly id: string;
  readonly words: string;
}

async function filmOf(root: string): Promise<readonly Shown[]> {
  const { value: project } = await readProject(root);
  const scenes = allScenes(project);
  const shots = await Promise.all(scenes.map((placed) => shotsOf(root, placed)));
  return project.narrative.chapters.flatMap((chapter) => [
    { address: String(chapter.number).padStart(2, '0'), id: chapter.id, words: chapter.title },
    ...scenes
      .filter((placed) => placed.chapter.id === chapter.id)
      .flatMap((placed) => [
        { address: placed.address, id: placed.scene.id, words: placed.scene.title },
        ...shots
          .flat()
          .filter(({ scene }) => scene.id === placed.scene.id)
          .map(({ address, shot }) => ({ address, id: shot.id, words: shot.description })),
      ]),
  ]);
}

const addresses = async (root: string, depth = 3) =>
  (await filmOf(root)).map(({ address }) => address).filter((one) => one.split('/').length === depth);

test('values are set by name, checked, and taken away again', async () => {
  const root = await textFilm();
  await edit(root, {
    kind: 'set',
    addresses: ['01/01/01'],
    values: { size: 'CU', lens: 35, dialogue: 'Hm.' },
  });
  const values = { size: null, description: 'Rain' };
  const made = await edit(root, { kind: 'set', addresses: ['01/01/01'], values });
  expect(made.summary).toBe('Set size, description of shot 01/01/01');
  const [placed] = allScenes((await readProject(root)).value);
  if (placed === undefined) throw new Error('no scene');
  const [shot] = await shotsOf(root, placed);
  expect(shot?.shot).toMatchObject({ lens: 35, dialogue: 'Hm.', description: 'Rain' });
  expect(shot?.shot).not.toHaveProperty('size');
});

test.each([
  ['01/01/01', { size: 'HUGE' }, 'value-invalid'],
  ['01/01/01', { lens: -1 }, 'value-invalid'],
  ['01/01/01', { id: 'mine' }, 'field-unknown'],
  ['01/01/01', { description: null }, 'value-invalid'],
  ['01/01/01', { characters: ['Nobody'] }, 'asset-none'],
  ['01', { title: ' ' }, 'value-invalid'],
  ['01', { title: null }, 'value-invalid'],
  ['', { fps: '24000/0x' }, 'value-invalid'],
  ['', { fps: '24000/0' }, 'value-invalid'],
  ['', { fps: '0/1' }, 'value-invalid'],
  ['', { aspectRatio: '0:0' }, 'value-invalid'],
  ['', { aspectRatio: '0:1' }, 'value-invalid'],
  ['09', { title: 'x' }, 'address-unknown'],
  ['x', { title: 'x' }, 'address-invalid'],
])('at %s, %o is refused as %s and nothing is written', async (address, values, code) => {
  const root = await textFilm();
  const before = await filmOf(root);
  await expect(edit(root, { kind: 'set', addresses: [address], values })).rejects.toMatchObject({ code });
  expect(await filmOf(root)).toEqual(before);
});

test.each([
  ['', 'fps', 'abc', 'fps cannot be "abc": it is a number such as 24, or a fraction such as 24000/1001, '],
  ['', 'fps', '2000', 'fps cannot be "2000": it is a number such as 24, '],
  [
    '',
    'resolution',
    '0x0',
    'resolution cannot be "0x0": it is width and height in pixels such as 1920x1080, ',
  ],
  ['', 'resolution', '1920', 'resolution cannot be "1920": it is width and height '],
  ['', 'resolution', 'wide', 'resolution cannot be "wide": it is width and height '],
  ['', 'aspectRatio', '0:1', 'aspectRatio cannot be "0:1": it is width to height such as 16:9 or 2.39:1, '],
  ['01/01/01', 'lens', 'abc', 'lens cannot be "abc": it is a number of millimetres from 1 to 2000.'],
  ['01/01/01', 'lens', '1e999', 'lens cannot be "1e999": it is a number of millimetres '],
  ['01/01/01', 'duration', '0', 'duration cannot be "0": it is a number of seconds, more than 0 '],
  ['01/01/01', 'note', 'a'.repeat(10_001), 'it is text of at most 10000 characters.'],
])('at "%s", %s=%s is refused with what was typed and what is wanted', async (address, name, typed, said) => {
  const root = await textFilm();
  const kind = address === '' ? 'project' : 'shot';
  const values = { [name]: fromText(formOf(kind, name), typed) };
  const message = expect.stringContaining(said) as string;
  await expect(edit(root, { kind: 'set', addresses: [address], values })).rejects.toMatchObject({ message });
});

test.each([
  ['Ada, Countess', ['Ada, Countess']],
  ['ada, countess , Emil', ['Ada, Countess', 'Emil']],
  ['Emil,Ada, Countess', ['Emil', 'Ada, Countess']],
  ['Ada, Emil', ['Ada', 'Emil']],
  ['Ada,, Emil, Ada', ['Ada', 'Emil']],
])('the characters "%s" are %o', async (typed, names) => {
  const root = await textFilm();
  for (const name of ['Ada', 'Ada, Countess', 'Emil'])
    await edit(root, { kind: 'addAsset', category: 'characters', name });
  const values = { characters: fromText(formOf('shot', 'characters'), typed) };
  await edit(root, { kind: 'set', addresses: ['01/01/01'], values });
  const { value } = await readProject(root);
  const [placed] = allScenes(value);
  const [shot] = placed === undefined ? [] : await shotsOf(root, placed);
  const nameOf = (id: string) => value.assets.characters.find((one) => one.id === id)?.name;
  expect(shot?.shot.characters?.map(nameOf)).toEqual(names);
  const unknown = { characters: fromText(formOf('shot', 'characters'), 'Ada, Nobody') };
  await expect(edit(root, { kind: 'set', addresses: ['01/01/01'], values: unknown })).rejects.toMatchObject({
    message: expect.stringContaining('"Nobody"') as string,
  });
});

test('a shot that is moved keeps id and folder and takes the next number at its new scene', async () => {
  const root = await textFilm({ shots: 3 });
  const [, second] = (await filmOf(root)).filter(({ address }) => address.length === 8);
  await addScene(root, '02', 'Elsewhere');
  const made = await edit(root, { kind: 'move', addresses: ['01/01/02'], into: '02/02' });
  expect(made.nodes).toEqual([{ address: '02/02/01', id: second?.id, from: '01/01/02' }]);
  expect(await addresses(root)).toEqual(['01/01/01', '01/01/03', '02/02/01']);
  const [, placed] = allScenes((await readProject(root)).value);
  if (placed === undefined) throw new Error('no scene');
  const [moved] = await shotsOf(root, placed);
  expect(moved?.shot.folder).toBe('03_Renders/Chapter_01/Scene_01/Shot_02');
});

test('reordering keeps every number', async () => {
  const root = await textFilm({ shots: 4 });
  await edit(root, { kind: 'move', addresses: ['01/01/04', '01/01/03'], into: '01/01', before: '01/01/02' });
  expect(await addresses(root)).toEqual(['01/01/01', '01/01/03', '01/01/04', '01/01/02']);
  await edit(root, { kind: 'move', addresses: ['01/01/01'], into: '01/01' });
  expect(await addresses(root)).toEqual(['01/01/03', '01/01/04', '01/01/02', '01/01/01']);
  const made = await edit(root, { kind: 'move', addresses: ['01/01/01'], into: '01/01' });
  expect(made.files).toEqual([]);
});

test('a scene moves with its shots and keeps its number, chapters change places', async () => {
  const root = await textFilm({ shots: 1 });
  await edit(root, { kind: 'move', addresses: ['01/01'], into: '03' });
  expect(await addresses(root)).toEqual(['03/01/01']);
  await edit(root, { kind: 'move', addresses: ['03'], into: '', before: '01' });
  expect(await addresses(root, 1)).toEqual(['03', '01', '02']);
});

test.each([
  [['01/01/01'], '01'],
  [['01/01'], ''],
  [['01'], '02'],
])('%o does not go into "%s"', async (moved, into) => {
  const root = await textFilm();
  const request: EditRequest = { kind: 'move', addresses: moved, into };
  await expect(edit(root, request)).rejects.toMatchObject({ code: 'move-impossible' });
});

test('a deleted chapter comes back with all its scenes and shots, and its numbers are never given again', async () => {
  const root = await textFilm({ shots: 2 });
  await addScene(root, '01', 'Second');
  const before = await filmOf(root);
  const lists = allScenes((await readProject(root)).value).map(({ scene }) => join(root, scene.shotList));
  await edit(root, { kind: 'delete', addresses: ['01', '01/01', '01/01/02'] });
  expect(await addresses(root, 1)).toEqual(['02', '03']);
  expect(lists.map((path) => existsSync(path))).toEqual([false, false]);
  expect((await addChapter(root, 'New')).address).toBe('04');
  expect((await addScene(root, '02', 'New')).address).toBe('02/03');
  for (let step = 0; step < 3; step++) await undoEdit(root, idle);
  expect(await filmOf(root)).toEqual(before);
});

test('a shot whose takes are being made is not deleted, nor is what it is in', async () => {
  const root = await textFilm();
  for (const address of ['01/01/01', '01/01', '01']) {
    const request: EditRequest = { kind: 'delete', addresses: [address] };
    const busy = editFilm(root, (draft) => planEdit(draft, request, () => Promise.resolve(true)));
    await expect(busy).rejects.toMatchObject({ code: 'delete-has-jobs' });
  }
});

test('an emotional beat stays when its chapter goes, and is bound again when it comes back', async () => {
  const root = await textFilm();
  const beats = async () => (await readProject(root)).value.narrative.emotionalBeats;
  const before = await beats();
  await edit(root, { kind: 'delete', addresses: ['01'] });
  expect((await beats()).map(({ name }) => name)).toEqual(before.map(({ name }) => name));
  expect(await validateProject(root, { git: false })).toEqual([]);
  await undoEdit(root, idle);
  expect(await beats()).toEqual(before);
});

test('copies have ids, numbers and folders of their own', async () => {
  const root = await textFilm({ shots: 2 });
  const shot = await edit(root, { kind: 'duplicate', addresses: ['01/01/01'] });
  expect(shot.nodes).toMatchObject([{ address: '01/01/03', from: '01/01/01' }]);
  expect(await addresses(root)).toEqual(['01/01/01', '01/01/03', '01/01/02']);
  await edit(root, { kind: 'duplicate', addresses: ['01/01'] });
  await edit(root, { kind: 'duplicate', addresses: ['01'] });
  expect(await addresses(root, 2)).toEqual(['01/01', '01/02', '04/03', '04/04']);
  const film = await filmOf(root);
  expect(new Set(film.map(({ id }) => id)).size).toBe(film.length);
  expect(film.map(({ words }) => words)).toContain('A scene (copy)');
  expect(await validateProject(root, { git: false })).toEqual([]);
});

const pick = fc.nat({ max: 1000 });
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('add' as const), at: pick, to: pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('move' as const), at: pick, to: pick }) },
  fc.record({
    do: fc.constantFrom('delete' as const, 'duplicate' as const, 'set' as const),
    at: pick,
    to: pick,
  }),
);

/** One edit of whatever the film has at the moment. */
async function play(
  root: string,
  { do: kind, at, to }: { do: string; at: number; to: number },
): Promise<void> {
  const film = await filmOf(root);
  const depth = (at % 3) + 1;
  const nodes = film.filter(({ address }) => address.split('/').length === depth);
  const parents = film.filter(({ address }) => address.split('/').length === depth - 1);
  const node = nodes[at % Math.max(1, nodes.length)]?.address;
  const parent = parents[to % Math.max(1, parents.length)]?.address ?? '';
  if (kind === 'add' && depth === 1) await addChapter(root, `Chapter ${to}`);
  if (kind === 'add' && depth === 2 && parent !== '') await addScene(root, parent, `Scene ${to}`);
  if (kind === 'add' && depth === 3 && parent !== '')
    await addShot(root, parent, { description: `Shot ${to}` });
  if (node === undefined) return;
  if (kind === 'set') {
    const values = depth === 3 ? { description: `Words ${to}` } : { title: `Title ${to}` };
    await edit(root, { kind, addresses: [node], values });
  }
  if (kind === 'delete' || kind === 'duplicate') await edit(root, { kind, addresses: [node] });
  if (kind !== 'move' || (depth > 1 && parent === '')) return;
  const siblings = nodes.filter(({ address }) => address !== node && address.startsWith(parent) && depth > 1);
  const before = to % 2 === 0 ? siblings[to % Math.max(1, siblings.length)]?.address : undefined;
  await edit(root, {
    kind: 'move',
    addresses: [node],
    into: parent,
    ...(before === undefined ? {} : { before }),
  });
}

test(
  'whatever is done, the film holds together, and undo and redo lead all the way back and forth',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const root = await textFilm({ shots: 2 });
        const films = [await filmOf(root)];
        for (const one of steps) {
          await play(root, one);
          const film = await filmOf(root);
          expect(new Set(film.map(({ address }) => address)).size).toBe(film.length);
          if (JSON.stringify(film) !== JSON.stringify(films.at(-1))) films.push(film);
        }
        expect(await validateProject(root, { git: false })).toEqual([]);
        for (const film of films.slice(0, -1).toReversed()) {
          await undoEdit(root, idle);
          expect(await filmOf(root)).toEqual(film);
        }
        for (const film of films.slice(1)) {
          await redoEdit(root, idle);
          expect(await filmOf(root)).toEqual(film);
        }
      }),
      { numRuns: 20 },
    );
  },
);
