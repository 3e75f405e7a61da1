import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { createTestHome, type TestHome } from '../lib/testHome.ts';
import { auteur, auteurJson, git, makeFilm, printed, start, type Place } from './auteur.ts';
import { ErrorReply } from './shapes.ts';

const Made = z.strictObject({
  project: z.strictObject({ id: z.string(), name: z.string(), path: z.string() }),
});
const Packed = z.strictObject({ path: z.string(), bytes: z.int().positive() });
const Frames = z.strictObject({ path: z.string(), frames: z.int(), without: z.array(z.string()) });
const Csv = z.strictObject({ path: z.string(), shots: z.int() });
const Trashed = z.strictObject({ trash: z.string() });

let home: TestHome;
let film: Place;

beforeAll(async () => {
  home = await createTestHome();
  film = await makeFilm(home, 2);
  await auteur(film, 'generate', '01/01/01');
});
afterAll(() => home.dispose());

/** Each test builds on the one before. */
test('a film is exported as frames and as a table', async () => {
  const frames = Frames.parse(await auteurJson(film, 'export', 'frames'));
  expect(readdirSync(frames.path)).toEqual(['0001_01-01-01_take01.png']);
  expect(frames.without).toEqual(['01/01/02']);
  const { path, shots } = Csv.parse(await auteurJson(film, 'export', 'csv'));
  expect(shots).toBe(2);
  expect(readFileSync(path, 'utf8').split('\r\n')).toHaveLength(4);
  expect(await git(film, 'status', '--porcelain')).toBe('');
});

test('a film gets another name, and keeps its folder', async () => {
  const { stdout } = await auteur(film, 'project', 'rename', 'Kettle: the movie');
  expect(stdout).toBe(`The film is called "Kettle: the movie" now; its folder stays ${film.cwd}\n`);
  expect(await git(film, 'log', '-1', '--format=%s')).toBe('Rename the film: Kettle: the movie\n');
  const refused = ErrorReply.parse(await auteurJson(film, 'project', 'rename', '')).error;
  expect(refused.code).toBe('value-invalid');
});

test('a film is duplicated, with takes and without', async () => {
  const plain = Made.parse(await auteurJson(film, 'project', 'duplicate', 'Copy')).project;
  expect(plain.path).toBe(join(home.workspace, 'Projects', 'Copy'));
  const takes = Made.parse(
    await auteurJson(film, 'project', 'duplicate', 'All of it', '--with-takes'),
  ).project;
  expect(takes.id).not.toBe(plain.id);
  for (const [{ path }, count] of [
    [plain, 0],
    [takes, 1],
  ] as const) {
    const copy = { home, cwd: path };
    expect((await git(copy, 'lfs', 'ls-files')).split('\n').filter(Boolean)).toHaveLength(count);
    expect((await auteur(copy, 'validate')).code).toBe(0);
  }
  expect(ErrorReply.parse(await auteurJson(film, 'project', 'duplicate', 'Copy')).error.code).toBe(
    'folder-exists',
  );
});

test('a film is packed, and unpacked on another machine', async () => {
  const { path } = Packed.parse(await auteurJson(film, 'project', 'pack'));
  expect(path).toBe(join(home.workspace, 'Test_Film.auteur.tar'));
  expect(ErrorReply.parse(await auteurJson(film, 'project', 'pack')).error.code).toBe('file-exists');
  const other = await createTestHome();
  try {
    const place = { home: other, cwd: other.workspace };
    const { project } = Made.parse(await auteurJson(place, 'project', 'unpack', path));
    expect(project.path).toBe(join(other.workspace, 'Projects', 'Kettle_the_movie'));
    const copy = { home: other, cwd: project.path };
    expect(await auteur(copy, 'validate')).toMatchObject({ code: 0, stdout: 'No problems.\n' });
    expect(await git(copy, 'lfs', 'fsck')).toContain('OK');
    const again = await auteur(place, 'project', 'unpack', path);
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toMatch(/^error: This film is already in the workspace, at .*\nhint: .*\n$/);
  } finally {
    await other.dispose();
  }
});

test('a film is deleted by its name alone, and lies in the trash whole', async () => {
  const unasked = await auteur(film, 'project', 'delete');
  expect(unasked).toMatchObject({ code: 2, stdout: '' });
  expect(unasked.stderr).toMatch(/^warning: (\d+ takes were|1 take was) never pushed$/m);
  expect(unasked.stderr).toContain('commits on no other machine: they were not pushed');
  const wrong = await auteur(film, 'project', 'delete', '--confirm', 'Test Film');
  expect(wrong.code).toBe(2);
  expect(existsSync(film.cwd)).toBe(true);
  const { trash } = Trashed.parse(
    await auteurJson(film, 'project', 'delete', '--confirm', 'Kettle: the movie'),
  );
  expect(existsSync(film.cwd)).toBe(false);
  expect(await git({ home, cwd: trash }, 'status', '--porcelain')).toBe('');
  expect(await git({ home, cwd: trash }, 'lfs', 'fsck')).toContain('OK');
});

test('a film whose takes wait is not deleted', async () => {
  const copy = { home, cwd: join(home.workspace, 'Projects', 'Copy') };
  const running = start(copy, ['generate', '--all', '--takes', '50']);
  await printed(running, 'running');
  running.child.kill('SIGKILL');
  await running.ended;
  const refused = ErrorReply.parse(await auteurJson(copy, 'project', 'delete', '--confirm', 'Copy'));
  expect(refused.error.code).toBe('project-busy');
  await auteur(copy, 'cancel', '--all');
  expect((await auteur(copy, 'project', 'delete', '--confirm', 'Copy')).code).toBe(0);
});
