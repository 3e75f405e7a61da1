import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { createTestHome, type TestHome } from '../lib/testHome.ts';
import { auteur, auteurJson, git, makeFilm, type Place } from './auteur.ts';

const Check = z.object({
  name: z.string(),
  ok: z.boolean(),
  level: z.enum(['ok', 'warning', 'failed', 'skipped']),
  detail: z.string(),
  hint: z.string().optional(),
  command: z.string().optional(),
});
const Reply = z.object({ ok: z.boolean(), checks: z.array(Check) });

let home: TestHome;
let film: Place;

beforeAll(async () => {
  home = await createTestHome();
  film = await makeFilm(home, 1);
});
afterAll(() => home.dispose());

async function check(place: Place, name: string): Promise<z.infer<typeof Check> | undefined> {
  const { checks } = Reply.parse(await auteurJson(place, 'doctor'));
  return checks.find((one) => one.name === name);
}

test('finds nothing to mend in a new film, and says so in words where no terminal is', async () => {
  const { code, stdout } = await auteur(film, 'doctor');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ok {6}Git LFS +\d/m);
  expect(stdout).toMatch(/\nEverything is in order\.\n$/);
  expect(stdout).not.toContain('\u001b');
  expect(Reply.parse(await auteurJson(film, 'doctor')).ok).toBe(true);
});

test('exits 1 and shows the command, alone on its line, where something must be mended', async () => {
  await git(film, 'config', '--unset', 'filter.lfs.process');
  const { code, stdout } = await auteur(film, 'doctor');
  expect(code).toBe(1);
  expect(stdout).toMatch(/^FAILED +LFS filters +filter\.lfs\.process is not set/m);
  expect(stdout).toMatch(/\n1 thing to mend\.\n$/);
  const { command = '' } = (await check(film, 'LFS filters')) ?? {};
  expect(stdout.split('\n').map((line) => line.trim())).toContain(command);
  expect(command).toMatch(/^git -C .+ lfs install --local/);
  await git(film, 'lfs', 'install', '--local', '--force');
  expect((await auteur(film, 'doctor')).code).toBe(0);
});

test("knows the VS Code in whose terminal it runs, and no other program's", async () => {
  const inside = { ...film, env: { TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.120.3' } };
  expect(await check(inside, 'VS Code')).toMatchObject({ level: 'ok', detail: '1.120.3' });
  const elsewhere = { ...film, env: { TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.4' } };
  expect(await check(elsewhere, 'VS Code')).toMatchObject({ level: 'skipped', ok: true });
});

test('tells of takes that a hook keeps from being committed, with its words', async () => {
  const hook = join(film.cwd, '.git/hooks/pre-commit');
  await writeFile(hook, '#!/bin/sh\necho "not on a Sunday" >&2\nexit 1\n', { mode: 0o755 });
  expect((await auteur(film, 'generate', '01/01/01', '--takes', '2')).code).toBe(0);
  expect(await check(film, 'Takes to commit')).toMatchObject({
    level: 'warning',
    detail: expect.stringMatching(/^2 takes are recorded .+ not on a Sunday/) as string,
  });
  expect((await auteur(film, 'doctor')).stdout).toMatch(/\n1 warning\.\n$/);

  await rm(hook);
  // What it said then may be mended, as here: the command is the one that commits.
  expect((await check(film, 'Takes to commit'))?.command).toMatch(/^auteur -C .+ worker --once$/);
  expect((await auteur(film, 'generate', '01/01/01')).code).toBe(0);
  expect(await check(film, 'Takes to commit')).toMatchObject({ level: 'ok' });
});

test('takes of a film that was moved before their commit are counted, and committed by a worker within it', async () => {
  const hook = join(film.cwd, '.git/hooks/pre-commit');
  await writeFile(hook, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  expect((await auteur(film, 'generate', '01/01/01')).code).toBe(0);
  await rm(hook);
  const moved = { ...film, cwd: `${film.cwd}_Moved` };
  await rename(film.cwd, moved.cwd);
  expect((await auteur({ ...film, cwd: home.workspace }, 'worker', '--once')).stderr).toMatch(/ is not at /);
  expect(await check(moved, 'Takes to commit')).toMatchObject({
    level: 'warning',
    detail: '1 take is recorded and not yet committed',
    command: expect.stringMatching(/_Moved worker --once$/) as string,
  });
  const { stdout, stderr } = await auteur(moved, 'worker', '--once');
  expect(stdout).toContain('1 take recorded earlier committed.');
  expect(stderr).toBe('');
  expect(await check(moved, 'Takes to commit')).toMatchObject({ level: 'ok' });
  expect(await git(moved, 'status', '--porcelain')).toBe('');
  await rename(moved.cwd, film.cwd);
});

test('warns of a take whose file is gone, and says how many files have changed', async () => {
  const [media = ''] = (await git(film, 'lfs', 'ls-files', '--name-only')).split('\n');
  await rm(join(film.cwd, media));
  await writeFile(join(film.cwd, '02_Source_Creative/Scripts/draft.md'), 'draft');
  const { code, stdout } = await auteur(film, 'doctor');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^warning +Media here +the file of 1 take is missing: take \d of shot 01\/01\/01$/m);
  expect(stdout).toMatch(/^ok +Edits to commit +1 file of the film and 1 other file have changed since/m);
  expect(stdout).toMatch(/\n1 warning\.\n$/);
});

test('--fix sets up what Git LFS lacks, says what it did, and leaves a clean tree', async () => {
  const { project } = z
    .object({ project: z.object({ path: z.string() }) })
    .parse(await auteurJson({ home, cwd: home.workspace }, 'new', 'To Mend'));
  const mended = { home, cwd: project.path };
  await git(mended, 'config', '--remove-section', 'filter.lfs');
  await rm(join(mended.cwd, '.git/hooks/pre-push'));
  const { code, stdout } = await auteur(mended, 'doctor', '--fix');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Set up the filters of Git LFS\.\nPut the hooks of Git LFS in place\.\n/);
  expect(await git(mended, 'status', '--porcelain')).toBe('');
  const again = z.object({ ok: z.literal(true), mended: z.array(z.string()) });
  expect(again.parse(await auteurJson(mended, 'doctor', '--fix')).mended).toEqual([]);
});

test('--convert-media stores what is a plain file in Git LFS by a new commit, and says so before and after', async () => {
  const { project } = z
    .object({ project: z.object({ path: z.string() }) })
    .parse(await auteurJson({ home, cwd: home.workspace }, 'new', 'To Convert'));
  const plain = { home, cwd: project.path };
  const picture = '01_Assets/Styles/grain.png';
  await writeFile(join(plain.cwd, picture), 'raw grain');
  const raw = ['filter.lfs.clean=', 'filter.lfs.process=', 'filter.lfs.required=false'];
  await git(plain, ...raw.flatMap((value) => ['-c', value]), 'add', picture);
  await git(plain, 'commit', '--quiet', '--message', 'Plain');
  const before = (await git(plain, 'rev-parse', 'HEAD')).trim();

  const found = await check(plain, 'Media in Git');
  expect(found).toMatchObject({ level: 'warning', detail: expect.stringContaining(picture) as string });
  expect(found?.hint).toContain('git lfs migrate import --no-rewrite');
  expect(found?.hint).toContain('the history keeps its size');
  expect(found?.command).toMatch(/^auteur -C .+ doctor --convert-media$/);
  expect((await auteur(plain, 'validate')).stdout).toMatch(/"auteur doctor --convert-media"/);

  const { code, stdout } = await auteur(plain, 'doctor', '--convert-media');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^1 media file stored in Git LFS by a new commit\.\n/);
  expect((await git(plain, 'rev-parse', 'HEAD^')).trim()).toBe(before);
  expect(await git(plain, 'show', `HEAD:${picture}`)).toContain('version https://git-lfs');
  expect(await git(plain, 'show', `HEAD^:${picture}`)).toBe('raw grain');
  expect(await readFile(join(plain.cwd, picture), 'utf8')).toBe('raw grain');
  expect(await git(plain, 'lfs', 'ls-files', '--name-only')).toBe(`${picture}\n`);
  expect(await git(plain, 'status', '--porcelain')).toBe('');
  expect((await auteur(plain, 'doctor', '--convert-media')).stdout).toMatch(/^0 media files stored/);
});
