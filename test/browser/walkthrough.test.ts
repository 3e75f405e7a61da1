import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../lib/paths.ts';
import type { TestHome } from '../lib/testHome.ts';
import { testWindow } from '../lib/testWindow.ts';
import type { VscodeServer } from '../lib/vscodeServer.ts';
import type { Workbench } from '../lib/workbench.ts';

const shared = testWindow('walkthrough');
let home: TestHome;
let server: VscodeServer;
let workbench: Workbench;

beforeAll(async () => {
  home = await shared.makeHome();
  server = await shared.startServer({ env: { ...home.env, AUTEUR_WORKSPACE: '' } });
  workbench = await shared.openOn(server, { folder: null });
});

async function expectDone(title: string, window = workbench): Promise<void> {
  await window.walkthroughStep(title).locator('.codicon-getting-started-step-checked').waitFor();
}

async function expectOpen(...titles: readonly string[]): Promise<void> {
  for (const title of titles)
    await workbench.walkthroughStep(title).locator('.codicon-getting-started-step-unchecked').waitFor();
}

/** Each step builds on the one before: a beginner in a window without a folder, who reads nothing else. */
describe('the walkthrough', () => {
  it('is offered where there is no film yet', async () => {
    await workbench.openActivity('Auteur');
    const welcome = workbench.page.getByRole('region', { name: 'Welcome' });
    await welcome.getByRole('button', { name: 'Show Me How' }).click();
    await expectOpen('Make a film', 'Write a scene', 'Generate a take', 'Choose a take');
    await workbench.screenshot('walkthrough-1');
  });

  it('says what comes first where a step is taken too early', async () => {
    await workbench.pressInWalkthrough('Generate a take', 'Generate Take');
    await workbench.notification('There is no film here yet');
  });

  it('makes a film', async () => {
    await workbench.pressInWalkthrough('Make a film', 'New Project');
    await workbench.answerInput('Name of the film', 'Night Train');
    await workbench.answerPick('Which workspace does it belong to?', 'Auteur_Workspace');
    await workbench.answerPick('Which quality do takes have', 'Standard');
    await workbench.answerPick('How is the story told?', 'Three');
    await workbench.treeRow('Night Train').waitFor();
    await expectDone('Make a film');
    await expectOpen('Write a scene', 'Generate a take', 'Choose a take');
    await workbench.screenshot('walkthrough-2');
  });

  it('writes a scene with a shot', async () => {
    await workbench.pressInWalkthrough('Write a scene', 'Add Scene');
    await workbench.answerPick('Choose a chapter', 'Act One');
    await workbench.answerInput('Title of the scene', 'The platform');
    await workbench.treeRow(/^01 {2}The platform/).waitFor();
    await expectOpen('Write a scene');
    await workbench.pressInWalkthrough('Write a scene', 'Add Shot');
    await workbench.answerInput('What is seen in the shot?', 'WS A woman waits alone under the clock');
    await workbench.treeRow(/^01 {2}A woman waits/).waitFor();
    await expectDone('Write a scene');
    await workbench.screenshot('walkthrough-3');
  });

  it('generates a take', async () => {
    await workbench.pressInWalkthrough('Generate a take', 'Generate Take');
    await workbench.treeRow('Take 01').waitFor();
    await expectDone('Generate a take');
    await expectOpen('Choose a take');
    await workbench.screenshot('walkthrough-4');
  });

  it('chooses a take', async () => {
    await workbench.pressInWalkthrough('Choose a take', 'Generate Take');
    await workbench.treeRow('Take 02').waitFor();
    await workbench.pressInWalkthrough('Choose a take', 'Choose a Take');
    await workbench.answerPick('Choose a take', 'Take 01');
    await workbench.treeRow('Take 01').filter({ hasText: 'active' }).waitFor();
    await expectDone('Choose a take');
    await workbench.screenshot('walkthrough-5');
  });

  it('takes back the choice with the keys of the tree, and does it again', async () => {
    await workbench.treeRow(/^02 {2}Act Two/).click();
    await workbench.page.keyboard.press('Control+z');
    await workbench.treeRow('Take 02').filter({ hasText: 'latest' }).waitFor();
    const message = await workbench.notification('Undid: Choose the active take of 01/01/01');
    await workbench.screenshot('undo');
    await message.hover();
    await message.getByRole('button', { name: 'Redo' }).click();
    await workbench.treeRow('Take 01').filter({ hasText: 'active' }).waitFor();
    await workbench.notification('Did again: Choose the active take of 01/01/01');
  });

  it('is done where everything was done in a terminal', async () => {
    const workspace = join(home.workspace, 'terminal');
    const auteur = (...args: string[]) =>
      execFileSync(process.execPath, [join(repositoryRoot, 'dist/cli.cjs'), ...args], {
        env: home.env,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    auteur('new', 'By Hand', '--workspace', workspace);
    const folder = join(workspace, 'Projects', 'By_Hand');
    const second = await shared.openOn(server, { folder });
    await second.runCommand('Auteur: Open Walkthrough');
    await expectDone('Make a film', second);
    const film = ['-C', folder];
    auteur(...film, 'add', 'scene', '01', 'The crate');
    auteur(...film, 'add', 'shot', '01/01', 'A lid is lifted');
    await expectDone('Write a scene', second);
    auteur(...film, 'generate', '--all');
    await expectDone('Generate a take', second);
    auteur(...film, 'take', 'activate', '01/01/01', '1');
    await expectDone('Choose a take', second);
    const third = await shared.openOn(server, { folder });
    await third.runCommand('Auteur: Open Walkthrough');
    for (const title of ['Make a film', 'Write a scene', 'Generate a take', 'Choose a take'])
      await expectDone(title, third);
    expect(server.output()).not.toContain('Uncaught');
  });
});
