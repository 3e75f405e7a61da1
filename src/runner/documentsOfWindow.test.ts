import { readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { textFilm } from '../../test/lib/textFilm.ts';
import type { DocumentNotice, TextReplacement } from '../core/protocol/channel.ts';
import { editFilm } from '../core/storage/edits/editFilm.ts';
import { planMove } from '../core/storage/edits/moveEdit.ts';
import { addScene, addShot } from '../core/storage/filmEdits.ts';
import { readHistory, undoEdit } from '../core/storage/history/undo.ts';
import { withOpenDocuments } from '../core/storage/openDocuments.ts';
import { findScene, readProject } from '../core/storage/projectFiles.ts';
import { ShotLists } from '../core/storage/shotLists.ts';
import { DocumentsOfWindow } from './documentsOfWindow.ts';
import { Works } from './works.ts';

const shotList = '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json';

function notice(file: string, isOpen = true, unsaved?: string): DocumentNotice {
  const uri = `file://${file}`;
  return { kind: 'document', uri, path: file, isOpen, ...(unsaved === undefined ? {} : { unsaved }) };
}

/** A window with one document open, in which nothing is unsaved at first. */
async function windowWith(file: string) {
  const onDisk = await readFile(file, 'utf8');
  const asked: TextReplacement[] = [];
  const documents = new DocumentsOfWindow((_uri, replacement) => {
    asked.push(replacement);
    type(replacement.after);
    return Promise.resolve(true);
  });
  const tell = (isOpen: boolean, unsaved?: string): void => {
    documents.told(notice(file, isOpen, unsaved));
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

test('a document that the window does not show up to date is written on disk', async () => {
  const root = await textFilm();
  const file = join(root, shotList);
  const documents = new DocumentsOfWindow(() => Promise.resolve(false));
  documents.told(notice(file));
  await withOpenDocuments(documents, () => addShot(root, '01/01', { description: 'Shot 2' }));
  expect(await readFile(file, 'utf8')).toContain('Shot 2');
});

test('what is saved between the look and the write is not written over', async () => {
  const root = await textFilm();
  const file = join(root, shotList);
  const typed = (await readFile(file, 'utf8')).replace('Shot 1', 'Typed');
  const saved = typed.replace('Typed', 'Typed and saved');
  const documents = new DocumentsOfWindow(async () => {
    await writeFile(file, saved);
    documents.told(notice(file));
    return false;
  });
  documents.told(notice(file, true, typed));
  await expect(
    withOpenDocuments(documents, () => addShot(root, '01/01', { description: 'Shot 2' })),
  ).rejects.toMatchObject({
    code: 'text-changed',
    data: { after: expect.stringContaining('and saved') as string },
  });
  expect(await readFile(file, 'utf8')).toBe(saved);
});

test.each([
  ['from', '01/01', '02/02'],
  ['to', '02/02', '01/01'],
])('an edit of several files is not made while one it takes %s is unsaved', async (_way, typedIn, other) => {
  const root = await textFilm();
  await addScene(root, '02', 'Elsewhere');
  const [from, into] = ['01/01', '02/02'];
  if (typedIn === into) await addShot(root, into, { description: 'There' });
  const { scene } = findScene((await readProject(root)).value, typedIn);
  const file = join(root, scene.shotList);
  const { asked, type, within, onDisk } = await windowWith(file);
  type(`${onDisk} `);
  const before = await readFile(
    join(root, findScene((await readProject(root)).value, other).scene.shotList),
    'utf8',
  );
  const move = () => editFilm(root, (draft) => planMove(draft, { addresses: [`${from}/01`], into }));
  await expect(within(move)).rejects.toMatchObject({
    code: 'document-unsaved',
    data: { path: scene.shotList },
  });
  expect(asked).toEqual([]);
  expect(
    await readFile(join(root, findScene((await readProject(root)).value, other).scene.shotList), 'utf8'),
  ).toBe(before);
  expect(await readHistory(root)).not.toMatchObject({ undo: expect.stringContaining('Move') as string });
});

test('of two documents of one file, by its own name and through a link, the one that is typed in counts', async () => {
  const root = await textFilm();
  const link = `${root}-link`;
  await symlink(root, link);
  const documents = new DocumentsOfWindow(() => Promise.resolve(true));
  const name = async (by: string) =>
    withOpenDocuments(documents, async () => (await readProject(by)).value.name);
  const own = join(root, 'project.json');
  const linked = notice(join(link, 'project.json'));
  const text = await readFile(own, 'utf8');
  documents.told({ ...linked, unsaved: text.replace('Text Film', 'Typed') });
  documents.told(notice(own));
  expect([await name(root), await name(link)]).toEqual(['Typed', 'Typed']);
  documents.told(notice(own, false));
  expect([await name(root), await name(link)]).toEqual(['Typed', 'Typed']);
  documents.told({ ...linked, isOpen: false });
  expect([await name(root), await name(link)]).toEqual(['Text Film', 'Text Film']);
});

test('a copy of a film is made from what is on disk', async () => {
  const root = await textFilm();
  const { type, within, onDisk } = await windowWith(join(root, 'project.json'));
  type(onDisk.replace('Text Film', 'Typed Film'));
  const works = new Works({ commits: false, hasJobs: () => Promise.resolve(false) });
  const made = await within(() => works.work('one', { kind: 'exportCsv', root }));
  expect(made).toMatchObject({ kind: 'exportCsv', shots: 1 });
  if (made.kind === 'exportCsv') expect(await readFile(made.path, 'utf8')).not.toContain('Typed');
});
