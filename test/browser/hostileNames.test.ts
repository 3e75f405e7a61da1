import '../lib/gitEnvironment.ts';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { addChapter } from '../../src/core/storage/filmEdits.ts';
import { smallFilm, type SmallFilm } from '../lib/smallFilm.ts';
import type { TestHome } from '../lib/testHome.ts';
import { testWindow } from '../lib/testWindow.ts';
import type { Workbench } from '../lib/workbench.ts';

const rtl = 'שלום: "עולם" 1';
const markup = '$(trash) [x](command:workbench.action.quit) **b** <i>t</i> &lt;';
const names = [rtl, markup, 'photo\u202egnp.exe', 'Café', 'Cafe\u0301', '🎬'.repeat(200)];

const shared = testWindow('hostile-names');
let home: TestHome;
let workbench: Workbench;
let films: readonly SmallFilm[];

beforeAll(async () => {
  home = await shared.makeHome();
  const workspace = join(home.root, `wörk $(id) 50% #1 'q" \`t\` 🎬 -x`);
  const link = join(home.root, '-link to it');
  mkdirSync(workspace);
  symlinkSync(workspace, link);
  const made: SmallFilm[] = [];
  for (const name of names) made.push(await smallFilm(workspace, name));
  films = made;
  for (const { root } of made.filter((_, index) => names[index] === markup)) await addChapter(root, markup);
  workbench = await shared.open({ ...home.env, AUTEUR_WORKSPACE: link }, link);
}, 300_000);

/** Where on the screen the characters of a text begin, in the order they are written. */
async function places(row: Locator, part: '.label-name' | '.label-description'): Promise<readonly number[]> {
  return row
    .locator(part)
    .first()
    .evaluate((element) => {
      const found: number[] = [];
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        for (let at = 0; at < (node.textContent ?? '').length; at++) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const { left, width } = range.getBoundingClientRect();
          if (width > 0) found.push(left);
        }
      }
      return found;
    });
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number >= (numbers[index - 1] ?? 0));
}

describe('films with names of the real world, in a workspace reached by a link', () => {
  it('shows each in the tree as it was written', async () => {
    await workbench.openActivity('Auteur');
    await workbench.collapseView('Assets');
    await workbench.treeRow(/שלום/).waitFor();
    const rows = workbench.rowsOf('Projects');
    await expect.poll(() => rows.count()).toBe(names.length);
    const shown = (await rows.locator('.label-name').allTextContents()).map((text) =>
      text.replaceAll('\u00a0', ' ').replace(/[\u2068\u2069\u2060]/gu, ''),
    );
    const expected = names.map((name) => name.replace('\u202e', ' '));
    expect(shown.sort()).toEqual([...expected].sort());
  });

  it('keeps what is written beside a name from right to left in its order', async () => {
    await workbench.expand(/שלום/);
    await workbench.expand(/^01 {2}Act One/);
    await workbench.expand(/^01 {2}.*קרון/);
    const project = workbench.treeRow(/שלום/);
    expect(isAscending(await places(project, '.label-description'))).toBe(true);
    const scene = await places(workbench.treeRow(/^01 {2}.*קרון/), '.label-name');
    // The number stands before the title, and the title runs the other way.
    expect(Math.min(...scene)).toBe(scene[0]);
    expect(isAscending(scene.slice(2))).toBe(false);
    await workbench.screenshot('hostile-names-tree');
  });

  it('says names in the tooltip as text', async () => {
    await workbench.tooltip(/trash/, '**b** <i>t</i> &lt;', async (tooltip) => {
      expect(await tooltip.locator('a, i, .codicon-trash').count()).toBe(0);
      await workbench.screenshot('hostile-names-tooltip');
    });
  });

  it('generates a take, opens it, and shows it on the Progress page', async () => {
    await workbench.showView('Progress');
    await workbench.chooseFromContextMenu(/^01 {2}.*רכבת/, 'Generate Take');
    await workbench.treeRow('Take 01').waitFor();
    await workbench.treeRow('Take 01').click();
    await workbench.editorTab('S01_S01_take01.png').waitFor();
    await workbench.webviewEditor('img').waitFor();
    const head = workbench.webviewView('.head').filter({ hasText: 'שלום' });
    await head.waitFor();
    const [address, project] = await Promise.all([
      head.locator('.address').boundingBox(),
      head.locator('.project').boundingBox(),
    ]);
    expect((address?.x ?? 0) + (address?.width ?? 0)).toBeLessThanOrEqual(project?.x ?? 0);
    await workbench.screenshot('hostile-names-progress');
  });

  it('names films in a list and in a message as they are', async () => {
    await workbench.runCommand('Auteur: Open Project');
    const list = workbench.page.locator('.quick-input-list');
    await list.getByText('[x](command:workbench.action.quit)').first().waitFor();
    expect(await list.locator('.codicon-trash').count()).toBe(0);
    await workbench.screenshot('hostile-names-list');
    await workbench.page.keyboard.press('Escape');
    expect(films.every(({ root }) => root.includes('wörk $(id) 50% #1'))).toBe(true);
  });

  it('asks for a shot of the films, the selected one first', async () => {
    await workbench.treeRow(/trash/).click();
    await workbench.runCommand('Auteur: Generate Take');
    await workbench.quickInputAsking('Choose a shot').waitFor();
    const lines = workbench.page.locator('.quick-input-list .monaco-list-row');
    await expect.poll(() => lines.count()).toBe(names.length);
    expect(await lines.first().textContent()).toContain('[x](command:workbench.action.quit)');
    expect(await lines.locator('.codicon-trash').count()).toBe(0);
    await workbench.screenshot('hostile-names-shots');
    await workbench.page.keyboard.press('Escape');
  });

  it('undoes in the film that is selected, and says a title as text', async () => {
    const film = workbench.treeRow(/trash/);
    await film.click();
    await workbench.page.keyboard.press('Control+z');
    const undone = await workbench.notification(/Undid in .* Add chapter 04/);
    expect((await undone.textContent())?.match(/\[x\]\u2060\(command:/g)?.length).toBe(2);
    expect(await undone.locator('a[href*="quit"], a[data-href*="quit"]').count()).toBe(0);
    await workbench.screenshot('hostile-names-undo');
    await film.click();
    await workbench.page.keyboard.press('Control+y');
    await workbench.notification(/Did again in .* Add chapter 04/);
  });
});
