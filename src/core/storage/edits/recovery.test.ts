import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { textFilm } from '../../../../test/lib/textFilm.ts';
import type { EditRequest } from '../../protocol/editRequest.ts';
import { announcingWrites } from '../announcedWrites.ts';
import { addChapter, addScene, addShot } from '../filmEdits.ts';
import { redoEdit, undoEdit } from '../history/undo.ts';
import { allScenes, readProject, shotsOf } from '../projectFiles.ts';
import { searchFilm } from '../filmSearch.ts';
import { editFilm } from './editFilm.ts';
import { planEdit } from './planEdit.ts';

const idle = () => Promise.resolve(false);
const busy = () => Promise.resolve(true);
const edit = (root: string, request: EditRequest) =>
  editFilm(root, (draft) => planEdit(draft, request, idle));
const shots = async (root: string) =>
  (await searchFilm(root, { words: [], characters: [] })).map(({ address }) => address);

function change(root: string, path: string, make: (text: string) => string): void {
  writeFileSync(join(root, path), make(readFileSync(join(root, path), 'utf8')));
}

test('an undo that the film stands against keeps the only copy of what was deleted', async () => {
  const root = await textFilm({ shots: 2 });
  await edit(root, { kind: 'delete', addresses: ['01'] });
  const text = readFileSync(join(root, 'project.json'), 'utf8');
  change(root, 'project.json', () => text.replace(/"intensity": [\d.]+/, '"intensity": 0.123'));
  await expect(undoEdit(root, idle)).rejects.toMatchObject({ code: 'undo-changed' });
  change(root, 'project.json', () => text);
  expect(await undoEdit(root, idle)).toMatchObject({ of: 'Delete chapter 01' });
  expect(await shots(root)).toEqual(['01/01/01', '01/01/02']);
});

test('several shots that change places together are put back together, and never half', async () => {
  const root = await textFilm({ shots: 4 });
  const before = await shots(root);
  const request: EditRequest = { kind: 'move', addresses: ['01/01/01', '01/01/02'], into: '01/01' };
  const full = () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
  await expect(announcingWrites(full, () => edit(root, request))).rejects.toThrow('no space left');
  await addChapter(root, 'Another');
  expect(await shots(root)).toEqual(before);
  await edit(root, request);
  const after = ['01/01/03', '01/01/04', '01/01/01', '01/01/02'];
  expect(await shots(root)).toEqual(after);
  await undoEdit(root, idle);
  expect(await shots(root)).toEqual(before);
  await redoEdit(root, idle);
  expect(await shots(root)).toEqual(after);
});

test('a scene whose takes are being made stays, also where it was only copied', async () => {
  const root = await textFilm({ shots: 1 });
  await edit(root, { kind: 'duplicate', addresses: ['01/01'] });
  await expect(undoEdit(root, busy)).rejects.toMatchObject({ code: 'undo-has-jobs' });
  await edit(root, { kind: 'delete', addresses: ['01'] });
  await undoEdit(root, idle);
  await expect(redoEdit(root, busy)).rejects.toMatchObject({ code: 'redo-impossible' });
});

test('numbers are not given again, also where a counter has fallen behind', async () => {
  const root = await textFilm({ shots: 3 });
  await addScene(root, '02', 'Elsewhere');
  const [first] = allScenes((await readProject(root)).value);
  if (first === undefined) throw new Error('no scene');
  change(root, first.scene.shotList, (text) => text.replace('"nextNumber": 4', '"nextNumber": 3'));
  await edit(root, { kind: 'move', addresses: ['01/01/03'], into: '02/02' });
  expect((await addShot(root, '01/01', { description: 'New' })).address).toBe('01/01/04');
});

test('a shot list that another scene names stays when one of the two goes', async () => {
  const root = await textFilm({ shots: 2 });
  const [first] = allScenes((await readProject(root)).value);
  if (first === undefined) throw new Error('no scene');
  change(root, 'project.json', (text) => {
    const project = JSON.parse(text) as { narrative: { chapters: { scenes: object[] }[] } };
    project.narrative.chapters[1]?.scenes.push({ ...first.scene, id: 'copy', number: 9 });
    return JSON.stringify(project, null, 2);
  });
  await edit(root, { kind: 'delete', addresses: ['02/09'] });
  expect(await shotsOf(root, first)).toHaveLength(2);
});

test('a scene that an emotional beat is bound to moves back', async () => {
  const root = await textFilm({ shots: 1 });
  const [first] = allScenes((await readProject(root)).value);
  change(root, 'project.json', (text) =>
    text.replace(/("emotionalBeats": \[\s*\{)/, `$1 "scene": "${first?.scene.id ?? ''}",`),
  );
  await edit(root, { kind: 'move', addresses: ['01/01'], into: '02' });
  await undoEdit(root, idle);
  expect(await shots(root)).toEqual(['01/01/01']);
});

test.each([
  ['01/01/01', { lens: 'abc' }, 'lens'],
  ['', { resolution: 'wide' }, 'resolution'],
])('what is no number is refused by name', async (address, values, name) => {
  const root = await textFilm();
  const refused = edit(root, { kind: 'set', addresses: [address], values });
  await expect(refused).rejects.toMatchObject({ code: 'value-invalid', data: { name } });
});

test('a duplicate that could not be made leaves no shot list behind', async () => {
  const root = await textFilm({ shots: 2 });
  const lists = join(root, '02_Source_Creative/ShotLists');
  const before = readdirSync(lists);
  let writes = 0;
  // The list comes first; the manifest, which would name it, finds no room.
  const fullAtSecond = () =>
    writes++ === 0
      ? Promise.resolve()
      : Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
  const duplicate = () => edit(root, { kind: 'duplicate', addresses: ['01/01'] });
  await expect(announcingWrites(fullAtSecond, duplicate)).rejects.toThrow('no space left');
  expect(readdirSync(lists).length).toBeGreaterThan(before.length);
  await addChapter(root, 'Another');
  expect(readdirSync(lists)).toEqual(before);
});
