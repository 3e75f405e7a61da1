// Draws the contact sheets of the storyboard renderer into docs/images/storyboard: `node scripts/storyboardSheet.mjs
// [sheet…]`; needs a built dist/. Every panel comes from the real renderer, in a page that lays them out.
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { drawPanel } from '../src/runner/pipelines/storyboard/drawPanel.ts';
import { ReferencePictures } from '../src/runner/pipelines/storyboard/referencePictures.ts';
import { layOut } from '../src/runner/pipelines/storyboard/layout.ts';
import { RenderPool } from '../src/runner/pipelines/storyboard/renderPool.ts';
import { launchBrowser } from '../test/lib/browser.ts';
import { sheets } from './storyboardSheets.mjs';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'docs', 'images', 'storyboard');
/** Whose pictures the panels may name. */
const film = join(root, 'demo', 'the-last-reel');
const never = new AbortController().signal;

/** The picture without the card around it. */
function cropped(svg, panel) {
  const { picture } = layOut(panel.width, panel.height);
  const box = [picture.x, picture.y, picture.width, picture.height].join(' ');
  return svg.replace(/viewBox="[^"]+"/, `viewBox="${box}"`);
}

async function paint({ pool, references }, { panel, seed, wholeCard }, width) {
  const { pictures } = await references.of(film, panel, never);
  const svg = drawPanel({ panel, seed, pictures, takeNumber: 1, pipeline: 'storyboard' });
  return pool.render(wholeCard ? svg : cropped(svg, panel), width, never);
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function page(sheet, files) {
  const figures = sheet.panels.map(
    ({ label }, i) =>
      `<figure><img src="${pathToFileURL(files[i]).href}"><figcaption>${escaped(label)}</figcaption></figure>`,
  );
  const style = `
    body { margin: 10px; font: 600 ${sheet.type ?? 13}px "DejaVu Sans", sans-serif; background: #fffdf7; color: #26241f }
    h1 { font-size: 20px; margin: 2px 0 10px }
    main { display: grid; grid-template-columns: repeat(${sheet.columns}, ${sheet.width}px); gap: ${sheet.gap ?? 8}px; align-items: end }
    figure { margin: 0; text-align: center } img { max-width: 100%; max-height: ${sheet.tallest ?? 4096}px; display: block; margin: 0 auto }
    figcaption { padding-top: 2px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }`;
  return `<!doctype html><meta charset="utf-8"><style>${style}</style><h1>${escaped(sheet.title)}</h1><main>${figures.join('')}</main>`;
}

async function drawSheet(sheet, { pool, references, browser, temporary }) {
  const files = await Promise.all(
    sheet.panels.map(async (one, i) => {
      const file = join(temporary, `${sheet.name}-${i}.png`);
      await writeFile(
        file,
        await paint({ pool, references }, one, Math.min(one.panel.width, one.pixels ?? sheet.width)),
      );
      return file;
    }),
  );
  const html = join(temporary, `${sheet.name}.html`);
  await writeFile(html, page(sheet, files));
  const width = 20 + sheet.columns * sheet.width + (sheet.columns - 1) * (sheet.gap ?? 8);
  const tab = await browser.newPage({ viewport: { width, height: 400 } });
  try {
    await tab.goto(pathToFileURL(html).href, { waitUntil: 'load' });
    const path = join(folder, `${sheet.name}.jpg`);
    await tab.screenshot({ path, type: 'jpeg', quality: sheet.quality ?? 72, fullPage: true });
    const bytes = (await stat(path)).size;
    process.stdout.write(
      `${relative(root, path)}  ${sheet.panels.length} panels, ${Math.round(bytes / 1000)} kB\n`,
    );
  } finally {
    await tab.close();
  }
}

async function main() {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => sheets.every((sheet) => sheet.name !== name));
  if (unknown.length > 0) {
    process.stderr.write(
      `No such sheet: ${unknown.join(', ')}. There are: ${sheets.map((sheet) => sheet.name).join(', ')}\n`,
    );
    process.exitCode = 2;
    return;
  }
  await mkdir(folder, { recursive: true });
  const temporary = await mkdtemp(join(tmpdir(), 'auteur-sheet-'));
  const pool = new RenderPool({ assetsDir: join(root, 'dist'), size: 2 });
  const references = new ReferencePictures(pool);
  const browser = await launchBrowser();
  try {
    for (const sheet of sheets)
      if (wanted.length === 0 || wanted.includes(sheet.name))
        await drawSheet(sheet, { pool, references, browser, temporary });
  } finally {
    pool.dispose();
    await browser.close();
    await rm(temporary, { recursive: true, force: true });
  }
}

await main();
