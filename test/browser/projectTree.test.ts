import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { commitPaths } from '../../src/core/storage/commit.ts';
import { addScene, addShot } from '../../src/core/storage/filmEdits.ts';
import { searchFilm } from '../../src/core/storage/filmSearch.ts';
import { createProjectFolder } from '../../src/core/storage/scaffold.ts';
import { writeBigFilm } from '../lib/bigFilm.ts';
import { shotsIn, writeTake } from '../lib/recordedTake.ts';
import { repeat, soon } from '../lib/repeat.ts';
import type { TestHome } from '../lib/testHome.ts';
import { testWindow } from '../lib/testWindow.ts';
import type { Workbench } from '../lib/workbench.ts';

const shared = testWindow('project-tree');
let home: TestHome;
let workbench: Workbench;
let root: string;

beforeAll(async () => {
  home = await shared.makeHome();
  const film = {
    name: 'Night Train',
    workspace: home.workspace,
    quality: 'low',
    structure: 'three-act',
  } as const;
  root = await createProjectFolder(film);
  await addScene(root, '01', 'The platform');
  await addScene(root, '02', 'The tunnel');
  for (const words of ['A clock', 'A train', 'A face']) await addShot(root, '01/01', { description: words });
  const lists = ['01_Scene_01', '02_Scene_02'].map(
    (name) => `02_Source_Creative/ShotLists/Chapter_${name}.shotlist.json`,
  );
  await commitPaths(root, { paths: ['project.json', ...lists], media: [], message: 'Write' });
  workbench = await shared.open(home.env, home.workspace);
  await workbench.openActivity('Auteur');
  await workbench.collapseView('Assets');
  await workbench.expand('Night Train', /^01 {2}Act One/, /^01 {2}The platform/);
  await workbench.expand(/^02 {2}Act Two/, /^02 {2}The tunnel/);
});

/** Addresses of the shots, as the files have them. */
async function shots(): Promise<readonly string[]> {
  const found = await searchFilm(root, { words: [], characters: [] });
  return found.map(({ address, description }) => `${address} ${description}`);
}

/** Each step builds on the one before. */
describe('the film in its tree', () => {
  it('puts shots in order by dragging them', async () => {
    await workbench.drag(workbench.treeRow(/^03 {2}A face/), workbench.treeRow(/^01 {2}A clock/), () =>
      expect.poll(shots, soon).toEqual(['01/01/03 A face', '01/01/01 A clock', '01/01/02 A train']),
    );
    const top = async (label: RegExp) => (await workbench.treeRow(label).boundingBox())?.y ?? 0;
    await expect.poll(async () => (await top(/^03 {2}A face/)) < (await top(/^01 {2}A clock/))).toBe(true);
  });

  it('moves a shot into another scene by dropping it there', async () => {
    await workbench.drag(workbench.treeRow(/^02 {2}A train/), workbench.treeRow(/^02 {2}The tunnel/), () =>
      expect.poll(shots, soon).toContain('02/02/01 A train'),
    );
    await workbench.expand(/^02 {2}The tunnel/);
    await workbench.treeRow(/^01 {2}A train/).waitFor();
  });

  it('refuses a drop that makes no sense, in one sentence', async () => {
    const before = await shots();
    await workbench.drag(workbench.treeRow(/^01 {2}A train/), workbench.treeRow('Night Train'), () =>
      workbench.notification('A shot cannot be moved into the film.'),
    );
    expect(await shots()).toEqual(before);
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('renames with F2', async () => {
    await workbench.select(workbench.treeRow(/^02 {2}The tunnel/));
    await workbench.page.keyboard.press('F2');
    await workbench.answerInput('Title', 'The dark');
    await workbench.treeRow(/^02 {2}The dark/).waitFor();
    expect(readFileSync(join(root, 'project.json'), 'utf8')).toContain('"title": "The dark"');
  });

  it('changes a value through a list of what there is', async () => {
    await workbench.chooseFromContextMenu(
      /^01 {2}A clock/,
      'Edit…',
      workbench.quickInputAsking('What do you want to change?'),
    );
    await workbench.answerPick('What do you want to change?', 'Shot size');
    await workbench.answerPick('Shot size', 'ECU');
    await expect.poll(() => workbench.treeRow(/^01 {2}A clock/).innerText()).toContain('ECU');
  });

  it('duplicates, and deletes with the Delete key after asking', async () => {
    await workbench.chooseFromContextMenu(/^01 {2}A clock/, 'Duplicate');
    const copy = workbench.treeRow(/^04 {2}A clock/);
    await copy.and(workbench.page.locator('[aria-selected="true"]')).waitFor();
    await workbench.select(copy);
    await workbench.page.keyboard.press('Delete');
    const dialog = workbench.modalDialog();
    expect(await dialog.innerText()).toContain('Delete shot 01/01/04, "A clock');
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await copy.waitFor({ state: 'detached' });
    expect((await shots()).length).toBe(3);
  });

  it('makes an asset where one is to be chosen and there is none, and puts it in', async () => {
    await workbench.chooseFromContextMenu(
      /^01 {2}A clock/,
      'Edit…',
      workbench.quickInputAsking('What do you want to change?'),
    );
    await workbench.answerPick('What do you want to change?', 'Characters');
    await workbench.answerPick('The film has nothing under Characters yet.', 'New Asset…');
    await workbench.answerInput('Name', 'Ada');
    await workbench.answerInput('How does it look?', 'Tall');
    await workbench.quickPick('Ada').waitFor();
    await workbench.quickInput().press('Enter');
    const list = join(root, '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json');
    await expect.poll(() => readFileSync(list, 'utf8'), soon).toContain('"characters"');
  });

  it('shows only what fits a filter, and everything again', async () => {
    await workbench.runCommand('Auteur: Filter Projects');
    await workbench.answerInput('Words of a shot or scene', 'clock');
    await workbench.treeRow(/^03 {2}A face/).waitFor({ state: 'detached' });
    await workbench.treeRow(/^01 {2}A clock/).waitFor();
    await workbench.treeRow(/^02 {2}The dark/).waitFor({ state: 'detached' });
    await workbench.screenshot('project-tree-filtered');
    await workbench.runCommand('Auteur: Clear Filter');
    await workbench.treeRow(/^02 {2}The dark/).waitFor();
  });

  it('goes to a shot, and to its line in the shot list as a symbol', async () => {
    await workbench.runCommand('Auteur: Go to Shot');
    await workbench.answerPick('Choose a shot', 'A face');
    const row = workbench.treeRow(/^03 {2}A face/);
    await row.and(workbench.page.locator('[aria-selected="true"]')).waitFor();
    await workbench.page.keyboard.press('Control+t');
    await workbench.quickInput().fill('#A train');
    await workbench.quickPick('A train').click();
    await workbench.editorTab('Chapter_02_Scene_02.shotlist.json').waitFor();
  });

  it('says how many takes it will make of a scene, or of a shot and a chapter together, and makes none unasked', async () => {
    const cancel = async (text: string): Promise<void> => {
      const dialog = workbench.modalDialog();
      expect(await dialog.innerText()).toContain(text);
      await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
    };
    await workbench.chooseFromContextMenu(/^01 {2}The platform/, 'Generate Take');
    await cancel('Generate 2 takes, one for each shot?');
    await workbench.select(workbench.treeRow(/^03 {2}A face/));
    await workbench.treeRow(/^02 {2}Act Two/).click({ modifiers: ['Control'] });
    await workbench.chooseFromContextMenu(/^02 {2}Act Two/, 'Generate Take');
    await cancel('Generate 2 takes, one for each shot?');
    const made = await searchFilm(root, { words: [], characters: [], status: 'unrated' });
    expect(made).toEqual([]);
  });

  it('says how many takes it will make of a whole film before it makes them', async () => {
    await workbench.chooseFromContextMenu('Night Train', 'Generate Take', workbench.modalDialog());
    const dialog = workbench.modalDialog();
    expect(await dialog.innerText()).toContain('Generate 3 takes, one for each shot?');
    await workbench.screenshot('project-tree-generate');
    await dialog.getByRole('button', { name: 'Generate', exact: true }).click();
    await expect
      .poll(async () => (await searchFilm(root, { words: [], characters: [], status: 'unrated' })).length, {
        timeout: 60_000,
      })
      .toBe(3);
    await workbench.screenshot('project-tree');
  });

  it('deletes the active take with the Delete key after asking, and none is active then', async () => {
    await workbench.expand(/^03 {2}A face/);
    const take = workbench.treeRow(/^Take 01/);
    await take.waitFor();
    await workbench.select(take);
    await repeat(async () => {
      await workbench.chooseFromContextMenu(/^Take 01/, 'Make Active Take');
      await take.filter({ hasText: 'active' }).waitFor({ timeout: 3_000 });
    });
    await workbench.select(take);
    await workbench.page.keyboard.press('Delete');
    const dialog = workbench.modalDialog();
    expect(await dialog.innerText()).toContain('Delete take 1 of shot 01/01/03?');
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await workbench
      .treeRow(/^03 {2}A face/)
      .filter({ hasText: 'no takes' })
      .waitFor();
    const list = '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json';
    expect(readFileSync(join(root, list), 'utf8')).not.toContain('activeTake');
  });

  it('shows what another program did to the takes of a scene that was closed meanwhile, and what it does then', async () => {
    const row = workbench.treeRow(/^01 {2}The platform/);
    await workbench.select(row);
    await workbench.page.keyboard.press('ArrowLeft');
    await row.and(workbench.page.locator('[aria-expanded="false"]')).waitFor();
    const placed = (await shotsIn(root)).find(({ address }) => address === '01/01/03');
    if (placed === undefined) throw new Error('The shot is gone.');
    const { sidecar, media } = await writeTake(root, { placed, number: 9 });
    await workbench.expand(/^01 {2}The platform/);
    const face = workbench.treeRow(/^03 {2}A face/);
    await face.filter({ hasText: '1 take' }).waitFor();
    for (const file of [sidecar, media]) rmSync(join(root, file));
    await face.filter({ hasText: 'no takes' }).waitFor();
  });

  it('asks for the name of a film where the Delete key meets its line, and for nothing on that of its documents', async () => {
    writeFileSync(join(root, '02_Source_Creative/Treatments/Draft.md'), '# Night\n');
    await workbench.select(workbench.treeRow('Documents'));
    await workbench.page.keyboard.press('Delete');
    await workbench.page.keyboard.press('F2');
    await workbench.select(workbench.treeRow('Night Train'));
    expect(await workbench.quickInput().count()).toBe(0);
    await workbench.page.keyboard.press('Delete');
    await workbench.quickInputAsking('Type the name of the film').waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.select(workbench.treeRow('Night Train'));
    await workbench.page.keyboard.press('F2');
    await workbench.answerInput('Name', 'Day Train');
    await workbench.treeRow('Day Train').waitFor();
    expect(readFileSync(join(root, 'project.json'), 'utf8')).toContain('"name": "Day Train"');
    expect(existsSync(root)).toBe(true);
  });

  it('shows how far it is with the takes of a large film that has just come, which can be opened', async () => {
    const elsewhere = join(home.root, 'Big_Film');
    writeBigFilm(elsewhere, { shots: 600, takes: 15, shotsInScene: 20 });
    // It is shown for a moment only.
    const seen = await workbench.page.evaluateHandle<string[]>(`(() => {
      const bar = document.querySelector('.part.statusbar');
      const seen = [];
      const options = { subtree: true, childList: true, characterData: true };
      new MutationObserver(() => seen.push(bar.textContent)).observe(bar, options);
      return seen;
    })()`);
    renameSync(elsewhere, join(home.workspace, 'Projects/Big_Film'));
    await workbench.expand('Big Film');
    await workbench
      .treeRow(/^01 {2}Chapter 1/)
      .last()
      .waitFor();
    const progress = /Auteur: reading the takes of "Big Film": \d+ %/;
    await expect.poll(async () => (await seen.jsonValue()).some((text) => progress.test(text))).toBe(true);
  });
});
