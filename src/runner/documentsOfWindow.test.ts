import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { textFilm } from '../../test/lib/textFilm.ts';
import type { TextReplacement } from '../core/protocol/channel.ts';
import { addShot } from '../core/storage/filmEdits.ts';
import { undoEdit } from '../core/storage/history/undo.ts';
import { withOpenDocuments } from '../core/storage/openDocuments.ts';
import { readProject } from '../core/storage/projectFiles.ts';
import { ShotLists } from '../core/storage/shotLists.ts';
import { DocumentsOfWindow } from './documentsOfWindow.ts';

const shotList = '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json';

/** A window with one document open, in which nothing is unsaved at first. */
async function windowWith(file: string) {
  const onDisk = await readFile(file, 'utf8');
  const asked: TextReplacement[] = [];
  const documents = new DocumentsOfWindow((replacement) => {
    asked.push(replacement);
    type(replacement.after);
    return Promise.resolve(true);
  });
  const tell = (isOpen: boolean, unsaved?: string): void => {
    const paths = [file, `${file}.as.a.link.names.it`];
    documents.told({ kind: 'document', paths, isOpen, ...(unsaved === undefined ? {} : { unsaved }) });
  };
  const type = (unsaved: string): void => {
    tell(true, unsaved);
  };
  tell(true);
  const within = <T>(work: () => Promise<T>): Promise<T> => withOpenDocuments(documents, work);
  return { asked, onDisk, type, within, close: () => tell(false) };
}

test('what is typed in a manifest comes before the file, however often it was read', async () => {
  const root = await textFilm();
  const file = join(root, 'project.json');
  const { type, within, onDisk, close } = await windowWith(file);
  const lists = new ShotLists();
  const name = () => within(async () => (await lists.project(root)).value.name);
  expect(await name()).toBe('Text Film');
  type(onDisk.replace('Text Film', 'Typed Film'));
  expect(await name()).toBe('Typed Film');
  expect((await readProject(root)).value.name).toBe('Text Film');
  type(onDisk.replace('Text Film', 'Typed Again'));
  expect(await name()).toBe('Typed Again');
  close();
  expect(await name()).toBe('Text Film');
});

test('an edit and its undo are made in the document, and the file is left as it is', async () => {
  const root = await textFilm();
  const file = join(root, shotList);
  const { asked, type, within, onDisk } = await windowWith(file);
  const typed = onDisk.replace('Shot 1', 'Shot 1, typed');
  type(typed);
  const { mtimeMs } = await stat(file);
  await within(() => addShot(root, '01/01', { description: 'Shot 2' }));
  expect(asked[0]).toMatchObject({ path: file, before: typed });
  expect(asked[0]?.after).toContain('Shot 1, typed');
  expect(asked[0]?.after).toContain('Shot 2');
  await within(() => undoEdit(root, () => Promise.resolve(false)));
  expect(asked[1]?.after).toContain('Shot 1, typed');
  expect(asked[1]?.after).not.toContain('Shot 2');
  expect(await readFile(file, 'utf8')).toBe(onDisk);
  expect((await stat(file)).mtimeMs).toBe(mtimeMs);
});

test('a document that is half typed keeps an edit from being made', async () => {
  const root = await textFilm();
  const file = join(root, shotList);
  const { asked, type, within, onDisk } = await windowWith(file);
  type(onDisk.replace('"shots": [', '"shots": '));
  await expect(within(() => addShot(root, '01/01', { description: 'Shot 2' }))).rejects.toMatchObject({
    code: 'file-unreadable',
  });
  expect(asked).toEqual([]);
});

test('a document that the window does not hold up to date is written on disk', async () => {
  const root = await textFilm();
  const file = join(root, shotList);
  const documents = new DocumentsOfWindow(() => Promise.resolve(false));
  documents.told({ kind: 'document', paths: [file], isOpen: true });
  await withOpenDocuments(documents, () => addShot(root, '01/01', { description: 'Shot 2' }));
  expect(await readFile(file, 'utf8')).toContain('Shot 2');
});
