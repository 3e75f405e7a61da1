import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { createTestHome, type TestHome } from '../lib/testHome.ts';
import { auteur, auteurJson, git, makeFilm, printed, start, type Place } from './auteur.ts';
import { AddReply, ErrorReply } from './shapes.ts';

const Edit = z.strictObject({ summary: z.string(), files: z.array(z.string()) });
const UndoReply = z.strictObject({ undone: Edit });
const RedoReply = z.strictObject({ redone: Edit });
const shotList = '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json';

let home: TestHome;
let film: Place;

beforeAll(async () => {
  home = await createTestHome();
  film = await makeFilm(home, 1);
});
afterAll(() => home.dispose());

/** Each test builds on the one before. */
test('undo takes back the last edit and commits it; redo does it again', async () => {
  await auteur(film, 'add', 'shot', '01/01', 'Rain');
  const undone = await auteur(film, 'undo');
  expect(undone).toMatchObject({ code: 0, stdout: 'Undid: Add shot 01/01/02\n', stderr: '' });
  expect(await git(film, 'log', '-1', '--format=%s')).toBe('Undo: Add shot 01/01/02\n');
  expect(RedoReply.parse(await auteurJson(film, 'redo'))).toEqual({
    redone: { summary: 'Add shot 01/01/02', files: [shotList] },
  });
  expect(UndoReply.parse(await auteurJson(film, 'undo')).undone.files).toEqual([shotList]);
  expect(await git(film, 'status', '--porcelain')).toBe('');
  expect(AddReply.parse(await auteurJson(film, 'add', 'shot', '01/01', 'Snow')).address).toBe('01/01/03');
  await auteur(film, 'undo');
});

test('a shot whose takes wait is kept until they are cancelled', async () => {
  const running = start(film, ['generate', '01/01/01', '--takes', '50']);
  await printed(running, 'running');
  running.child.kill('SIGKILL');
  await running.ended;
  const refused = await auteur(film, 'undo');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(
    /^error: "Add shot 01\/01\/01" was not undone, because takes of shot 01\/01\/01 are being made\.\nhint: .*\n$/,
  );
  expect(await git(film, 'status', '--porcelain')).toBe('');
  await auteur(film, 'cancel', '--all');
  expect(await auteur(film, 'undo')).toMatchObject({ code: 0, stdout: 'Undid: Add shot 01/01/01\n' });
});

test('where nothing is left it says so', async () => {
  expect(UndoReply.parse(await auteurJson(film, 'undo')).undone.summary).toBe('Add scene 01/01: Kitchen');
  expect(ErrorReply.parse(await auteurJson(film, 'undo')).error.code).toBe('nothing-to-undo');
  await auteur(film, 'add', 'chapter', 'Epilogue');
  expect(ErrorReply.parse(await auteurJson(film, 'redo')).error.code).toBe('nothing-to-redo');
});
