// Takes the pictures of the walkthrough, which the tour in the README shows too, from the running extension.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { repeat, soon } from '../test/lib/repeat.ts';
import { createTestHome } from '../test/lib/testHome.ts';
import { startVscodeServer } from '../test/lib/vscodeServer.ts';
import { Workbench } from '../test/lib/workbench.ts';

const folder = join(import.meta.dirname, '..', 'media', 'walkthrough');
const small = { width: 840, height: 600 };
const wide = { width: 1120, height: 600 };
/** The tree is at the top; what is below it is empty at first. */
const heights = { film: 270, scene: 270, take: 540, choice: 540 };
const titleBar = 31;

/** As small as a picture beside a step is, with nothing in it that the step is not about. */
const settings = {
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'workbench.editor.showTabs': 'none',
  'breadcrumbs.enabled': false,
};

/** A director's first five minutes, once in each theme; each has a machine of its own. */
export async function photographTour(themes) {
  await mkdir(folder, { recursive: true });
  for (const [name, theme] of Object.entries(themes)) {
    const home = await createTestHome();
    const server = await startVscodeServer({ env: home.env });
    const workbench = await Workbench.open({
      server,
      folder: home.workspace,
      settings: { ...settings, 'workbench.colorTheme': theme },
    });
    try {
      await workbench.page.setViewportSize(small);
      await walk(workbench, (step) => keep(workbench, step, name));
    } catch (error) {
      await workbench.screenshot('tour-failed');
      throw error;
    } finally {
      await workbench.close();
      await server.stop();
      await home.dispose();
    }
  }
}

async function keep({ page }, step, theme) {
  await settled(page);
  await page.locator('.part.sidebar .monaco-progress-container.active').waitFor({ state: 'detached' });
  const clip = { x: 0, y: titleBar, width: page.viewportSize().width, height: heights[step] };
  await page.screenshot({ path: join(folder, `${step}-${theme}.png`), clip });
}

/** Until nothing moves or fades any more. */
async function settled(page) {
  await page.waitForFunction("document.getAnimations().every(({ playState }) => playState !== 'running')");
}

async function walk(workbench, photograph) {
  await workbench.openActivity('Auteur');
  await workbench.runCommand('Auteur: New Project');
  await workbench.answerInput('Name of the film', 'Night Train');
  await workbench.answerPick('Which workspace does it belong to?', 'workspace');
  await workbench.answerPick('Which quality do takes have', 'Low');
  await workbench.answerPick('How is the story told?', 'Three');
  await workbench.treeRow(/^01 {2}Act One/).waitFor();
  await photograph('film');
  const title = workbench.quickInputAsking('Title of the scene');
  await workbench.chooseFromContextMenu(/^01 {2}Act One/, 'Add Scene', title);
  await workbench.answerInput('Title of the scene', 'The platform');
  await selected(workbench, /^01 {2}The platform/);
  const seen = workbench.quickInputAsking('What is seen in the shot?');
  await workbench.chooseFromContextMenu(/^01 {2}The platform/, 'Add Shot', seen);
  await seen.locator('input.input').fill('WS A woman waits alone under the clock');
  await workbench.quickInputMessage().filter({ hasText: 'wide shot' }).waitFor();
  await photograph('scene');
  await workbench.quickInput().press('Enter');
  await selected(workbench, /^01 {2}A woman waits/);
  await takes(workbench, photograph);
}

/** A row that was just added is revealed last. */
async function selected(workbench, label) {
  await workbench.treeRow(label).and(workbench.page.locator('[aria-selected="true"]')).waitFor();
}

async function takes(workbench, photograph) {
  await workbench.page.setViewportSize(wide);
  await workbench.showView('Progress');
  const shot = /^01 {2}A woman waits/;
  await workbench.chooseFromContextMenu(shot, 'Generate Take', workbench.treeRow('Take 01'));
  await open(workbench, 'Take 01');
  await photograph('take');
  await workbench.runCommand('View: Hide Secondary Side Bar');
  await workbench.chooseFromContextMenu(shot, 'Generate Take', workbench.treeRow('Take 02'));
  await open(workbench, 'Take 02');
  const active = workbench.treeRow('Take 02').filter({ hasText: 'active' });
  await workbench.chooseFromContextMenu('Take 02', 'Make Active Take', active);
  await photograph('choice');
}

/** A click that a row ignored, because the tree was drawn anew, is made again. */
async function open(workbench, take) {
  const number = take.slice(-2);
  const picture = workbench.webviewEditor(`img[src*="take${number}"]`);
  await workbench.treeRow(take).waitFor();
  await repeat(async () => {
    await workbench.drawn();
    await workbench.treeRow(take).click(soon);
    await picture.waitFor(soon);
  });
}
