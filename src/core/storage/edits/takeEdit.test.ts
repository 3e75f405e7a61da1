import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aTake } from '../../../../test/builders/aTake.ts';
import { textFilm } from '../../../../test/lib/textFilm.ts';
import type { EditRequest } from '../../protocol/editRequest.ts';
import { findShotById, takeViews } from '../filmViews.ts';
import { addShot } from '../filmEdits.ts';
import { maxEntries } from '../history/historyFiles.ts';
import { redoEdit, undoEdit } from '../history/undo.ts';
import { formatJson } from '../jsonFile.ts';
import { findShot, readProject } from '../projectFiles.ts';
import { nextTakeNumber } from '../takes.ts';
import { editFilm } from './editFilm.ts';
import { planEdit } from './planEdit.ts';

const list = '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json';
const folder = '03_Renders/Chapter_01/Scene_01/Shot_01';
const address = '01/01/01';
const idle = () => Promise.resolve(false);

/** A film with one shot of so many takes, each with its picture. */
async function aFilm(takes: number): Promise<string> {
  const root = await textFilm();
  const { value } = await readProject(root);
  const { shot } = await findShot(root, value, address);
  await mkdir(join(root, folder), { recursive: true });
  for (let number = 1; number <= takes; number++) {
    writeFileSync(join(root, sidecar(number)), formatJson(aTake({ number, shotId: shot.id })));
    writeFileSync(join(root, picture(number)), `picture ${number}`);
  }
  return root;
}

const sidecar = (number: number) => `${folder}/S01_S01_take0${number}.json`;
const picture = (number: number) => `${folder}/S01_S01_take0${number}.png`;
/** Whether the picture of a take is put aside. */
function isTrashed(root: string, number: number): boolean {
  const trash = join(root, '.auteur/trash');
  const aside = existsSync(trash) ? readdirSync(trash, { recursive: true, encoding: 'utf8' }) : [];
  const files = aside.map((name) => join(trash, name)).filter((path) => statSync(path).isFile());
  return files.some((path) => readFileSync(path, 'utf8') === `picture ${number}`);
}
const read = (root: string, path: string) => readFileSync(join(root, path), 'utf8');
const edit = (root: string, request: EditRequest, isBusy = idle) =>
  editFilm(root, (draft) => planEdit(draft, request, isBusy));
const names = (...numbers: number[]) => numbers.map((take) => ({ address, take }));

async function views(root: string) {
  const { value } = await readProject(root);
  const { shot } = await findShot(root, value, address);
  return takeViews(root, await findShotById(root, shot.id));
}

async function shownNumber(root: string) {
  return (await views(root)).find(({ shown }) => shown !== undefined)?.number;
}

test('a review is written field by field, and clearing the last takes it away', async () => {
  const root = await aFilm(2);
  const before = read(root, list);
  await edit(root, { kind: 'reviewTakes', takes: names(1, 2), review: { rating: 4 } });
  await edit(root, { kind: 'reviewTakes', takes: names(1), review: { status: 'approved', note: 'Yes' } });
  expect((await views(root)).map(({ review }) => review)).toEqual([
    { rating: 4, status: 'approved', note: 'Yes' },
    { rating: 4 },
  ]);
  await edit(root, { kind: 'reviewTakes', takes: names(1, 2), review: { rating: 0 } });
  await edit(root, { kind: 'reviewTakes', takes: names(1), review: { status: null, note: '  ' } });
  expect((await views(root)).map(({ review }) => review)).toEqual([undefined, undefined]);
  for (let count = 0; count < 4; count++) await undoEdit(root, idle);
  expect(read(root, list)).toBe(before);
});

test('what is said already changes nothing', async () => {
  const root = await aFilm(1);
  await edit(root, { kind: 'reviewTakes', takes: names(1), review: { rating: 4 } });
  const again = await edit(root, { kind: 'reviewTakes', takes: names(1), review: { rating: 4 } });
  expect(again.files).toEqual([]);
});

test('a take that is not there, or is deleted, cannot be reviewed', async () => {
  const root = await aFilm(2);
  await edit(root, { kind: 'deleteTakes', takes: names(2) });
  for (const take of [2, 3, 'no-such-take'])
    await expect(
      edit(root, {
        kind: 'reviewTakes',
        takes: [{ address, take }] as never,
        review: { rating: 1 },
      }),
    ).rejects.toMatchObject({ code: 'take-unknown' });
});

test('a rejected take is not the latest; the active one is shown until it is left open', async () => {
  const root = await aFilm(3);
  await edit(root, { kind: 'reviewTakes', takes: names(3), review: { status: 'rejected' } });
  expect(await shownNumber(root)).toBe(2);
  await edit(root, { kind: 'activateTake', take: { address, take: 1 } });
  expect(await shownNumber(root)).toBe(1);
  await edit(root, { kind: 'deactivateTake', addresses: [address] });
  expect(await shownNumber(root)).toBe(2);
});

test('deleting a take keeps its marked sidecar and its number, and undo brings the media back', async () => {
  const root = await aFilm(2);
  const text = read(root, sidecar(2));
  const { files } = await edit(root, { kind: 'deleteTakes', takes: names(2) });
  expect(files).toEqual([sidecar(2), picture(2)]);
  expect(existsSync(join(root, picture(2)))).toBe(false);
  const marked = JSON.parse(read(root, sidecar(2))) as Record<string, unknown>;
  expect(marked).toEqual({ ...(JSON.parse(text) as object), deleted: expect.any(String) as string });
  expect((await views(root)).map(({ number }) => number)).toEqual([1]);
  expect(await nextTakeNumber(join(root, folder))).toBe(3);
  await undoEdit(root, idle);
  expect(read(root, picture(2))).toBe('picture 2');
  expect(read(root, sidecar(2))).toBe(text);
  await redoEdit(root, idle);
  expect(isTrashed(root, 2)).toBe(true);
  expect(existsSync(join(root, picture(2)))).toBe(false);
});

test('the active take is only deleted where that is meant, and undo makes it active again', async () => {
  const root = await aFilm(2);
  await edit(root, { kind: 'activateTake', take: { address, take: 1 } });
  await expect(edit(root, { kind: 'deleteTakes', takes: names(2, 1) })).rejects.toMatchObject({
    code: 'take-is-active',
  });
  expect(existsSync(join(root, picture(2)))).toBe(true);
  await edit(root, { kind: 'deleteTakes', takes: names(1), deactivate: true });
  expect(await shownNumber(root)).toBe(2);
  await undoEdit(root, idle);
  expect(await shownNumber(root)).toBe(1);
});

test('a take whose media are still on their way is not deleted', async () => {
  const root = await aFilm(1);
  rmSync(join(root, picture(1)));
  const busy = () => Promise.resolve(true);
  await expect(edit(root, { kind: 'deleteTakes', takes: names(1) }, busy)).rejects.toMatchObject({
    code: 'take-being-recorded',
  });
});

test('an undo that could bring back nothing says so and stands in no way', async () => {
  const root = await aFilm(1);
  await edit(root, { kind: 'reviewTakes', takes: names(1), review: { rating: 2 } });
  await edit(root, { kind: 'deleteTakes', takes: names(1) });
  rmSync(join(root, '.auteur/trash'), { recursive: true });
  await expect(undoEdit(root, idle)).rejects.toMatchObject({ code: 'undo-gone' });
  expect(await undoEdit(root, idle)).toMatchObject({ of: 'Rate (2) take 01 of 01/01/01' });
});

test('the trash is emptied when the edit is forgotten, and not before', async () => {
  const root = await aFilm(2);
  await edit(root, { kind: 'deleteTakes', takes: names(2) });
  await undoEdit(root, idle);
  await edit(root, { kind: 'deleteTakes', takes: names(2) });
  expect(isTrashed(root, 2)).toBe(true);
  for (let id = 100; id < 100 + maxEntries; id++)
    writeFileSync(join(root, `.auteur/history/000${id}.json`), '{');
  expect(isTrashed(root, 2)).toBe(true);
  await addShot(root, '01/01', { description: 'Rain' });
  expect(isTrashed(root, 2)).toBe(false);
});
