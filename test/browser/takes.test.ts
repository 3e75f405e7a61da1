import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ShotList, type Shot } from '../../src/core/model/shotList.ts';
import type { Take } from '../../src/core/model/take.ts';
import { commitPaths } from '../../src/core/storage/commit.ts';
import { addScene, addShot } from '../../src/core/storage/filmEdits.ts';
import { formatJson } from '../../src/core/storage/jsonFile.ts';
import { createProjectFolder } from '../../src/core/storage/scaffold.ts';
import { repeat } from '../lib/repeat.ts';
import { makeClip } from '../lib/tinyMedia.ts';
import type { TestHome } from '../lib/testHome.ts';
import { testWindow } from '../lib/testWindow.ts';
import type { Workbench } from '../lib/workbench.ts';

const list = '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json';
const folder = '03_Renders/Chapter_01/Scene_01/Shot_01';
const patience = { timeout: 60_000 };
const shared = testWindow('takes');
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
  await addShot(root, '01/01', { description: 'A woman waits under the clock', size: 'MS' });
  await commitPaths(root, { paths: ['project.json', list], media: [], message: 'Write' });
  workbench = await shared.open(home.env, home.workspace);
  await workbench.openActivity('Auteur');
  await workbench.collapseView('Assets');
  await workbench.expand('Night Train', /^01 {2}Act One/, /^01 {2}The platform/);
});

function theShot(): Shot | undefined {
  return ShotList.parse(JSON.parse(readFileSync(join(root, list), 'utf8'))).shots[0];
}

function pictures(): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder)).filter((name) => name.endsWith('.png'));
}

/**
 * Chooses from a menu until it has come to pass: a menu that is open while the tree draws its film anew has lost its
 * node, and its command asks for the place.
 */
async function choose(label: string | RegExp, item: string, effect: () => Promise<unknown>): Promise<void> {
  await repeat(async () => {
    await workbench.page.keyboard.press('Escape');
    await workbench.chooseFromContextMenu(label, item);
    await effect();
  });
}

function says(label: RegExp, text: string): () => Promise<void> {
  return () => expect.poll(() => words(label), { timeout: 5_000 }).toContain(text);
}

function dialogSays(text: string): () => Promise<void> {
  return () => workbench.modalDialog().getByText(text).waitFor({ timeout: 5_000 });
}

function pageSays(text: string): () => Promise<void> {
  return () => page(text).waitFor({ timeout: 5_000 });
}

function page(text: string): Locator {
  return workbench.webviewEditor('main').filter({ hasText: text });
}

async function words(label: RegExp): Promise<string> {
  return workbench.treeRow(label).innerText();
}

async function answerDialog(button: string): Promise<void> {
  await workbench.modalDialog().getByRole('button', { name: button, exact: true }).click();
}

/** By its command, which keeps the layout first: a browser that loads its page anew may lose what is newer than a minute. */
async function reloadWindow(): Promise<void> {
  await workbench.page.evaluate('document.body.dataset.old = "yes"');
  await workbench.runCommand('Developer: Reload Window');
  await workbench.page.locator('body:not([data-old]) .monaco-workbench').waitFor({ timeout: 60_000 });
}

/** Each step builds on the one before. */
describe('takes in the tree', () => {
  it('are rated, approved and rejected from their menu', { timeout: 120_000 }, async () => {
    for (let count = 1; count <= 3; count++) {
      await workbench.chooseFromContextMenu(/^01 {2}A woman waits/, 'Generate Take');
      await expect.poll(() => pictures().length, patience).toBe(count);
    }
    await workbench.treeRow(/^Take 03/).waitFor();
    const asked = workbench.quickInputAsking('How good is it?');
    await choose(/^Take 01/, 'Rate…', () => asked.waitFor({ timeout: 5_000 }));
    await workbench.answerPick('How good is it?', '★★★★★');
    await expect.poll(() => words(/^Take 01/)).toContain('★★★★★');
    await choose(/^Take 01/, 'Approve', says(/^Take 01/, '★★★★★ · approved'));
    await choose(/^Take 03/, 'Reject', says(/^Take 03/, 'rejected'));
    await expect.poll(() => words(/^Take 02/)).toContain('latest');
    expect(Object.values(theShot()?.reviews ?? {})).toEqual([
      { rating: 5, status: 'approved' },
      { status: 'rejected' },
    ]);
  });

  it('get a note with F2', async () => {
    const row = workbench.treeRow(/^Take 02/);
    await repeat(async () => {
      await row.click({ timeout: 3_000 });
      await row.and(workbench.page.locator('.focused')).waitFor({ timeout: 3_000 });
      await workbench.page.keyboard.press('F2');
      await workbench.quickInputAsking('What is to be said of it?').waitFor({ timeout: 3_000 });
    });
    await workbench.answerInput('What is to be said of it?', 'The light is better here');
    const notes = () => Object.values(theShot()?.reviews ?? {}).map(({ note }) => note);
    await expect.poll(notes).toContain('The light is better here');
  });

  it('become stale when their shot changes, and the tree says so', async () => {
    await choose(/^Take 01/, 'Make Active Take', says(/^Take 01/, 'active'));
    const asked = workbench.quickInputAsking('What do you want to change?');
    await choose(/^01 {2}A woman waits/, 'Edit…', () => asked.waitFor({ timeout: 5_000 }));
    await workbench.answerPick('What do you want to change?', 'Shot size');
    await workbench.answerPick('Shot size', 'CU');
    await expect.poll(() => words(/^01 {2}A woman waits/)).toContain('stale');
    await expect.poll(() => words(/^Take 02/)).toContain('stale');
    await workbench.screenshot('takes-tree');
  });

  it('are made anew where they are stale, after asking', { timeout: 120_000 }, async () => {
    await choose('Night Train', 'Regenerate Stale', dialogSays('Generate 1 take, for the shot'));
    await answerDialog('Generate');
    await expect.poll(() => pictures().length, patience).toBe(4);
    await workbench.treeRow(/^Take 04/).waitFor();
    await expect.poll(() => words(/^01 {2}A woman waits/)).toContain('4 takes');
  });

  it('tell how they were made', async () => {
    await choose(/^Take 02/, 'How Was This Made', pageSays('How it was made'));
    const recipe = page('How it was made');
    await recipe.getByText('A woman waits under the clock').first().waitFor();
    await recipe.getByText(/Changed since it was made: size/).waitFor();
    await recipe.locator('img.picture').waitFor();
    const widthOf = (image: HTMLImageElement): number => image.naturalWidth;
    await expect.poll(() => recipe.locator('img.picture').evaluate(widthOf)).toBe(1920);
    await workbench.screenshot('takes-recipe');
  });

  it('stand side by side with what differs of their recipes', async () => {
    await choose(/^Take 02/, 'Compare with Active', pageSays('Side by Side'));
    const compared = page('Side by Side');
    await compared.getByRole('heading', { name: 'Different' }).waitFor();
    expect(await compared.locator('tr.differs').first().innerText()).toContain('Seed');
    await workbench.screenshot('takes-compare');
    await compared.getByText('Wipe').click();
    await compared.locator('.stack .over').waitFor();
    await workbench.screenshot('takes-wipe');
  });

  it('show what a shot would be asked with, each word with its source', async () => {
    await choose(/^01 {2}A woman waits/, 'Preview Prompt', pageSays('As one text'));
    await page('As one text').getByText('shot 01/01/01: description').waitFor();
    await workbench.screenshot('takes-prompt');
  });

  it('have their pages again when the window is loaded anew; that of one that is gone says so', async () => {
    await choose(/^Take 03/, 'How Was This Made', pageSays('How it was made'));
    await workbench.editorTab('Take 03 of 01/01/01').waitFor();
    await choose(/^Take 03/, 'Delete Take…', dialogSays('Delete take 3 of shot 01/01/01?'));
    await answerDialog('Delete');
    await workbench.treeRow(/^Take 03/).waitFor({ state: 'detached' });
    await reloadWindow();
    await workbench.editorTab('Take 03 of 01/01/01').click();
    await page('is not in the film any more').waitFor();
    await workbench.screenshot('takes-page-gone');
    await workbench.runCommand('Auteur: Undo Edit');
    await page('How it was made').locator('img.picture').waitFor();
    for (const [tab, text] of [
      ['Take 02 of 01/01/01', 'How it was made'],
      ['↔', 'Side by Side'],
      ['Prompt of 01/01/01', 'As one text'],
    ] as const) {
      await workbench.editorTab(tab).click();
      await page(text).waitFor();
    }
    await workbench.screenshot('takes-page-restored');
    for (const row of [/^01 {2}Act One/, /^01 {2}The platform/, /^01 {2}A woman waits/])
      await workbench.expand(row);
    await workbench.treeRow(/^Take 03/).waitFor();
  });

  it('are deleted after asking, and Undo Edit brings them back', async () => {
    await choose(/^Take 01/, 'Delete Take…', dialogSays('Delete take 1 of shot 01/01/01?'));
    await answerDialog('Delete');
    await workbench.treeRow(/^Take 01/).waitFor({ state: 'detached' });
    expect(pictures()).not.toContain('S01_S01_take01.png');
    await workbench.runCommand('Auteur: Undo Edit');
    await workbench.treeRow(/^Take 01/).waitFor();
    expect(pictures()).toContain('S01_S01_take01.png');
    await expect.poll(() => words(/^Take 01/)).toContain('active');
  });

  it('of two branches are told when they clash, and each gets a number of its own', async () => {
    await clash();
    const message = await workbench.notification('that two branches have made under one number: 1.');
    await workbench.screenshot('takes-unmerged');
    await message.getByRole('button', { name: 'Fix Take Numbers' }).click();
    await expect.poll(() => git('ls-files', '--unmerged'), patience).toBe('');
    await workbench.treeRow(/^Take 06/).waitFor();
    expect(pictures()).toContain('S01_S01_take06.png');
  });

  it('that move play where they are shown', async () => {
    await film('S01_S01_take07');
    await choose(/^Take 07/, 'How Was This Made', pageSays('0.5 s'));
    const video = page('0.5 s').locator('video.picture');
    await expect.poll(() => video.evaluate((one: HTMLVideoElement) => one.readyState)).toBeGreaterThan(1);
    expect(await video.evaluate((one: HTMLVideoElement) => [one.videoWidth, one.error])).toEqual([64, null]);
    await workbench.screenshot('takes-video');
    await page('0.5 s').getByRole('button', { name: 'Open Video' }).click();
    await workbench.editorTab('S01_S01_take07.webm').waitFor();
  });
});

/** A take that moves, as the recorder leaves it. */
async function film(name: string): Promise<void> {
  const made = JSON.parse(readFileSync(join(root, folder, 'S01_S01_take04.json'), 'utf8')) as Take;
  await makeClip(join(root, folder), `${name}.webm`);
  const [first] = made.files;
  const file = {
    ...first,
    name: `${name}.webm`,
    mediaType: 'video/webm',
    width: 64,
    height: 48,
    duration: 0.5,
  };
  const text = formatJson({ ...made, id: 'moving', number: 7, files: [file] });
  writeFileSync(join(root, folder, `${name}.json`), text);
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', env: { ...process.env, ...home.env } });
}

/** Take 05 is made on two branches, and merged. */
async function clash(): Promise<void> {
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message', 'As it is');
  git('branch', 'other');
  for (const branch of ['main', 'other']) {
    git('checkout', '--quiet', branch);
    const name = 'S01_S01_take05';
    const made = JSON.parse(readFileSync(join(root, folder, 'S01_S01_take04.json'), 'utf8')) as Take;
    const files = made.files.map((file) => ({ ...file, name: `${name}.png` }));
    writeFileSync(join(root, folder, `${name}.json`), formatJson({ ...made, id: branch, number: 5, files }));
    copyFileSync(join(root, folder, 'S01_S01_take04.png'), join(root, folder, `${name}.png`));
    git('add', '--all');
    git('commit', '--quiet', '--message', `Take 05 on ${branch}`);
  }
  expect(() => git('merge', '--quiet', 'main')).toThrow();
}
