import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mediaFile } from '../../../../test/lib/importFiles.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { textFilm } from '../../../../test/lib/textFilm.ts';
import type { ImportRequest } from '../../protocol/importRequest.ts';
import { EditRequest } from '../../protocol/editRequest.ts';
import { readAssetViews } from '../assetViews.ts';
import { editFilm } from '../edits/editFilm.ts';
import { planEdit } from '../edits/planEdit.ts';
import { redoEdit, undoEdit } from '../history/undo.ts';
import { readProject } from '../projectFiles.ts';
import { finishImport, type ImportEdit } from './finishImport.ts';
import { stageImport, type ImportHooks } from './stageImport.ts';

const idle = () => Promise.resolve(false);
const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;

async function importFiles(
  root: string,
  request: Omit<ImportRequest, 'id'>,
  hooks: Partial<ImportHooks> = {},
): Promise<ImportEdit> {
  const all = { id: 'one', ...request };
  const signal = new AbortController().signal;
  await using staged = await stageImport(root, all, { signal, onProgress: () => undefined, ...hooks });
  return await finishImport(root, all, staged);
}

async function add(root: string, name: string, category = 'characters'): Promise<void> {
  const request = EditRequest.parse({ kind: 'addAsset', category, name });
  await editFilm(root, (draft) => planEdit(draft, request, idle));
}

async function filesOf(root: string): Promise<readonly string[]> {
  const views = await readAssetViews(root);
  return views.flatMap(({ name, files }) => files.map((file) => `${name}/${file.name}`));
}

/** What an import or a deletion has put aside or left behind. */
function aside(root: string): readonly string[] {
  return ['imports', 'trash'].flatMap((kind) => {
    const folder = join(root, '.auteur', kind);
    return existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String) : [];
  });
}

test('files and folders are copied into an asset; the originals stay', async () => {
  const root = await textFilm();
  await add(root, 'Ada');
  const from = tempFolder();
  const portrait = mediaFile(from, 'Portrait: Ada.PNG');
  mediaFile(from, 'refs/left side.png');
  mediaFile(from, 'refs/.hidden.png');
  mediaFile(from, 'refs/notes.txt');
  const sources = [portrait, join(from, 'refs')];
  const edit = await importFiles(root, { sources, target: { asset: 'Ada' } });
  expect(await filesOf(root)).toEqual(['Ada/Portrait_Ada.png', 'Ada/refs/left_side.png']);
  expect(edit.skipped).toEqual([{ from: join(from, 'refs/notes.txt'), reason: 'notes.txt is no picture.' }]);
  expect(existsSync(portrait)).toBe(true);
  expect(aside(root)).toEqual([]);
});

test('in a category each file becomes an asset, in the folders it was found in', async () => {
  const root = await textFilm();
  const from = tempFolder();
  mediaFile(from, 'Crew/ada_lorenz.png');
  mediaFile(from, 'Crew/Deck/Emil.jpg.png');
  const edit = await importFiles(root, { sources: [join(from, 'Crew')], target: { category: 'characters' } });
  expect((await readProject(root)).value.assets.characters.map(({ name, folder }) => [name, folder])).toEqual(
    [
      ['Emil.jpg', '01_Assets/Characters/Crew/Deck/Emil.jpg'],
      ['ada lorenz', '01_Assets/Characters/Crew/ada_lorenz'],
    ],
  );
  expect(edit.nodes).toHaveLength(2);
  await undoEdit(root, idle);
  expect(await filesOf(root)).toEqual([]);
  expect(readdirSync(join(root, '01_Assets/Characters'))).toEqual([]);
  await redoEdit(root, idle);
  expect(await filesOf(root)).toEqual(['Emil.jpg/Emil.jpg.png', 'ada lorenz/ada_lorenz.png']);
});

test('a name that is taken asks for a choice, before anything is copied', async () => {
  const root = await textFilm();
  await add(root, 'Ada');
  const target = { asset: 'Ada' };
  const [first, second] = [tempFolder(), tempFolder()];
  await importFiles(root, { sources: [mediaFile(first, 'a.png')], target });
  const sources = [mediaFile(second, 'A.PNG', 'another')];
  await expect(importFiles(root, { sources, target })).rejects.toThrow('Already there (1): A.png.');
  expect(aside(root)).toEqual([]);
  const skipped = await importFiles(root, { sources, target, clash: 'skip' });
  expect([skipped.imported, skipped.files]).toEqual([[], []]);
  await importFiles(root, { sources, target, clash: 'keep' });
  expect(await filesOf(root)).toEqual(['Ada/A_2.png', 'Ada/a.png']);
});

test('a replaced file comes back with undo', async () => {
  const root = await textFilm();
  await add(root, 'Ada');
  const target = { asset: 'Ada' };
  await importFiles(root, { sources: [mediaFile(tempFolder(), 'a.png', 'old')], target });
  const file = join(root, '01_Assets/Characters/Ada/a.png');
  await importFiles(root, { sources: [mediaFile(tempFolder(), 'a.png', 'new')], target, clash: 'replace' });
  expect(readFileSync(file, 'latin1')).toMatch(/new$/);
  await undoEdit(root, idle);
  expect(readFileSync(file, 'latin1')).toMatch(/old$/);
  await redoEdit(root, idle);
  expect(readFileSync(file, 'latin1')).toMatch(/new$/);
});

test('the same content is skipped with a note, in the film and in the import itself', async () => {
  const root = await textFilm();
  await add(root, 'Ada');
  const from = tempFolder();
  const [one, two] = [mediaFile(from, 'one.png', 'same'), mediaFile(from, 'two.png', 'same')];
  const target = { asset: 'Ada' };
  const first = await importFiles(root, { sources: [one, two], target });
  const note = [{ from: two, reason: 'it is the same as one.png, which is there already.' }];
  expect(first.skipped).toEqual(note);
  const again = await importFiles(root, { sources: [one, two], target });
  expect([again.imported, again.skipped.length]).toEqual([[], 2]);
  expect(aside(root)).toEqual([]);
  const oid = first.imported[0]?.path ?? '';
  const { createHash } = await import('node:crypto');
  const content = readFileSync(join(root, oid));
  const sha256 = createHash('sha256').update(content).digest('hex');
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${content.length}\n`;
  writeFileSync(join(root, oid), pointer);
  expect((await importFiles(root, { sources: [two], target })).skipped).toHaveLength(1);
});

test.each([
  ['characters', 'song.mp3', undefined, 'song.mp3 is no picture.'],
  ['music', 'a.png', undefined, 'a.png is no sound.'],
  ['styles', 'fake.jpg', 'not a jpeg', 'the content of fake.jpg is not what its name says (jpg).'],
  ['styles', 'empty.png', '', 'empty.png is empty.'],
  [
    'styles',
    'a.png',
    'version https://git-lfs.github.com/spec/v1\n',
    'a.png is in Git LFS but was not fetched.',
  ],
  ['styles', '.png', undefined, '.png is no picture.'],
])('into %s %s is refused with a sentence', async (category, name, content, reason) => {
  const root = await textFilm();
  const source = mediaFile(tempFolder(), name);
  if (content !== undefined) writeFileSync(source, content);
  const target = { category } as ImportRequest['target'];
  const failed = importFiles(root, { sources: [source], target });
  await expect(failed).rejects.toThrow(`${name} was not imported: ${reason}`);
  expect(aside(root)).toEqual([]);
});

test('what cannot be read, is no file, or leads elsewhere is named', async () => {
  const root = await textFilm();
  const from = tempFolder();
  const target = { category: 'styles' } as const;
  const refused = (source: string) =>
    expect(importFiles(root, { sources: [source], target })).rejects.toEqual(code('import-source'));
  await refused(join(from, 'missing.png'));
  await refused('relative.png');
  await refused('/dev/null');
  mkdirSync(join(from, 'empty'));
  await expect(importFiles(root, { sources: [join(from, 'empty')], target })).rejects.toEqual(
    code('import-nothing'),
  );
  const outside = mediaFile(tempFolder(), 'outside.png');
  mkdirSync(join(from, 'links'));
  symlinkSync(outside, join(from, 'links', 'link.png'));
  const { imported, skipped } = await importFiles(root, { sources: [join(from, 'links')], target });
  expect([imported.length, skipped.length]).toEqual([0, 1]);
});

test('a cancelled import leaves nothing', async () => {
  const root = await textFilm();
  const from = tempFolder();
  const sources = [mediaFile(from, 'a.png'), mediaFile(from, 'b.png')];
  const controller = new AbortController();
  const onProgress: ImportHooks['onProgress'] = ({ done }) => {
    if (done === 1) controller.abort();
  };
  const request = { sources, target: { category: 'styles' } } as const;
  const { signal } = controller;
  await expect(importFiles(root, { ...request, sources }, { signal, onProgress })).rejects.toEqual(
    code('import-cancelled'),
  );
  expect([aside(root), await filesOf(root)]).toEqual([[], []]);
});

test('more assets than one import may make are refused before anything is copied', async () => {
  const root = await textFilm();
  const from = tempFolder();
  for (let index = 0; index <= 500; index++) mediaFile(from, `all/${index}.png`);
  const all = { sources: [join(from, 'all')], target: { category: 'styles' } } as const;
  await expect(importFiles(root, { ...all, sources: [...all.sources] })).rejects.toEqual(
    code('import-too-many'),
  );
  await add(root, 'Noir', 'styles');
  await importFiles(root, { sources: [...all.sources], target: { asset: 'Noir' } });
  expect(await filesOf(root)).toHaveLength(501);
});

test('an import does not go to a folder that leads elsewhere; folders of the disk may be called anything', async () => {
  const root = await textFilm();
  const from = tempFolder();
  mediaFile(from, '.../ada.png');
  const sources = [join(from, '...')];
  const target = { category: 'characters', within: '../../../tmp' } as const;
  await expect(importFiles(root, { sources, target })).rejects.toEqual(code('value-invalid'));
  expect(aside(root)).toEqual([]);
  await importFiles(root, { sources, target: { category: 'characters' } });
  const [asset] = (await readProject(root)).value.assets.characters;
  expect(asset?.folder).toBe('01_Assets/Characters/Untitled/ada');
});
