import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readAssetViews } from '../../src/core/storage/assetViews.ts';
import { commitPaths } from '../../src/core/storage/commit.ts';
import { addScene, addShot } from '../../src/core/storage/filmEdits.ts';
import { createProjectFolder } from '../../src/core/storage/scaffold.ts';
import { mediaFile } from '../lib/importFiles.ts';
import { soon } from '../lib/repeat.ts';
import type { TestHome } from '../lib/testHome.ts';
import { testWindow } from '../lib/testWindow.ts';
import type { Workbench } from '../lib/workbench.ts';

const list = '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json';
const shared = testWindow('whole-film');
let home: TestHome;
let workbench: Workbench;
let root: string;

beforeAll(async () => {
  home = await shared.makeHome();
  const { workspace } = home;
  root = await createProjectFolder({ name: 'Salt', workspace, quality: 'low', structure: 'three-act' });
  await addScene(root, '01', 'The harbour');
  await addShot(root, '01/01', { description: 'A crate is opened' });
  await commitPaths(root, { paths: ['project.json', list], media: [], message: 'Write' });
  workbench = await shared.open(home.env, workspace);
  await workbench.openActivity('Auteur');
  await workbench.treeRow('Salt').waitFor();
});

/** Each step builds on the one before. */
describe('the assets of a film in their menus', () => {
  it('are imported through the dialog', async () => {
    const picture = mediaFile(home.root, 'pier.png');
    await workbench.chooseFromContextMenu('Locations', 'Import…');
    await workbench.answerFileDialog(picture);
    await workbench.treeRow('pier').waitFor();
    expect(existsSync(join(root, '01_Assets/Locations/pier/pier.png'))).toBe(true);
  });

  it('are edited, a wardrobe with its descriptions', async () => {
    await workbench.chooseFromContextMenu('Characters', 'New Asset…', workbench.quickInputAsking('Name'));
    await workbench.answerInput('Name', 'Ada');
    await workbench.answerInput('How does it look?', 'Tall');
    await workbench.treeRow('Ada').waitFor();
    await workbench.chooseFromContextMenu(
      'Ada',
      'Edit…',
      workbench.quickInputAsking('What do you want to change?'),
    );
    await workbench.answerPick('What do you want to change?', 'Wardrobe');
    await workbench.answerInput('Wardrobe', 'Booth: blue overall; Premiere');
    const wardrobe = async () => (await readAssetViews(root)).find(({ name }) => name === 'Ada')?.wardrobe;
    await expect
      .poll(wardrobe)
      .toMatchObject([{ name: 'Booth', description: 'blue overall' }, { name: 'Premiere' }]);
  });

  it('say where they are used, and lead there', async () => {
    await workbench.expand('Salt');
    await workbench.expand(/^01 {2}Act One/);
    await workbench.expand(/^01 {2}The harbour/);
    await workbench.drag(workbench.treeRow('Ada'), workbench.treeRow(/^01 {2}A crate/), () =>
      expect.poll(() => readFileSync(join(root, list), 'utf8'), soon).toContain('"characters"'),
    );
    await workbench.chooseFromContextMenu(
      'Ada',
      'Where Used',
      workbench.quickInputAsking('Where "Ada" is used'),
    );
    await workbench.answerPick('Where "Ada" is used', '01/01/01');
    await workbench
      .treeRow(/^01 {2}A crate/)
      .and(workbench.page.locator('[aria-selected="true"]'))
      .waitFor();
  });
});

describe('a shot in its menu', () => {
  it('has its character in what it wears there', async () => {
    await workbench.chooseFromContextMenu(
      /^01 {2}A crate/,
      'Choose Wardrobe…',
      workbench.quickInputAsking('Who wears what in 01/01/01?'),
    );
    await workbench.answerPick('Who wears what in 01/01/01?', 'Ada: Booth');
    await expect.poll(() => readFileSync(join(root, list), 'utf8')).toContain('"wardrobe"');
  });

  it('gets what is dropped on its scene', async () => {
    await workbench.drag(workbench.treeRow('pier'), workbench.treeRow(/^01 {2}The harbour/), () =>
      expect.poll(() => readFileSync(join(root, 'project.json'), 'utf8'), soon).toMatch(/"location": "/),
    );
    await workbench
      .treeRow(/^01 {2}The harbour/)
      .filter({ hasText: 'pier' })
      .waitFor();
  });

  it('is not the film an asset is dropped on: a location is of scenes', async () => {
    await workbench.drag(workbench.treeRow('pier'), workbench.treeRow('Salt'), () =>
      workbench.notification('cannot be assigned'),
    );
    await workbench.runCommand('Notifications: Clear All Notifications');
  });
});

describe('a whole film in its menu', () => {
  it('gets another frame rate', async () => {
    await workbench.chooseFromContextMenu(
      'Salt',
      'Project Settings…',
      workbench.quickInputAsking('What do you want to change?'),
    );
    await workbench.answerPick('What do you want to change?', 'Frames a second');
    await workbench.answerPick('Frames a second', '25');
    await expect.poll(() => readFileSync(join(root, 'project.json'), 'utf8')).toContain('"fps": 25');
  });

  it('gets another resolution, aspect ratio and quality', async () => {
    const settings = [
      ['Resolution', '4096x2160', '"resolution":[4096,2160]'],
      ['Aspect ratio', '2.39:1', '"aspectRatio":"2.39:1"'],
      ['Quality', 'High', '"quality":"high"'],
    ] as const;
    for (const [setting, value, written] of settings) {
      await workbench.chooseFromContextMenu(
        'Salt',
        'Project Settings…',
        workbench.quickInputAsking('What do you want to change?'),
      );
      await workbench.answerPick('What do you want to change?', setting);
      await workbench.answerPick(setting, value);
      const text = (): string => readFileSync(join(root, 'project.json'), 'utf8').replaceAll(/\s/g, '');
      await expect.poll(text).toContain(written);
    }
  });

  it('is duplicated under another name', async () => {
    await workbench.chooseFromContextMenu(
      'Salt',
      'Duplicate Project…',
      workbench.quickInputAsking('Name of the new film'),
    );
    await workbench.answerInput('Name of the new film', 'Pepper');
    await workbench.quickPick('Text and assets').click();
    await workbench.treeRow('Pepper').waitFor();
    expect(existsSync(join(home.workspace, 'Projects/Pepper/01_Assets/Locations/pier/pier.png'))).toBe(true);
  });

  it('is packed, and unpacked again where it is not', async () => {
    const archive = join(home.root, 'salt.tar');
    await workbench.chooseFromContextMenu('Salt', 'Pack Project…');
    await workbench.answerFileDialog(archive);
    await workbench.notification('Packed into');
    expect(existsSync(archive)).toBe(true);
    await workbench.runCommand('Auteur: Unpack Project');
    await workbench.answerFileDialog(archive);
    await workbench.notification('This film is already in the workspace');
    renameSync(root, join(home.root, 'Salt as it was'));
    await workbench.runCommand('Auteur: Unpack Project');
    await workbench.answerFileDialog(archive);
    await expect.poll(() => existsSync(join(root, '01_Assets/Locations/pier/pier.png'))).toBe(true);
    expect(readFileSync(join(root, 'project.json'))).toEqual(
      readFileSync(join(home.root, 'Salt as it was', 'project.json')),
    );
  });
});

describe('media that were committed as plain files', () => {
  it('are told of when their film comes, and stored in Git LFS when asked', async () => {
    const elsewhere = join(home.root, 'elsewhere');
    const made = await createProjectFolder({
      name: 'Plain',
      workspace: elsewhere,
      quality: 'low',
      structure: 'three-act',
    });
    const picture = '01_Assets/Styles/grain.png';
    mediaFile(made, picture);
    const git = (cwd: string, ...args: readonly string[]): string =>
      execFileSync('git', args, { cwd, env: { ...process.env, ...home.env }, encoding: 'utf8' });
    const raw = ['filter.lfs.clean=', 'filter.lfs.process=', 'filter.lfs.required=false'];
    git(made, ...raw.flatMap((value) => ['-c', value]), 'add', picture);
    git(made, 'commit', '--quiet', '--message', 'Plain');
    const plain = join(home.workspace, 'Projects', 'Plain');
    renameSync(made, plain);
    await workbench.runCommand('Auteur: Refresh Projects');

    const message = await workbench.notification('Git LFS of "Plain" is not in order');
    await message.getByRole('button', { name: 'Convert…' }).click();
    const dialog = workbench.modalDialog();
    const words = await dialog.innerText();
    expect(words).toContain('git lfs migrate import --no-rewrite');
    expect(words).toContain('the history keeps its size');
    await workbench.screenshot('convert-media');
    await dialog.getByRole('button', { name: 'Convert', exact: true }).click();
    await workbench.notification('Media files stored in Git LFS: 1.');
    expect(git(plain, 'show', `HEAD:${picture}`)).toContain('version https://git-lfs');
    expect(git(plain, 'log', '-1', '--format=%s')).toBe(`Store ${picture} in Git LFS\n`);
    expect(git(plain, 'status', '--porcelain')).toBe('');
  });
});
