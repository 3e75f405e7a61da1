import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFilm } from '../../../../test/lib/testFilm.ts';
import { ShotList } from '../../model/shotList.ts';
import { announcingWrites } from '../announcedWrites.ts';
import { addChapter, addShot } from '../filmEdits.ts';
import { readJsonFile } from '../jsonFile.ts';
import { allScenes, readProject } from '../projectFiles.ts';
import { recordEdit } from './recordEdit.ts';
import { readHistory, redoEdit, undoEdit } from './undo.ts';

const list = '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json';
const idle = () => Promise.resolve(false);
const undo = (root: string) => undoEdit(root, idle);
const redo = (root: string) => redoEdit(root, idle);
const shot = { description: 'Rain', size: 'WS' } as const;

function read(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

test('a new edit ends redo for good: undone itself, it alone is done again', async () => {
  const { root } = await testFilm({ shots: 0 });
  await addShot(root, '01/01', { description: 'B' });
  await addChapter(root, 'Also gone');
  await undo(root);
  await undo(root);
  await addShot(root, '01/01', { description: 'C' });
  await undo(root);
  expect(await readHistory(root)).toEqual({ undo: 'Add scene 01/01: A scene', redo: 'Add shot 01/01/02' });
  expect(await redo(root)).toMatchObject({ of: 'Add shot 01/01/02' });
  await expect(redo(root)).rejects.toMatchObject({ code: 'nothing-to-redo' });
  expect(read(root, list)).not.toContain('"B"');
});

test('an edit that could not be written is nothing to undo, and leaves what can be done again', async () => {
  const { root } = await testFilm();
  await undo(root);
  const before = read(root, list);
  const full = () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
  await expect(announcingWrites(full, () => addShot(root, '01/01', shot))).rejects.toThrow('no space left');
  expect(read(root, list)).toBe(before);
  expect(await readHistory(root)).toEqual({ undo: 'Add scene 01/01: A scene', redo: 'Add shot 01/01/01' });
});

test('an edit that failed once the film held it can be undone', async () => {
  const { root } = await testFilm();
  const [placed] = allScenes((await readProject(root)).value);
  const file = await readJsonFile(join(root, list), ShotList);
  const [value] = file.value.shots;
  if (placed === undefined || value === undefined) throw new Error('no shot');
  const op = { op: 'insert', list: { of: 'shots', scene: placed.scene.id }, value, after: null } as const;
  const edit = { summary: 'Half', address: '01/01/01', target: value.id, ops: [op] };
  const changed = { path: list, before: '{}', text: `${file.text}\n` };
  await expect(recordEdit(root, edit, [changed])).rejects.toMatchObject({ code: 'text-changed' });
  expect(await readHistory(root)).toMatchObject({ undo: 'Half' });
});
