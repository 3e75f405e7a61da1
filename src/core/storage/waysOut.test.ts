import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { changes, plantWaysOut, snapshot } from '../../../test/lib/hostileFolder.ts';
import { aTake } from '../../../test/builders/aTake.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { testFilm } from '../../../test/lib/testFilm.ts';
import { commitEdit } from './editCommit.ts';
import { addChapter } from './filmEdits.ts';
import { findShotById, projectSummary, shotViews, takeViews } from './filmViews.ts';
import { formatJson } from './jsonFile.ts';
import { allScenes, readProject } from './projectFiles.ts';
import { createProjectFolder } from './scaffold.ts';
import { validateProject } from './validate.ts';

async function hostileFilm() {
  const { root, workspace, shots } = await testFilm();
  const folder = join(root, '03_Renders/Chapter_01/Scene_01/Shot_01');
  mkdirSync(folder, { recursive: true });
  const [shot] = shots;
  const take = aTake({ number: 1, ...(shot === undefined ? {} : { shotId: shot.id }) });
  writeFileSync(join(folder, 'S01_S01_take01.json'), formatJson(take));
  writeFileSync(join(folder, 'S01_S01_take01.png'), 'picture');
  const outside = tempFolder();
  plantWaysOut(root, outside);
  return { root, workspace, outside };
}

async function sceneOf(root: string) {
  const [placed] = allScenes((await readProject(root)).value);
  if (placed === undefined) throw new Error('no scene');
  return placed.scene.id;
}

test('a scene shows its shots, and those whose folders lead out with their problem', async () => {
  const { root } = await hostileFilm();
  const shots = await shotViews(root, await sceneOf(root));
  expect(shots.map(({ address, problem }) => [address, problem?.code])).toEqual([
    ['01/01/01', undefined],
    ['01/01/02', 'path-outside'],
    ['01/01/03', 'path-outside'],
    ['01/01/04', 'path-outside'],
  ]);
});

test('of a take that is a link nothing is read', async () => {
  const { root } = await hostileFilm();
  const [first] = await shotViews(root, await sceneOf(root));
  if (first === undefined) throw new Error('no shot');
  const takes = await takeViews(root, await findShotById(root, first.id));
  expect(takes.map(({ number, media }) => [number, media])).toEqual([
    [1, 'present'],
    [2, 'missing'],
  ]);
});

test('validate names every one, and the address of the shot', async () => {
  const { root } = await hostileFilm();
  const problems = await validateProject(root, { git: false });
  const said = problems.map(({ path, code, message }) => `${basename(path)} ${code} ${message}`).join('\n');
  expect(said).toMatch(/shotlist\.json path-outside .*01\/01\/02/);
  expect(said).toMatch(/shotlist\.json path-outside .*01\/01\/03/);
  expect(said).toContain('S01_S01_take02.png media-link');
  expect(said).toMatch(/S01_S01_take03\.json file-unreadable .*it is a link/);
  expect(said).toMatch(/S01_S01_take04\.json file-unreadable .*it is not a regular file/);
});

test('an edit is made and committed, and what lies outside is as it was', async () => {
  const { root, outside } = await hostileFilm();
  const before = snapshot(outside);
  const { commit } = await commitEdit(root, () => addChapter(root, 'Four'));
  expect(commit).toEqual({ state: 'committed' });
  expect(changes(before, snapshot(outside))).toEqual([]);
});

test('nothing is written through a link in place of .auteur', async () => {
  const { root, outside } = await hostileFilm();
  rmSync(join(root, '.auteur'), { recursive: true });
  symlinkSync(outside, join(root, '.auteur'));
  const before = snapshot(outside);
  await expect(addChapter(root, 'Four')).rejects.toMatchObject({ code: 'path-outside' });
  expect(changes(before, snapshot(outside))).toEqual([]);
});

test('a manifest that is a link out, or a pipe, is not read', async () => {
  const { root } = await hostileFilm();
  const own = tempFolder();
  writeFileSync(join(own, 'private.json'), '{}');
  rmSync(join(root, 'project.json'));
  symlinkSync(join(own, 'private.json'), join(root, 'project.json'));
  expect((await projectSummary(root)).problem?.code).toBe('path-outside');
  rmSync(join(root, 'project.json'));
  execFileSync('mkfifo', [join(root, 'project.json')]);
  expect((await projectSummary(root)).problem?.code).toBe('file-unreadable');
});

test('a pipe in place of a neighbour’s manifest keeps no film from being made', async () => {
  const { root, workspace } = await hostileFilm();
  rmSync(join(root, 'project.json'));
  execFileSync('mkfifo', [join(root, 'project.json')]);
  const made = await createProjectFolder({
    name: 'test film',
    workspace,
    quality: 'low',
    structure: 'three-act',
  });
  expect(basename(made)).toBe('test_film_2');
});
