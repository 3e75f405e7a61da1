import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { mediaFile } from '../../../../test/lib/importFiles.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { textFilm } from '../../../../test/lib/textFilm.ts';
import type { AssetCategory } from '../../model/project.ts';
import { EditRequest } from '../../protocol/editRequest.ts';
import { redoEdit, undoEdit } from '../history/undo.ts';
import { withOpenDocuments } from '../openDocuments.ts';
import { findShot, readProject } from '../projectFiles.ts';
import { editFilm, type NodesEdit } from './editFilm.ts';
import { planEdit } from './planEdit.ts';

const idle = () => Promise.resolve(false);
const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;
const refused = (reason: string) =>
  expect.objectContaining({ message: expect.stringContaining(reason) as string }) as Error;
const at = '01_Assets/Characters';

function edit(root: string, request: EditRequest): Promise<NodesEdit> {
  return editFilm(root, (draft) => planEdit(draft, EditRequest.parse(request), idle));
}

interface Made {
  readonly category?: AssetCategory;
  readonly within?: string;
  readonly files?: readonly string[];
}

async function add(root: string, name: string, { category = 'characters', within, files = [] }: Made = {}) {
  const inside = within === undefined ? {} : { within };
  const { id, files: written } = await edit(root, { kind: 'addAsset', category, name, ...inside });
  const folder = dirname(written.find((file) => file.endsWith('asset.json')) ?? '');
  for (const file of files) mediaFile(join(root, folder), file);
  return { id, folder };
}

const move = (root: string, asset: string | string[], within: string, category?: AssetCategory) =>
  edit(root, {
    kind: 'moveAssets',
    assets: [asset].flat(),
    within,
    ...(category === undefined ? {} : { category }),
  });

async function refOf(root: string, name: string) {
  const { assets } = (await readProject(root)).value;
  const found = Object.entries(assets).flatMap(([category, refs]) =>
    [...(refs as readonly { name: string; folder: string; id: string }[])].map((ref) => ({ category, ref })),
  );
  const { category, ref } = found.find((one) => one.ref.name === name) ?? { category: '', ref: undefined };
  return { category, folder: ref?.folder };
}

const schemaOf = (root: string, folder: string) =>
  (JSON.parse(readFileSync(join(root, folder, 'asset.json'), 'utf8')) as { $schema: string }).$schema;

test('an asset goes to another folder with its files, and its shots still name it; undo takes it back', async () => {
  const root = await textFilm();
  const { id } = await add(root, 'Ada', { files: ['ada.png', 'hats/red.png'] });
  await edit(root, { kind: 'assignAssets', assets: [id], addresses: ['01/01/01'] });
  const before = readFileSync(join(root, 'project.json'), 'utf8');

  const { summary, nodes, files } = await move(root, 'Ada', 'Crew/Deck');
  const there = `${at}/Crew/Deck/Ada`;
  expect(summary).toBe('Move character Ada to Characters/Crew/Deck');
  expect(nodes).toEqual([{ address: 'characters/Ada', id }]);
  expect(files).toEqual(expect.arrayContaining([`${at}/Ada/hats/red.png`, `${there}/hats/red.png`]));
  expect(await refOf(root, 'Ada')).toEqual({ category: 'characters', folder: there });
  expect(existsSync(join(root, at, 'Ada'))).toBe(false);
  expect(readdirSync(join(root, there)).toSorted()).toEqual(['ada.png', 'asset.json', 'hats']);
  expect(schemaOf(root, there)).toBe('../../../../../.auteur/asset.schema.json');
  const { shot } = await findShot(root, (await readProject(root)).value, '01/01/01');
  expect(shot.characters).toEqual([id]);

  await undoEdit(root, idle);
  expect(readFileSync(join(root, 'project.json'), 'utf8')).toBe(before);
  expect(schemaOf(root, `${at}/Ada`)).toBe('../../../.auteur/asset.schema.json');
  expect(existsSync(join(root, at, 'Ada/hats/red.png'))).toBe(true);
  expect(existsSync(join(root, at, 'Crew'))).toBe(false);

  await redoEdit(root, idle);
  expect(await refOf(root, 'Ada')).toMatchObject({ folder: there });
  expect(schemaOf(root, there)).toBe('../../../../../.auteur/asset.schema.json');
});

test('one that is there already does not move, and back to the category itself is a place too', async () => {
  const root = await textFilm();
  await add(root, 'Ada', { within: 'Crew' });
  expect((await move(root, 'Ada', 'crew')).files).toEqual([]);
  expect((await move(root, ['Ada', 'characters/Ada'], '')).nodes).toHaveLength(1);
  expect(await refOf(root, 'Ada')).toMatchObject({ folder: `${at}/Ada` });
});

test('folders that some system takes for one are kept apart, and one that is there keeps its spelling', async () => {
  const root = await textFilm();
  await add(root, 'Emil', { within: 'Crew' });
  await add(root, 'Ada');
  await add(root, 'ada', { within: 'Night' });
  mkdirSync(join(root, at, 'Crew', 'ADA'), { recursive: true });
  await move(root, 'characters/Ada', 'CREW');
  expect(await refOf(root, 'Ada')).toMatchObject({ folder: `${at}/Crew/Ada_2` });
  await move(root, 'ada', 'crew');
  expect(await refOf(root, 'ada')).toMatchObject({ folder: `${at}/Crew/ada_3` });
  await add(root, 'e\u0301');
  await add(root, '\u00e9 two', { within: 'Cre\u0301w' });
  await move(root, 'e\u0301', 'Cr\u00e9w');
  expect((await refOf(root, 'e\u0301')).folder?.normalize('NFD')).toBe(`${at}/Cre\u0301w/e\u0301`);
  expect(readdirSync(join(root, at)).filter((name) => name.normalize('NFC') === 'Cr\u00e9w')).toHaveLength(1);
});

test('another category takes it where its media fit, its name is free and nothing uses it as what it was', async () => {
  const root = await textFilm();
  const { id } = await add(root, 'Tower', { files: ['tower.png', 'notes.txt'] });
  await edit(root, { kind: 'assignAssets', assets: [id], addresses: ['01/01/01'] });
  await expect(move(root, id, '', 'locations')).rejects.toEqual(
    refused('it is used as a character in 01/01/01'),
  );
  await edit(root, { kind: 'set', addresses: ['01/01/01'], values: { characters: null } });
  await expect(move(root, id, '', 'music')).rejects.toEqual(
    refused('music take sound, and it has tower.png'),
  );
  const { id: other } = await add(root, 'Tower', { category: 'locations' });
  await expect(move(root, id, '', 'locations')).rejects.toEqual(code('asset-exists'));
  await edit(root, { kind: 'deleteAssets', assets: [other] });

  const manifest = readFileSync(join(root, 'project.json'), 'utf8');
  await move(root, id, 'Harbour', 'locations');
  expect(await refOf(root, 'Tower')).toEqual({
    category: 'locations',
    folder: '01_Assets/Locations/Harbour/Tower',
  });
  expect(readdirSync(join(root, '01_Assets/Locations/Harbour/Tower')).toSorted()).toEqual([
    'asset.json',
    'notes.txt',
    'tower.png',
  ]);
  await undoEdit(root, idle);
  expect(readFileSync(join(root, 'project.json'), 'utf8')).toBe(manifest);
  expect(existsSync(join(root, at, 'Tower/tower.png'))).toBe(true);
});

test('what lies within an asset and belongs to another stays where it is', async () => {
  const root = await textFilm();
  await add(root, 'Crew', { files: ['crew.png'] });
  await add(root, 'Ada', { within: 'Crew', files: ['ada.png'] });
  await expect(move(root, 'Crew', 'Crew/Deck')).rejects.toEqual(
    refused('within the folder of the asset itself'),
  );
  await move(root, 'Crew', 'All');
  expect(readdirSync(join(root, at, 'All/Crew')).toSorted()).toEqual(['asset.json', 'crew.png']);
  expect(readdirSync(join(root, at, 'Crew/Ada')).toSorted()).toEqual(['ada.png', 'asset.json']);
  await undoEdit(root, idle);
  await move(root, ['Crew', 'Ada'], 'Both');
  expect(readdirSync(join(root, at, 'Both')).toSorted()).toEqual(['Ada', 'Crew']);
  expect(existsSync(join(root, at, 'Crew'))).toBe(false);
});

test('a folder that is a link, is shared or is a file is refused; one that is missing moves by name alone', async () => {
  const root = await textFilm();
  const elsewhere = tempFolder();
  mediaFile(elsewhere, 'secret.png');
  const { folder } = await add(root, 'Ada');
  writeFileSync(join(root, at, 'plan'), 'a file');
  await expect(move(root, 'Ada', 'plan')).rejects.toEqual(refused('it is no folder'));
  renameSync(join(root, folder), join(root, at, 'aside'));
  symlinkSync(elsewhere, join(root, folder));
  await expect(move(root, 'Ada', 'Crew')).rejects.toEqual(code('path-outside'));
  renameSync(join(root, folder), join(root, at, 'link'));
  symlinkSync(elsewhere, join(root, at, 'out'));
  await expect(move(root, 'Ada', 'out')).rejects.toEqual(code('path-outside'));
  await move(root, 'Ada', 'Crew');
  expect(await refOf(root, 'Ada')).toMatchObject({ folder: `${at}/Crew/Ada` });
  await undoEdit(root, idle);
  expect(await refOf(root, 'Ada')).toMatchObject({ folder });
  const text = readFileSync(join(root, 'project.json'), 'utf8');
  const { id } = await add(root, 'Twin');
  expect(text).not.toContain(id);
  const shared = readFileSync(join(root, 'project.json'), 'utf8').replace(`${at}/Twin`, `${at}/Ada`);
  writeFileSync(join(root, 'project.json'), shared);
  await expect(move(root, 'Twin', 'Crew')).rejects.toEqual(refused('another asset has the same folder'));
  expect(readdirSync(elsewhere)).toEqual(['secret.png']);
});

test('undo is refused where the old place was taken meanwhile, and nothing of it is done', async () => {
  const root = await textFilm();
  await add(root, 'Ada', { files: ['ada.png'] });
  await move(root, 'Ada', 'Crew');
  mediaFile(join(root, at, 'Ada'), 'other.png');
  const manifest = readFileSync(join(root, 'project.json'), 'utf8');
  await expect(undoEdit(root, idle)).rejects.toEqual(code('undo-taken'));
  expect(readFileSync(join(root, 'project.json'), 'utf8')).toBe(manifest);
  expect(existsSync(join(root, at, 'Crew/Ada/ada.png'))).toBe(true);
});

test('an asset whose text has unsaved changes in a window stays until it is saved', async () => {
  const root = await textFilm();
  const { folder } = await add(root, 'Ada');
  const open = join(root, folder, 'asset.json');
  const documents = {
    unsaved: (path: string) => (path === open ? readFileSync(open, 'utf8') : undefined),
    replace: () => Promise.resolve(false),
  };
  await expect(withOpenDocuments(documents, () => move(root, 'Ada', 'Crew'))).rejects.toEqual(
    code('document-unsaved'),
  );
  expect(existsSync(open)).toBe(true);
});

test('300 assets go in one edit and come back in one', { timeout: 60_000 }, async () => {
  const root = await textFilm();
  const names = Array.from({ length: 300 }, (_, index) => `Extra ${String(index + 1)}`);
  const { value, path } = await readProject(root);
  const characters = names.map((name) => ({
    id: `a-${name.replace(' ', '-')}`,
    name,
    folder: `${at}/${name.replace(' ', '_')}`,
  }));
  writeFileSync(path, JSON.stringify({ ...value, assets: { ...value.assets, characters } }, undefined, 2));
  for (const { folder } of characters) mediaFile(join(root, folder), 'one.png');
  await move(root, names, 'Crowd');
  expect(readdirSync(join(root, at))).toEqual(['Crowd']);
  expect(readdirSync(join(root, at, 'Crowd'))).toHaveLength(300);
  await undoEdit(root, idle);
  expect(readdirSync(join(root, at))).toHaveLength(300);
});
