import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { textFilm } from '../../../../test/lib/textFilm.ts';
import { DocumentKind } from '../../model/documentKind.ts';
import type { EditRequest } from '../../protocol/editRequest.ts';
import { readDocuments } from '../documents.ts';
import { redoEdit, undoEdit } from '../history/undo.ts';
import { editFilm } from './editFilm.ts';
import { planEdit } from './planEdit.ts';

const idle = () => Promise.resolve(false);
const edit = (root: string, request: EditRequest) =>
  editFilm(root, (draft) => planEdit(draft, request, idle));
const paths = async (root: string) => (await readDocuments(root)).map(({ kind, path }) => [kind, path]);
const make = async (root: string, document: DocumentKind, title?: string) => {
  const made = await edit(root, { kind: 'newDocument', document, ...(title === undefined ? {} : { title }) });
  return made.address;
};
const read = (root: string, path: string) => readFile(join(root, path), 'utf8');

const sheet = '02_Source_Creative/Treatments/Text_Film_Beat_Sheet.md';

test('each kind is made, listed by its kind, and undone', async () => {
  const root = await textFilm();
  for (const kind of DocumentKind.options) await make(root, kind);
  const all = [
    ['beat-sheet', sheet],
    ['treatment', '02_Source_Creative/Treatments/Text_Film_Treatment.md'],
    ['screenplay', '02_Source_Creative/Scripts/Text_Film_Screenplay.fountain'],
    ['shot-list', '02_Source_Creative/ShotLists/Text_Film_Shot_List.md'],
  ];
  expect(await paths(root)).toEqual(all);
  for (let count = 0; count < 4; count++) await undoEdit(root, idle);
  expect(await paths(root)).toEqual([]);
  for (let count = 0; count < 4; count++) await redoEdit(root, idle);
  expect(await paths(root)).toEqual(all);
});

test('nothing is overwritten: a name that differs in case only is taken, too', async () => {
  const root = await textFilm();
  expect(await make(root, 'treatment', 'Draft')).toBe('02_Source_Creative/Treatments/Draft.md');
  expect(await make(root, 'treatment', 'DRAFT')).toBe('02_Source_Creative/Treatments/DRAFT_2.md');
  expect(await make(root, 'beat-sheet', 'draft')).toBe('02_Source_Creative/Treatments/draft_3.md');
  expect(await read(root, '02_Source_Creative/Treatments/Draft.md')).toMatch(/^# Draft\n/);
});

test('a shot list can be of one scene, and only it', async () => {
  const root = await textFilm({ shots: 2 });
  const made = await edit(root, { kind: 'newDocument', document: 'shot-list', scene: '1/1' });
  expect(made.address).toBe('02_Source_Creative/ShotLists/Shot_List_01-01.md');
  expect(await read(root, made.address)).toContain('| 01/01/02 | MS |');
  await expect(
    edit(root, { kind: 'newDocument', document: 'treatment', scene: '01/01' }),
  ).rejects.toMatchObject({ code: 'value-invalid' });
});

test('an update writes the generated part anew and keeps the notes', async () => {
  const root = await textFilm();
  await make(root, 'beat-sheet');
  const first = await read(root, sheet);
  await writeFile(join(root, sheet), `Mine, above.\n${first}Mine, below.\n`);
  const manifest = await read(root, 'project.json');
  await writeFile(join(root, 'project.json'), manifest.replace('"Midpoint"', '"The middle"'));
  const made = await edit(root, { kind: 'updateDocument', path: sheet });
  expect(made.files).toEqual([sheet]);
  const text = await read(root, sheet);
  expect(text).toBe(`Mine, above.\n${first.replace('Midpoint', 'The middle')}Mine, below.\n`);
  expect((await edit(root, { kind: 'updateDocument', path: sheet })).files).toEqual([]);
});

test('where the generated part is damaged a new document is made beside it', async () => {
  const root = await textFilm();
  await make(root, 'beat-sheet');
  const mine = (await read(root, sheet)).replace('<!-- auteur:end beats -->', '');
  await writeFile(join(root, sheet), mine);
  const made = await edit(root, { kind: 'updateDocument', path: sheet });
  expect(made.address).toBe('02_Source_Creative/Treatments/Text_Film_Beat_Sheet_2.md');
  expect(await read(root, sheet)).toBe(mine);
});

test('a treatment has nothing to update', async () => {
  const root = await textFilm();
  const path = await make(root, 'treatment');
  await expect(edit(root, { kind: 'updateDocument', path })).rejects.toMatchObject({
    code: 'document-not-made',
  });
});

test('renaming keeps the text and the other names', async () => {
  const root = await textFilm();
  const path = await make(root, 'screenplay', 'One');
  await make(root, 'screenplay', 'Two');
  const made = await edit(root, { kind: 'renameDocument', path, title: 'two' });
  expect(made.address).toBe('02_Source_Creative/Scripts/two_2.fountain');
  expect(await read(root, made.address)).toMatch(/^Title: One\n/);
  await undoEdit(root, idle);
  expect((await paths(root)).map(([, one]) => one)).toEqual([
    '02_Source_Creative/Scripts/One.fountain',
    '02_Source_Creative/Scripts/Two.fountain',
  ]);
  expect((await edit(root, { kind: 'renameDocument', path, title: 'One' })).files).toEqual([]);
});

test('what was written into a document stands against the undo of its making', async () => {
  const root = await textFilm();
  const path = await make(root, 'treatment');
  await writeFile(join(root, path), 'My own words.');
  await expect(undoEdit(root, idle)).rejects.toMatchObject({ code: 'undo-changed' });
  await edit(root, { kind: 'deleteDocument', path });
  expect(await paths(root)).toEqual([]);
  await undoEdit(root, idle);
  expect(await read(root, path)).toBe('My own words.');
});

test.each(['project.json', '02_Source_Creative/Scripts/none.fountain', '../x.md', ''])(
  'nothing else can be deleted as a document: "%s"',
  async (path) => {
    const root = await textFilm();
    await expect(edit(root, { kind: 'deleteDocument', path })).rejects.toMatchObject({
      code: 'document-unknown',
    });
  },
);
