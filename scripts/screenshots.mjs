// Takes the pictures of the README and of the walkthrough from the running extension:
// `node scripts/screenshots.mjs [tour]`; with `tour` only those of the walkthrough.
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from '../test/lib/browser.ts';
import { createTestHome } from '../test/lib/testHome.ts';
import { startVscodeServer } from '../test/lib/vscodeServer.ts';
import { Workbench } from '../test/lib/workbench.ts';
import { stageQueue } from './queuePictures.mjs';
import { photographTour } from './tourPictures.mjs';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'docs', 'images');
const themes = { dark: 'Dark 2026', light: 'Light 2026' };

/** A window on the demo film: the tree opened down to a take, the picture, the Progress page. */
async function photograph(server, workspace, [name, theme]) {
  const workbench = await Workbench.open({
    server,
    folder: workspace,
    settings: { 'workbench.colorTheme': theme },
  });
  try {
    await workbench.openActivity('Auteur');
    for (const label of ['The Last Reel', /^01 {2}Act One/, /^01 {2}Half Past/])
      await workbench.expand(label);
    await workbench.showView('Progress');
    await workbench.chooseFromContextMenu(/^02 {2}A strip of film/, 'Generate Take');
    await workbench
      .treeRow(/^Take 0[23]$/)
      .filter({ hasText: 'latest' })
      .waitFor();
    await workbench.expand(/^01 {2}Rain/);
    await workbench.treeRow('Take 01').click();
    await workbench.webviewEditor('img').waitFor();
    await workbench.page.mouse.move(700, 850);
    await workbench.page
      .locator('.part.sidebar .monaco-progress-container.active')
      .waitFor({ state: 'detached' });
    await copyFile(await workbench.screenshot(`readme-${name}`), join(folder, `studio-${name}.png`));
  } finally {
    await workbench.close();
  }
}

/** Both trees of the film, with what a director has decided, in a side bar as wide as they need. */
async function photographTrees(server, workspace, [name, theme]) {
  const workbench = await Workbench.open({
    server,
    folder: workspace,
    settings: { 'workbench.colorTheme': theme },
  });
  try {
    const { page } = workbench;
    await page.setViewportSize({ width: 1100, height: 880 });
    await workbench.openActivity('Auteur');
    await widen(page, 640);
    for (const label of ['The Last Reel', /^01 {2}Act One/, /^01 {2}Half Past/, /^01 {2}Rain/])
      await workbench.expand(label);
    await workbench.chooseFromContextMenu('Take 01', 'Approve');
    await workbench.treeRow('Take 01').filter({ hasText: 'approved' }).waitFor();
    await workbench.expand(/^02 {2}A strip of film/);
    for (const label of ['Characters', 'Locations', 'Auditorium of the Lyra']) await workbench.expand(label);
    await page.mouse.move(900, 500);
    const side = page.locator('.part.sidebar');
    await side.locator('.monaco-progress-container.active').waitFor({ state: 'detached' });
    await side.screenshot({ path: join(folder, `trees-${name}.png`) });
  } finally {
    await workbench.close();
  }
}

/** The Progress page of a machine whose card is busy. */
async function photographQueue(server, workspace, [name, theme]) {
  const workbench = await Workbench.open({
    server,
    folder: workspace,
    settings: { 'workbench.colorTheme': theme },
  });
  try {
    const { page } = workbench;
    await page.setViewportSize({ width: 1100, height: 880 });
    await workbench.openActivity('Auteur');
    await workbench.showView('Progress');
    await workbench.webviewView('main').getByText('Sampler').waitFor();
    await workbench.webviewView('main').getByText('RTX 4070').first().waitFor();
    await widen(page, 420, '.part.auxiliarybar');
    await page.mouse.move(500, 500);
    await page.locator('.part.auxiliarybar').screenshot({ path: join(folder, `queue-${name}.png`) });
  } finally {
    await workbench.close();
  }
}

/** Drags the edge of a side bar, which is to its right, or to its left where the bar is on the right. */
async function widen(page, width, bar = '.part.sidebar') {
  const { x, y, width: now, height } = await page.locator(bar).boundingBox();
  const isLeft = bar === '.part.sidebar';
  await page.mouse.move(isLeft ? x + now : x - 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(isLeft ? x + width : x + now - width, y + height / 2, { steps: 5 });
  await page.mouse.up();
}

/** Every take of the demo film on one sheet, in film order. */
async function photographTakes(workspace) {
  const renders = join(workspace, 'Projects/The_Last_Reel/03_Renders');
  const names = await readdir(renders, { recursive: true });
  const pictures = names.filter((name) => name.endsWith('.png')).sort();
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
    const sheet = join(renders, '..', '05_Cache', 'sheet.html');
    const images = pictures.map((name) => `<img src="${pathToFileURL(join(renders, name)).href}">`).join('');
    const style = 'body{margin:8px;display:grid;grid-template-columns:repeat(4,1fr);gap:8px}img{width:100%}';
    await writeFile(sheet, `<!doctype html><style>${style}</style>${images}`);
    await page.goto(pathToFileURL(sheet).href, { waitUntil: 'load' });
    await page.screenshot({ path: join(folder, 'demo-film.jpg'), type: 'jpeg', quality: 80, fullPage: true });
  } finally {
    await browser.close();
  }
}

async function withQueue({ env, workspace }, photographAll) {
  const film = join(workspace, 'Projects/The_Last_Reel');
  const requests = [{ addresses: ['01/01/01'] }, { addresses: ['01/01'] }, { addresses: ['01/02/01'] }];
  const comfyui = await stageQueue({ env, workspace, film, requests });
  try {
    await photographAll();
  } finally {
    await comfyui.stop();
  }
}

async function photographDemo() {
  await mkdir(folder, { recursive: true });
  const temporary = await mkdtemp(join(tmpdir(), 'auteur-pictures-'));
  const home = await createTestHome();
  try {
    execFileSync(process.execPath, [join(root, 'scripts/demo.mjs'), '--json'], {
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const workspace = join(temporary, 'auteur-demo');
    await photographTakes(workspace);
    const env = { ...home.env, AUTEUR_WORKSPACE: workspace, AUTEUR_HOME: join(workspace, '.auteur-home') };
    const server = await startVscodeServer({ env });
    try {
      for (const theme of Object.entries(themes)) {
        await photograph(server, workspace, theme);
        await photographTrees(server, workspace, theme);
      }
      await withQueue({ env, workspace }, async () => {
        for (const theme of Object.entries(themes)) await photographQueue(server, workspace, theme);
      });
    } finally {
      await server.stop();
    }
  } finally {
    await home.dispose();
    await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

if (!process.argv.includes('tour')) await photographDemo();
await photographTour(themes);
