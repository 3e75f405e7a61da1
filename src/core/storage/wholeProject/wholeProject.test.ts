import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { quiet, shotsIn, writeTake } from '../../../../test/lib/recordedTake.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { testFilm } from '../../../../test/lib/testFilm.ts';
import { commitPaths } from '../commit.ts';
import { setActiveTake } from '../filmEdits.ts';
import { readProject } from '../projectFiles.ts';
import { validateProject } from '../validate.ts';
import { duplicateProject } from './duplicateProject.ts';
import { trashProject } from './trashProject.ts';

function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A film with a committed, active take and an asset with a picture. */
async function filmWithTake() {
  const film = await testFilm({ shots: 2 });
  const { root } = film;
  const [placed] = await shotsIn(root);
  if (placed === undefined) throw new Error('no shot');
  const { take, media, sidecar } = await writeTake(root, { placed, number: 1 });
  await setActiveTake(root, placed.address, take.id);
  const asset = '01_Assets/Characters/Ada/face.png';
  mkdirSync(dirname(join(root, asset)), { recursive: true });
  writeFileSync(join(root, asset), 'face');
  const paths = [media, sidecar, asset, placed.scene.shotList];
  await commitPaths(root, { paths, media: [media, asset], message: 'A take' });
  return { ...film, asset, media, sidecar, placed };
}

describe('a duplicate', () => {
  test('has text and assets, ids and a history of its own, and no takes', async () => {
    const { root, workspace, asset, placed } = await filmWithTake();
    const copy = await duplicateProject({ root, name: 'Test: Film?', takes: false }, quiet());
    expect(copy).toBe(join(workspace, 'Projects', 'Test_Film_2'));
    const [before, after] = [(await readProject(root)).value, (await readProject(copy)).value];
    expect(after.name).toBe('Test: Film?');
    expect(after.id).not.toBe(before.id);
    expect(readFileSync(join(copy, asset), 'utf8')).toBe('face');
    const [shot] = await shotsIn(copy);
    expect(shot?.shot).toMatchObject({ description: placed.shot.description, number: 1 });
    expect(shot?.shot.id).not.toBe(placed.shot.id);
    expect(shot?.shot.activeTake).toBeUndefined();
    expect(readdirSync(join(copy, '03_Renders'))).toEqual(['.gitkeep']);
    expect(await validateProject(copy, { git: true })).toEqual([]);
    expect(git(copy, 'log', '--format=%s')).toBe('Begin the project\n');
    expect(git(copy, 'status', '--porcelain')).toBe('');
    expect(git(copy, 'lfs', 'fsck')).toContain('OK');
  });

  test('with takes keeps what was decided about them', async () => {
    const { root, media, placed } = await filmWithTake();
    const copy = await duplicateProject({ root, name: 'With Takes', takes: true }, quiet());
    expect(readFileSync(join(copy, media), 'utf8')).toBe('picture 1');
    expect((await shotsIn(copy))[0]?.shot.activeTake).toBe(`${placed.shot.id}-1`);
    expect(await validateProject(copy, { git: true })).toEqual([]);
    expect(git(copy, 'lfs', 'fsck')).toContain('OK');
  });

  test('of a name that is there already is refused, and nothing is left', async () => {
    const { root, workspace } = await filmWithTake();
    const again = duplicateProject({ root, name: 'Test Film', takes: false }, quiet());
    await expect(again).rejects.toMatchObject({ code: 'folder-exists' });
    expect(readdirSync(join(workspace, 'Projects'))).toEqual(['Test_Film']);
  });

  test.each([
    ['film-holds-link', (root: string) => symlinkSync('/etc/passwd', join(root, '01_Assets', 'passwd'))],
    [
      'paths-clash',
      (root: string) => ['Ä.png', 'ä.png'].forEach((name) => writeFileSync(join(root, name), 'x')),
    ],
    ['path-not-portable', (root: string) => writeFileSync(join(root, '01_Assets', 'aux.png'), 'x')],
    [
      'media-not-here',
      (root: string) =>
        writeFileSync(
          join(root, '01_Assets', 'a.png'),
          'version https://git-lfs.github.com/spec/v1\noid …\n',
        ),
    ],
  ])('is refused for what cannot go along: %s', async (code, plant) => {
    const { root, workspace } = await testFilm();
    plant(root);
    const copy = duplicateProject({ root, name: 'Copy', takes: false }, quiet());
    await expect(copy).rejects.toMatchObject({ code });
    expect(readdirSync(join(workspace, 'Projects'))).toEqual(['Test_Film']);
  });

  test('that is cancelled leaves nothing', async () => {
    const { root, workspace } = await filmWithTake();
    const controller = new AbortController();
    const tell = ({ step }: { step: string }) => {
      if (step === 'copying') controller.abort();
    };
    const copy = duplicateProject({ root, name: 'Copy', takes: true }, { signal: controller.signal, tell });
    await expect(copy).rejects.toMatchObject({ code: 'work-cancelled' });
    expect(readdirSync(join(workspace, 'Projects'))).toEqual(['Test_Film']);
  });
});

describe('deleting a film', () => {
  const isBusy = async (): Promise<boolean> => false;

  test('moves it to the trash of its workspace, whole', async () => {
    const { root, workspace, media } = await filmWithTake();
    const path = await trashProject({ root, name: ' Test Film ', isBusy });
    expect(dirname(path)).toBe(join(workspace, '.trash'));
    expect(basename(path)).toMatch(/^Test_Film-\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d$/);
    expect(existsSync(root)).toBe(false);
    expect(readFileSync(join(path, media), 'utf8')).toBe('picture 1');
    expect(git(path, 'status', '--porcelain')).toBe('');
    expect(readdirSync(join(path, '.auteur'))).not.toContain('lock');
  });

  test.each([
    ['name-differs', 'test film', isBusy],
    ['project-busy', 'Test Film', async () => true],
  ])('is refused: %s', async (code, name, busy) => {
    const { root } = await testFilm();
    await expect(trashProject({ root, name, isBusy: busy })).rejects.toMatchObject({ code });
    expect(existsSync(join(root, 'project.json'))).toBe(true);
  });

  test.each([
    ['not-a-project', '{"name":"Theirs"}', false],
    ['file-unreadable', '{"name":"Theirs"}', true],
  ])('refuses a folder of another tool, and touches nothing: %s', async (code, manifest, marked) => {
    const root = join(tempFolder(), 'Theirs');
    mkdirSync(join(root, ...(marked ? ['.auteur'] : [])), { recursive: true });
    writeFileSync(join(root, 'project.json'), manifest);
    if (marked) writeFileSync(join(root, '.auteur', 'project.schema.json'), '{}');
    await expect(trashProject({ root, name: 'Theirs', isBusy })).rejects.toMatchObject({ code });
    expect(readdirSync(root).sort()).toEqual(marked ? ['.auteur', 'project.json'] : ['project.json']);
    expect(readdirSync(dirname(root))).toEqual(['Theirs']);
  });
});
