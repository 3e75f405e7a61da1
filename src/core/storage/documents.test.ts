import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { textFilm } from '../../../test/lib/textFilm.ts';
import { readDocuments } from './documents.ts';
import { editFilm } from './edits/editFilm.ts';
import { planEdit } from './edits/planEdit.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';

const treatments = '02_Source_Creative/Treatments';

test('only documents that lie in the film are listed, in the order of their numbers', async () => {
  const root = await textFilm();
  const folder = join(root, treatments);
  mkdirSync(join(folder, 'folder.md'), { recursive: true });
  for (const name of ['Draft 10.md', 'Draft 2.md', 'notes.txt', '.hidden.md'])
    writeFileSync(join(folder, name), '');
  const outside = join(tempFolder(), 'secret.md');
  writeFileSync(outside, '<!-- auteur:begin beats -->\n<!-- auteur:end beats -->');
  symlinkSync(outside, join(folder, 'link.md'));
  const documents = await readDocuments(root);
  expect(documents.map(({ name, kind }) => [name, kind])).toEqual([
    ['Draft 2', 'treatment'],
    ['Draft 10', 'treatment'],
  ]);
});

test('a folder that leads out of the film is named with its problem, and hides no other', async () => {
  const root = await textFilm();
  symlinkSync(tempFolder(), join(root, treatments));
  writeFileSync(join(root, '02_Source_Creative/ShotLists/List.md'), '');
  const documents = await readDocuments(root);
  expect(documents.map(({ path, problem }) => [path, problem?.code])).toEqual([
    [treatments, 'path-outside'],
    ['02_Source_Creative/ShotLists/List.md', undefined],
  ]);
});

test('documents that are made at once get a file each', async () => {
  const root = await textFilm();
  const idle = () => Promise.resolve(false);
  const made = await Promise.all(
    Array.from({ length: 12 }, () =>
      editFilm(root, (draft) => planEdit(draft, { kind: 'newDocument', document: 'treatment' }, idle)),
    ),
  );
  expect(new Set(made.map(({ address }) => address)).size).toBe(12);
  expect(await readDocuments(root)).toHaveLength(12);
});

test('thousands of documents are listed', async () => {
  const root = await textFilm();
  mkdirSync(join(root, treatments));
  for (let index = 0; index < 3000; index++)
    writeFileSync(join(root, treatments, `Draft ${String(index)}.md`), '# x');
  expect(await readDocuments(root)).toHaveLength(3000);
});
