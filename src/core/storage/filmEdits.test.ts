import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { newProject } from '../domain/newProject.ts';
import { shotListPath } from '../domain/numbering.ts';
import { AuteurError } from '../errors.ts';
import { AssetId } from '../model/ids.ts';
import type { Project } from '../model/project.ts';
import { RelativePath } from '../model/relativePath.ts';
import { editFilm } from './edits/editFilm.ts';
import { planEdit } from './edits/planEdit.ts';
import { addChapter, addScene, addShot } from './filmEdits.ts';
import { formatJson } from './jsonFile.ts';
import { readProject } from './projectFiles.ts';

async function aFilm(change: (project: Project) => void = () => undefined): Promise<string> {
  const root = tempFolder();
  const project = newProject({ name: 'x', quality: 'low', structure: 'three-act', now: new Date() });
  change(project);
  await mkdir(join(root, '02_Source_Creative', 'ShotLists'), { recursive: true });
  await writeFile(join(root, 'project.json'), formatJson(project));
  return root;
}

const listOf = (sceneId: string, shots: readonly unknown[] = []) =>
  formatJson({ schemaVersion: 1, sceneId, nextNumber: 1, shots });

test('a title of 200 emoji families is kept and the film stays readable', async () => {
  const root = await aFilm();
  const title = '👩‍👩‍👧‍👦'.repeat(200);
  await addScene(root, '01', title);
  await addChapter(root, title);
  expect((await readProject(root)).value.narrative.chapters.at(-1)?.title).toBe(title);
});

test('the last number is refused rather than written where it cannot be read', async () => {
  const root = await aFilm((project) => (project.narrative.nextNumber = 99_999));
  await expect(addChapter(root, 'one too many')).rejects.toMatchObject({
    code: 'value-invalid',
    data: { name: 'narrative.nextNumber' },
  });
  expect((await readProject(root)).value.narrative.chapters).toHaveLength(3);
});

test('an empty shot list that an interrupted add left is replaced', async () => {
  const root = await aFilm();
  await writeFile(join(root, shotListPath(1, 1)), listOf('gone'));
  const { id, address } = await addScene(root, '01', 'Begin');
  expect(address).toBe('01/01');
  expect(readFileSync(join(root, shotListPath(1, 1)), 'utf8')).toContain(id);
});

test.each([
  ['half a file', '{ "shots": ['],
  [
    'shots',
    listOf('gone', [
      { id: 'a', number: 1, folder: '03_Renders/Chapter_01/Scene_01/Shot_01', description: '' },
    ]),
  ],
])('a stray shot list with %s is left alone, and the next number taken', async (_, text) => {
  const root = await aFilm();
  await writeFile(join(root, shotListPath(1, 1)), text);
  expect((await addScene(root, '01', 'Begin')).address).toBe('01/02');
  expect(readFileSync(join(root, shotListPath(1, 1)), 'utf8')).toBe(text);
  expect((await addScene(root, '01', 'Go on')).address).toBe('01/03');
});

test('a shot list that another scene uses is not replaced, whatever its name', async () => {
  const root = await aFilm();
  await addScene(root, '01', 'Begin');
  const { narrative } = (await readProject(root)).value;
  const [scene] = narrative.chapters[0]?.scenes ?? [];
  const path = join(root, 'project.json');
  const text = readFileSync(path, 'utf8').replace(shotListPath(1, 1), shotListPath(1, 2));
  await writeFile(path, text);
  await writeFile(join(root, shotListPath(1, 2)), listOf(scene?.id ?? ''));
  expect((await addScene(root, '01', 'Go on')).address).toBe('01/03');
});

test('a scene whose shot list was lost gets a new one, and nothing else is left behind', async () => {
  const root = await aFilm();
  const { address } = await addScene(root, '01', 'Begin');
  const { unlink } = await import('node:fs/promises');
  await unlink(join(root, shotListPath(1, 1)));
  expect((await addShot(root, address, { description: 'Rain.' })).address).toBe('01/01/01');
  expect(readdirSync(join(root, '02_Source_Creative', 'ShotLists'))).toEqual([
    'Chapter_01_Scene_01.shotlist.json',
  ]);
  expect(existsSync(join(root, '.auteur', 'lock'))).toBe(false);
});

const cast = (...names: readonly (readonly [id: string, name: string])[]) =>
  names.map(([id, name]) => ({
    id: AssetId.parse(id),
    name,
    folder: RelativePath.parse(`01_Assets/Characters/${id}`),
  }));

test.each([
  ['Ada', 'upper'],
  ['ada', 'lower'],
  ['Caf\u00e9', 'nfc'],
  ['Cafe\u0301', 'nfd'],
  ['CAF\u00c9 NOIR', 'noir'],
  ['lower', 'lower'],
])('the character %j is %s', async (name, id) => {
  const root = await aFilm((project) => {
    project.assets.characters = cast(
      ['upper', 'Ada'],
      ['lower', 'ada'],
      ['nfc', 'Caf\u00e9'],
      ['nfd', 'Cafe\u0301'],
      ['noir', 'Cafe\u0301 noir'],
    );
  });
  await addScene(root, '01', 'Begin');
  await addShot(root, '01/01', { description: 'x', characters: [name] });
  const list = readFileSync(join(root, shotListPath(1, 1)), 'utf8');
  expect(JSON.parse(list)).toMatchObject({ shots: [{ characters: [id] }] });
});

test('a name that is only like several is not guessed', async () => {
  const root = await aFilm((project) => {
    project.assets.characters = cast(['upper', 'Ada'], ['lower', 'ada']);
  });
  await addScene(root, '01', 'Begin');
  await expect(addShot(root, '01/01', { description: 'x', characters: ['ADA'] })).rejects.toMatchObject({
    code: 'asset-ambiguous',
    hint: expect.stringContaining('upper, lower') as string,
  });
});

test('where a scene is wanted, the address of a chapter or shot is named as what it is', async () => {
  const root = await aFilm();
  await expect(addShot(root, '02', { description: 'x' })).rejects.toMatchObject({
    code: 'address-kind',
    message: '"02" is the address of a chapter, and that of a scene is wanted.',
    hint: 'Write the address of a scene as 01/02.',
  });
  await expect(addScene(root, '01/02/03', 'x')).rejects.toMatchObject({
    message: '"01/02/03" is the address of a shot, and that of a chapter is wanted.',
  });
  await expect(addShot(root, 'two', { description: 'x' })).rejects.toMatchObject({ code: 'address-invalid' });
});

test('a film without characters is told which command makes one, and that works', async () => {
  const root = await aFilm();
  const { address } = await addScene(root, '01', 'A scene');
  const shot = { description: 'She waits', characters: ['Ada B.'] };
  const error = await addShot(root, address, shot).catch((reason: unknown) => reason);
  if (!AuteurError.is(error, 'asset-none')) throw error;
  expect(error.hint).toMatch(/^Make it with auteur asset add characters ['"]Ada B\.['"], or with New Asset/);
  const addAsset = { kind: 'addAsset', category: 'characters', name: 'Ada B.' } as const;
  await editFilm(root, (draft) => planEdit(draft, addAsset, () => Promise.resolve(false)));
  expect((await addShot(root, address, shot)).address).toBe('01/01/01');
  await expect(addShot(root, address, { ...shot, characters: ["Emil's"] })).rejects.toMatchObject({
    code: 'asset-unknown',
    hint: expect.stringMatching(
      /^It has: Ada B\.\. Make another one with auteur asset add characters /,
    ) as string,
  });
});
