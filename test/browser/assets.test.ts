import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { searchFilm } from '../../src/core/storage/filmSearch.ts';
import { readAssetViews } from '../../src/core/storage/assetViews.ts';
import { repositoryRoot } from '../lib/paths.ts';
import { smallFilm } from '../lib/smallFilm.ts';
import type { TestHome } from '../lib/testHome.ts';
import { testWindow } from '../lib/testWindow.ts';
import type { Workbench } from '../lib/workbench.ts';

const shared = testWindow('assets');
let home: TestHome;
let workbench: Workbench;
let root: string;

beforeAll(async () => {
  home = await shared.makeHome();
  ({ root } = await smallFilm(home.workspace, 'Night Train'));
  const stock = join(home.workspace, 'Stock');
  mkdirSync(stock);
  cpSync(join(repositoryRoot, 'media', 'icon.png'), join(stock, 'platform.png'));
  cpSync(join(repositoryRoot, 'LICENSE'), join(stock, 'words.txt'));
  workbench = await shared.open(home.env, home.workspace);
  await workbench.openActivity('Auteur');
  await workbench.treeRow('Night Train').waitFor();
  await workbench.expandAll();
});

async function names(): Promise<readonly string[]> {
  return (await readAssetViews(root)).map(({ category, name }) => `${category}/${name}`);
}

/** Each step builds on the one before. */
describe('assets in the editor', () => {
  it('makes a character from the line of its category', async () => {
    await workbench.chooseFromContextMenu('Characters', 'New Asset…');
    await workbench.answerInput('Name', 'Ada');
    await workbench.answerInput('How does it look?', 'Tall, in a blue overall');
    await workbench.treeRow('Ada').and(workbench.page.locator('[aria-selected="true"]')).waitFor();
    expect(await readAssetViews(root)).toMatchObject([
      { category: 'characters', name: 'Ada', description: 'Tall, in a blue overall' },
    ]);
  });

  it('gives the character to a shot by dragging it there', async () => {
    await workbench.expand(/^01 {2}.*7/);
    await workbench.drag(workbench.treeRow('Ada'), workbench.treeRow(/^01 {2}.*9:15/));
    const query = { words: [], characters: ['Ada'] };
    await expect.poll(async () => (await searchFilm(root, query)).length).toBe(1);
  });

  it('moves it to a new folder by its menu, and back to its category by dragging it there', async () => {
    const folder = async () => (await readAssetViews(root)).find(({ name }) => name === 'Ada')?.folder;
    await workbench.chooseFromContextMenu('Ada', 'Move to Folder…');
    await workbench.answerPick('Choose a folder', 'New Folder…');
    await workbench.answerInput('A folder within Characters', 'Crew/Deck');
    await expect.poll(folder).toBe('01_Assets/Characters/Crew/Deck/Ada');
    await workbench.treeRow('Deck').waitFor();
    await workbench.treeRow('Ada').waitFor();
    await workbench.screenshot('assets-moved');
    await workbench.drag(workbench.treeRow('Ada'), workbench.treeRow('Characters'));
    await expect.poll(folder).toBe('01_Assets/Characters/Ada');
    await workbench.treeRow('Deck').waitFor({ state: 'detached' });
  });

  it('imports a file that is dragged from the Explorer, and draws it', async () => {
    await workbench.runCommand('View: Move View');
    await workbench.answerPick('Select a View to Move', 'Assets');
    await workbench.answerPick('Select a Destination', 'Explorer');
    await workbench.openActivity('Explorer');
    await workbench.expand('Stock');
    await workbench.drag(workbench.treeRow('platform.png'), workbench.treeRow('Locations'));
    await expect.poll(names).toContain('locations/platform');
    await workbench.treeRow('platform').waitFor();
    expect(existsSync(join(root, '01_Assets/Locations/platform/platform.png'))).toBe(true);
    await workbench.screenshot('assets-light');
  });

  it('refuses a file that is no picture, in one sentence', async () => {
    await workbench.drag(workbench.treeRow('words.txt'), workbench.treeRow('Locations'));
    await workbench.notification('words.txt was not imported');
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('says where to turn with files of the desktop, of which a browser keeps the path secret', async () => {
    const data = await workbench.page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['x'], 'desktop.png', { type: 'image/png' }));
      return transfer;
    });
    const row = workbench.treeRow('Locations');
    for (const event of ['dragenter', 'dragover', 'drop'])
      await row.dispatchEvent(event, { dataTransfer: data });
    await workbench.notification('The browser keeps secret where these files are');
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('deletes with the Delete key, says where it is used, and undo brings it back', async () => {
    const row = workbench.treeRow('Ada');
    await row.click();
    await workbench.page.keyboard.press('Delete');
    const dialog = workbench.modalDialog();
    expect(await dialog.innerText()).toContain('It is used in 01/01/01');
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await row.waitFor({ state: 'detached' });
    await workbench.treeRow('Characters').click();
    await workbench.page.keyboard.press('Control+z');
    await row.waitFor();
    expect(readFileSync(join(root, 'project.json'), 'utf8')).toContain('"Ada"');
    await workbench.setSettings(home.workspace, { 'workbench.colorTheme': 'Default Dark Modern' });
    await workbench.page.locator('.monaco-workbench.vs-dark').waitFor();
    await workbench.screenshot('assets-dark');
  });
});
