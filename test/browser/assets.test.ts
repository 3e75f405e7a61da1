import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { searchFilm } from '../../src/core/storage/filmSearch.ts';
import { readAssetViews } from '../../src/core/storage/assetViews.ts';
import { dropOnto, type Dropped } from '../lib/dropOnto.ts';
import { mediaFile } from '../lib/importFiles.ts';
import { repositoryRoot } from '../lib/paths.ts';
import { smallFilm } from '../lib/smallFilm.ts';
import { repeat, soon } from '../lib/repeat.ts';
import type { TestHome } from '../lib/testHome.ts';
import { testWindow } from '../lib/testWindow.ts';
import type { VscodeServer } from '../lib/vscodeServer.ts';
import type { Workbench } from '../lib/workbench.ts';

const shared = testWindow('assets');
let home: TestHome;
let workbench: Workbench;
let root: string;
let server: VscodeServer;

beforeAll(async () => {
  home = await shared.makeHome();
  ({ root } = await smallFilm(home.workspace, 'Night Train'));
  const stock = join(home.workspace, 'Stock');
  mkdirSync(stock);
  cpSync(join(repositoryRoot, 'media', 'icon.png'), join(stock, 'platform.png'));
  cpSync(join(repositoryRoot, 'LICENSE'), join(stock, 'words.txt'));
  server = await shared.startServer({ env: home.env });
  workbench = await shared.openOn(server, { folder: home.workspace });
  await workbench.openActivity('Auteur');
  await workbench.expand('Night Train', /^01 {2}Act One/);
});

async function names(): Promise<readonly string[]> {
  return (await readAssetViews(root)).map(({ category, name }) => `${category}/${name}`);
}

/** A picture that is not in the film; pictures of the same mark are the same. */
function media(name: string, mark = name): string {
  return mediaFile(join(home.root, 'Media'), name, mark);
}

function uris(...paths: readonly string[]): Dropped {
  return { uris: paths.map((path) => server.remotePath(path)) };
}

/** Until it has brought about what it should: what is dropped while the tree is drawn anew is dropped on nothing. */
async function drop(label: string, what: Dropped, brought: () => Promise<unknown>): Promise<void> {
  await repeat(async () => {
    await workbench.drawn();
    await dropOnto(workbench.page, workbench.treeRow(label), what);
    await brought();
  });
}

/** The size of the largest file in the film; one may go while it is looked at. */
function largest(): number {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const found = entries
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0);
  return Math.max(...found);
}

/** Of the platform. */
async function files(): Promise<readonly string[]> {
  const found = (await readAssetViews(root)).find(({ name }) => name === 'platform');
  return (found?.files ?? []).map(({ name }) => name);
}

async function says(text: string): Promise<void> {
  await workbench.notification(text);
  await workbench.runCommand('Notifications: Clear All Notifications');
}

/** Each step builds on the one before. */
describe('assets in the editor', () => {
  it('makes a character from the line of its category', async () => {
    await workbench.chooseFromContextMenu('Characters', 'New Asset…', workbench.quickInputAsking('Name'));
    await workbench.answerInput('Name', 'Ada');
    await workbench.answerInput('How does it look?', 'Tall, in a blue overall');
    await workbench.treeRow('Ada').and(workbench.page.locator('[aria-selected="true"]')).waitFor();
    expect(await readAssetViews(root)).toMatchObject([
      { category: 'characters', name: 'Ada', description: 'Tall, in a blue overall' },
    ]);
  });

  it('gives the character to a shot by dragging it there', async () => {
    await workbench.expand(/^01 {2}.*7/);
    const query = { words: [], characters: ['Ada'] };
    await workbench.drag(workbench.treeRow('Ada'), workbench.treeRow(/^01 {2}.*9:15/), () =>
      expect.poll(async () => (await searchFilm(root, query)).length, soon).toBe(1),
    );
  });

  it('moves it to a new folder by its menu, and back to its category by dragging it there', async () => {
    const folder = async () => (await readAssetViews(root)).find(({ name }) => name === 'Ada')?.folder;
    await workbench.chooseFromContextMenu(
      'Ada',
      'Move to Folder…',
      workbench.quickInputAsking('Choose a folder'),
    );
    await workbench.answerPick('Choose a folder', 'New Folder…');
    await workbench.answerInput('A folder within Characters', 'Crew/Deck');
    await expect.poll(folder).toBe('01_Assets/Characters/Crew/Deck/Ada');
    await workbench.treeRow('Deck').waitFor();
    await workbench.treeRow('Ada').waitFor();
    await workbench.screenshot('assets-moved');
    await workbench.drag(workbench.treeRow('Ada'), workbench.treeRow('Characters'), () =>
      expect.poll(folder, soon).toBe('01_Assets/Characters/Ada'),
    );
    await workbench.treeRow('Deck').waitFor({ state: 'detached' });
  });

  it('imports a file that is dragged from the Explorer, and draws it', async () => {
    await workbench.runCommand('View: Move View');
    await workbench.answerPick('Select a View to Move', 'Assets');
    await workbench.answerPick('Select a Destination', 'Explorer');
    await workbench.openActivity('Explorer');
    await workbench.expand('Stock');
    await workbench.drag(workbench.treeRow('platform.png'), workbench.treeRow('Locations'), () =>
      expect.poll(names, soon).toContain('locations/platform'),
    );
    await workbench.treeRow('platform').waitFor();
    expect(existsSync(join(root, '01_Assets/Locations/platform/platform.png'))).toBe(true);
    await workbench.screenshot('assets-light');
  });

  it('refuses a file that is no picture, in one sentence', async () => {
    await workbench.drag(workbench.treeRow('words.txt'), workbench.treeRow('Locations'), () =>
      workbench.notification('words.txt was not imported'),
    );
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('imports files and a folder that are dropped together on a category, or on a folder within it', async () => {
    const dropped = [media('pier.png'), media('mole.png'), dirname(media('Old Town/square.png'))];
    await drop('Locations', uris(...dropped), () =>
      expect.poll(names, soon).toEqual(expect.arrayContaining(['locations/pier', 'locations/mole'])),
    );
    const folderOf = async (name: string) =>
      (await readAssetViews(root)).find((one) => one.name === name)?.folder;
    expect(await folderOf('square')).toBe('01_Assets/Locations/Old_Town/square');
    await drop('Old_Town', uris(media('church.png')), () =>
      expect.poll(() => folderOf('church'), soon).toBe('01_Assets/Locations/Old_Town/church'),
    );
  });

  it('gives a file to the asset it is dropped on, and not twice', async () => {
    await drop('platform', uris(media('night.png')), () =>
      expect.poll(files, soon).toEqual(['night.png', 'platform.png']),
    );
    await drop('platform', uris(media('again.png', 'night.png')), () =>
      says('it is the same as night.png, which is there already.'),
    );
    expect(await files()).toEqual(['night.png', 'platform.png']);
  });

  it.each([
    ['Skip', ['night.png', 'platform.png'], 'night.png'],
    ['Keep Both', ['night_2.png', 'night.png', 'platform.png'], 'night.png'],
    ['Replace', ['night_2.png', 'night.png', 'platform.png'], 'Replace'],
  ])('asks what becomes of a file that is there already: %s', async (button, expected, content) => {
    const source = media('other/night.png', button);
    const dialog = workbench.modalDialog();
    await drop('platform', uris(source), () =>
      dialog.getByText('Already there (1): night.png.').waitFor(soon),
    );
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await says(button === 'Skip' ? 'night.png is there already.' : '1 file imported.');
    expect(await files()).toEqual(expected);
    const now = readFileSync(join(root, '01_Assets/Locations/platform/night.png'), 'latin1');
    expect(now.endsWith(content)).toBe(true);
  });

  it('imports a folder by its dialog, which begins in the stock media, with what fits of it', async () => {
    const stock = join(home.workspace, 'Library', 'Stock_Media');
    mediaFile(join(stock, 'Noir'), 'street.png');
    writeFileSync(join(stock, 'Noir', 'notes.txt'), 'no picture');
    await workbench.chooseFromContextMenu('Styles', 'Import Folder…');
    await expect.poll(() => workbench.quickInput().inputValue()).toContain('Library/Stock_Media');
    await workbench.answerFileDialog(join(stock, 'Noir'));
    await expect.poll(names).toContain('styles/street');
    await says('notes.txt is no picture.');
  });

  it('imports files of the desktop, of which a browser hands over the content alone', async () => {
    const bytes = [...readFileSync(media('desktop.png'))];
    await drop('Locations', { files: [{ name: 'desktop.png', bytes }] }, () =>
      expect.poll(names, soon).toContain('locations/desktop'),
    );
    const made = join(root, '01_Assets/Locations/desktop/desktop.png');
    await expect.poll(() => existsSync(made) && [...readFileSync(made)], soon).toEqual(bytes);
  });

  it('says where to turn with what a browser does not hand over', async () => {
    await drop('Locations', { files: [{ name: 'A Folder', bytes: [] }] }, () =>
      says('The browser does not hand over what was dropped'),
    );
  });

  it('stops in the middle of a large file, and leaves nothing behind', async () => {
    const large = media('large.png');
    truncateSync(large, 2 * 1024 ** 3);
    const before = await names();
    await drop('Locations', uris(large), () => workbench.notification('Importing'));
    const message = await workbench.notification('Importing');
    await workbench.screenshot('assets-importing');
    await message.getByRole('button', { name: 'Cancel' }).click();
    await message.waitFor({ state: 'detached' });
    await expect.poll(largest, { timeout: 10_000 }).toBeLessThan(1024 ** 2);
    expect(await names()).toEqual(before);
    rmSync(large);
  });

  it('deletes with the Delete key, says where it is used, and undo brings it back', async () => {
    const row = workbench.treeRow('Ada');
    await workbench.select(row);
    await workbench.page.keyboard.press('Delete');
    const dialog = workbench.modalDialog();
    expect(await dialog.innerText()).toContain('It is used in 01/01/01');
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await row.waitFor({ state: 'detached' });
    await workbench.select(workbench.treeRow('Characters'));
    await workbench.page.keyboard.press('Control+z');
    await row.waitFor();
    expect(readFileSync(join(root, 'project.json'), 'utf8')).toContain('"Ada"');
    await workbench.setSettings(home.workspace, { 'workbench.colorTheme': 'Default Dark Modern' });
    await workbench.page.locator('.monaco-workbench.vs-dark').waitFor();
    await workbench.screenshot('assets-dark');
  });
});
