import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { mediaFile } from '../lib/importFiles.ts';
import { tempFolder } from '../lib/tempFolder.ts';
import { createTestHome, type TestHome } from '../lib/testHome.ts';
import { auteur, auteurJson, git, makeFilm, start, type Place } from './auteur.ts';
import { ErrorReply } from './shapes.ts';

const Added = z.strictObject({
  id: z.string(),
  category: z.string(),
  name: z.string(),
  folder: z.string(),
});
const Imported = z.strictObject({
  summary: z.string(),
  imported: z.array(z.strictObject({ from: z.string(), path: z.string(), asset: z.string() })),
  skipped: z.array(z.strictObject({ from: z.string(), reason: z.string() })),
});
const Edit = z.strictObject({
  changed: z.boolean(),
  summary: z.string(),
  nodes: z.array(z.looseObject({ id: z.string() })),
});
const Listed = z.strictObject({
  assets: z.array(z.looseObject({ name: z.string(), files: z.array(z.unknown()) })),
});
const Uses = z.strictObject({
  uses: z.array(z.strictObject({ kind: z.string(), address: z.string(), as: z.string() })),
});

let home: TestHome;
let film: Place;
let ada: string;

beforeAll(async () => {
  home = await createTestHome();
  film = await makeFilm(home, 1);
});
afterAll(() => home.dispose());

const isClean = async (): Promise<void> => {
  expect(await git(film, 'status', '--porcelain')).toBe('');
};

/** Each test builds on the one before. */
test('add makes an asset and commits it', async () => {
  const made = Added.parse(
    await auteurJson(film, 'asset', 'add', 'characters', 'Ada', '--in', 'Crew', '--keyword', 'grey hair'),
  );
  expect(made.folder).toBe('01_Assets/Characters/Crew/Ada');
  ada = made.id;
  expect(await git(film, 'log', '-1', '--format=%s')).toBe('Add character Ada\n');
  await isClean();
  expect(await auteur(film, 'asset', 'add', 'characters', 'Ada')).toMatchObject({
    code: 2,
    stderr: 'error: The project already has a character named "Ada".\nhint: Choose another name.\n',
  });
});

test('import copies files, from here and from the stock media, and commits them to Git LFS', async () => {
  const from = tempFolder();
  const portrait = mediaFile(from, 'portrait.png');
  const imported = Imported.parse(await auteurJson(film, 'asset', 'import', 'Ada', portrait));
  expect(imported.imported).toEqual([
    { from: portrait, path: '01_Assets/Characters/Crew/Ada/portrait.png', asset: ada },
  ]);
  mediaFile(join(home.workspace, 'Library', 'Stock_Media'), 'Old Harbour.png');
  const stock = await auteur(film, 'asset', 'import', 'locations', 'Old Harbour.png');
  expect(stock).toMatchObject({ code: 0, stdout: '01_Assets/Locations/Old_Harbour/Old_Harbour.png\n' });
  const stored = await git(film, 'lfs', 'ls-files', '--name-only');
  expect(stored.trim().split('\n')).toEqual([
    '01_Assets/Characters/Crew/Ada/portrait.png',
    '01_Assets/Locations/Old_Harbour/Old_Harbour.png',
  ]);
  await isClean();
});

test('a duplicate is skipped with a note, a clash as it was asked for, a wrong type refused', async () => {
  const from = tempFolder();
  const same = mediaFile(from, 'again.png', 'portrait.png');
  expect((await auteur(film, 'asset', 'import', 'Ada', same)).stdout).toBe(
    `skipped ${same}: it is the same as portrait.png, which is there already.\n`,
  );
  const other = mediaFile(from, 'portrait.png', 'another');
  const into = async (choice: string): Promise<string> =>
    (await auteur(film, 'asset', 'import', 'Ada', other, '--on-clash', choice)).stdout;
  expect(await into('skip')).toBe(`skipped ${other}: portrait.png is there already.\n`);
  expect(await into('keep')).toBe('01_Assets/Characters/Crew/Ada/portrait_2.png\n');
  await auteur(film, 'undo');
  expect(await into('replace')).toBe('01_Assets/Characters/Crew/Ada/portrait.png\n');
  await isClean();
  await auteur(film, 'undo');
  const song = mediaFile(from, 'song.mp3');
  const refused = await auteur(film, 'asset', 'import', 'Ada', song);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('error: song.mp3 was not imported: song.mp3 is no picture.\n');
  await isClean();
});

test('edit and rename keep folder, files and uses', async () => {
  await auteur(film, 'set', '01/01/01', 'characters=Ada', 'location=Old Harbour');
  const edited = await auteurJson(film, 'asset', 'edit', 'Ada', 'wardrobe=Booth: blue overall; Premiere');
  expect(Edit.parse(edited).summary).toBe('Set wardrobe of character Ada');
  await auteur(film, 'asset', 'rename', 'characters/Ada', 'Ada Lorenz');
  const { uses } = Uses.parse(await auteurJson(film, 'asset', 'uses', ada));
  expect(uses).toEqual([{ kind: 'shot', address: '01/01/01', as: 'character' }]);
  const { assets } = Listed.parse(await auteurJson(film, 'asset', 'list', 'characters'));
  expect(assets).toMatchObject([
    {
      name: 'Ada Lorenz',
      folder: '01_Assets/Characters/Crew/Ada',
      wardrobe: [{ name: 'Booth', description: 'blue overall' }, { name: 'Premiere' }],
    },
  ]);
  const unknown = await auteurJson(film, 'asset', 'edit', 'Ada Lorenz', 'colour=red');
  expect(ErrorReply.parse(unknown).error.code).toBe('field-unknown');
  await isClean();
});

test('move takes the files along as a rename in Git, and back again; what does not fit is said', async () => {
  const there = '01_Assets/Characters/Crew/Deck/Ada';
  const moved = await auteur(film, 'asset', 'move', 'Ada Lorenz', '--to', 'characters/crew/Deck');
  expect(moved).toMatchObject({ code: 0, stdout: 'Move character Ada Lorenz to Characters/Crew/Deck.\n' });
  const renamed = await git(film, 'show', '--name-status', '-M', '--format=', 'HEAD');
  expect(renamed).toContain(`R100\t01_Assets/Characters/Crew/Ada/portrait.png\t${there}/portrait.png\n`);
  expect(await git(film, 'lfs', 'ls-files', '--name-only')).toContain(`${there}/portrait.png\n`);
  await isClean();
  expect((await auteur(film, 'validate')).stdout).toBe('No problems.\n');
  expect(await auteur(film, 'asset', 'move', 'Ada Lorenz', '--to', 'music')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^error: The character "Ada Lorenz" cannot be moved to Music: .*\nhint: /,
    ) as string,
  });
  expect(await auteur(film, 'asset', 'move', 'Ada Lorenz', '--to', '..')).toMatchObject({ code: 2 });
  expect(await auteur(film, 'asset', 'move', 'Ada Lorenz')).toMatchObject({ code: 2 });
  expect(Edit.parse(await auteurJson(film, 'asset', 'move', ada, '--to', 'Crew')).nodes).toHaveLength(1);
  await auteur(film, 'undo');
  await auteur(film, 'redo');
  expect(await git(film, 'ls-tree', '-r', '--name-only', 'HEAD')).toContain(
    '01_Assets/Characters/Crew/Ada/portrait.png\n',
  );
  await isClean();
});

test('a character is given to a shot in what it wears, and the prompt says so', async () => {
  const identity = async () => {
    const { stdout } = await auteur(film, 'show', '01/01/01', '--prompt');
    return /wearing[^\n]*/.exec(stdout)?.[0];
  };
  await auteurJson(film, 'asset', 'assign', 'Ada Lorenz', '01/01/01', '--wearing', 'Booth');
  expect(await identity()).toContain('blue overall');
  await auteurJson(film, 'asset', 'assign', 'Ada Lorenz', '01/01/01', '--undressed');
  expect(await identity()).toBeUndefined();
  const refused = await auteur(film, 'asset', 'assign', 'Ada Lorenz', '01/01/01', '--wearing', 'Beach');
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('It has: Booth, Premiere.') as string,
  });
});

test('delete refuses what is used, says where, and undo brings all of it back', async () => {
  const refused = await auteur(film, 'asset', 'delete', 'Ada Lorenz');
  expect(refused.stderr).toMatch(
    /^error: The character "Ada Lorenz" is used in 01\/01\/01, so it was not deleted\.\n/,
  );
  const before = await git(film, 'ls-tree', '-r', 'HEAD');
  const deleted = await auteurJson(film, 'asset', 'delete', 'Ada Lorenz', 'Old Harbour', '--force');
  expect(Edit.parse(deleted).summary).toBe('Delete 2 assets');
  expect(existsSync(join(film.cwd, '01_Assets/Characters/Crew'))).toBe(false);
  await isClean();
  await auteur(film, 'undo');
  expect(await git(film, 'ls-tree', '-r', 'HEAD')).toBe(before);
  await isClean();
  expect((await auteur(film, 'validate')).stdout).toBe('No problems.\n');
});

test('media that Git LFS would not take stay on disk, and the commit waits', async () => {
  const ending = '*.[pP][nN][gG]';
  const attributes = join(film.cwd, '.gitattributes');
  const text = await git(film, 'show', 'HEAD:.gitattributes');
  writeFileSync(
    attributes,
    text
      .split('\n')
      .filter((line) => !line.startsWith(ending))
      .join('\n'),
  );
  const picture = mediaFile(tempFolder(), 'plain.png');
  const { code, stdout, stderr } = await auteur(film, 'asset', 'import', 'Ada Lorenz', picture);
  expect([code, stdout]).toEqual([0, '01_Assets/Characters/Crew/Ada/plain.png\n']);
  expect(stderr).toContain('would enter Git as a plain file instead of Git LFS');
  expect(await git(film, 'log', '--format=%H', '--', '01_Assets/Characters/Crew/Ada/plain.png')).toBe('');
  writeFileSync(attributes, text);
});

test('killed while it copies, an import leaves nothing that the next one does not tidy up', async () => {
  const from = tempFolder();
  mkdirSync(join(from, 'many'));
  for (let index = 0; index < 400; index++) mediaFile(from, `many/${index}.png`);
  const running = start(film, ['asset', 'import', 'Ada Lorenz', join(from, 'many')]);
  const imports = join(film.cwd, '.auteur', 'imports');
  const before = new Set(existsSync(imports) ? readdirSync(imports) : []);
  const copying = (): boolean =>
    existsSync(imports) &&
    readdirSync(imports).some((name) => !before.has(name) && readdirSync(join(imports, name)).length > 5);
  await expect.poll(copying, { interval: 2, timeout: 20_000 }).toBe(true);
  running.child.kill('SIGKILL');
  await running.ended;
  expect(existsSync(join(film.cwd, '01_Assets/Characters/Crew/Ada/many'))).toBe(false);
  await auteur(film, 'asset', 'import', 'Ada Lorenz', mediaFile(from, 'one.png', 'one'));
  const left = readdirSync(imports, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(left).toEqual([]);
});

test('interrupted, it says that nothing was imported', async () => {
  const from = tempFolder();
  for (let index = 0; index < 2000; index++) mediaFile(from, `all/${index}.png`);
  const running = start(film, ['asset', 'import', 'Ada Lorenz', join(from, 'all'), '--verbose']);
  const imports = join(film.cwd, '.auteur', 'imports');
  const copying = (): boolean =>
    existsSync(imports) && readdirSync(imports).some((name) => readdirSync(join(imports, name)).length > 5);
  await expect.poll(copying, { interval: 2, timeout: 20_000 }).toBe(true);
  running.child.kill('SIGINT');
  const { code, stdout, stderr } = await running.ended;
  expect([code, stdout]).toEqual([130, '']);
  expect(stderr).toContain('error: The import was cancelled, so nothing was imported.\n');
  expect(existsSync(join(film.cwd, '01_Assets/Characters/Crew/Ada/all'))).toBe(false);
});
