import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readProject } from '../../src/core/storage/projectFiles.ts';
import { addScene, addShot } from '../../src/core/storage/filmEdits.ts';
import { createProjectFolder } from '../../src/core/storage/scaffold.ts';
import { repeat, soon } from '../lib/repeat.ts';
import type { TestHome } from '../lib/testHome.ts';
import { testWindow } from '../lib/testWindow.ts';
import type { Workbench } from '../lib/workbench.ts';

const shared = testWindow('documents');
const briefly = { timeout: 3_000 };
const treatments = '02_Source_Creative/Treatments';
let home: TestHome;
let workbench: Workbench;
let root: string;

beforeAll(async () => {
  home = await shared.makeHome();
  const film = {
    name: 'Paper Moon',
    workspace: home.workspace,
    quality: 'low',
    structure: 'three-act',
  } as const;
  root = await createProjectFolder(film);
  await addScene(root, '01', 'The fair');
  await addShot(root, '01/01', { description: 'A girl on a painted moon', dialogue: 'Smile.' });
  const library = join(home.workspace, 'Library', 'Narrative_Templates');
  mkdirSync(library, { recursive: true });
  const halves = { name: 'Two halves', chapters: [{ title: 'Before' }, { title: 'After' }] };
  writeFileSync(join(library, 'halves.json'), JSON.stringify(halves));
  writeFileSync(join(library, 'broken.json'), '{');
  workbench = await shared.open(home.env, home.workspace);
  await workbench.openActivity('Auteur');
  await workbench.treeRow('Paper Moon').waitFor();
});

/** Each step builds on the one before. */
describe('documents in the tree', () => {
  it('makes one from the menu of the project, opens it and lists it', async () => {
    await workbench.chooseFromContextMenu('Paper Moon', 'New Screenplay');
    await workbench.editorTab('Paper_Moon_Screenplay.fountain').waitFor();
    await workbench.chooseFromContextMenu('Paper Moon', 'New Beat Sheet');
    await workbench.editorTab('Paper_Moon_Beat_Sheet.md').waitFor();
    await workbench.treeRow('Documents').waitFor();
    await workbench.expand('Documents');
    await workbench.treeRow('Paper_Moon_Screenplay').waitFor();
    await workbench.screenshot('documents');
  });

  it('follows the disk', async () => {
    const file = join(root, treatments, 'Idea.md');
    writeFileSync(file, '# Idea');
    await workbench.treeRow('Idea').waitFor();
    rmSync(file);
    await workbench.treeRow('Idea').waitFor({ state: 'detached' });
  });

  it('renames with F2 and deletes with the Delete key after asking', async () => {
    await repeat(async () => {
      // While the tree is drawn anew nothing is selected for a moment, and F2 asks what is meant.
      await workbench.page.keyboard.press('Escape');
      await workbench.treeRow('Paper_Moon_Beat_Sheet').click(briefly);
      await workbench.treeRow('Paper_Moon_Beat_Sheet').press('F2', briefly);
      await workbench.quickInputAsking('The name of its file').waitFor(briefly);
    });
    await workbench.answerInput('The name of its file', 'Beats');
    await workbench.treeRow('Beats').waitFor();
    await workbench.editorTab('Beats.md').waitFor();
    await workbench.editorTab('Paper_Moon_Beat_Sheet.md').waitFor({ state: 'detached' });
    expect(existsSync(join(root, treatments, 'Beats.md'))).toBe(true);
    const dialog = workbench.modalDialog();
    await repeat(async () => {
      // While the tree is drawn anew nothing is selected for a moment, and Delete asks what is meant.
      await workbench.page.keyboard.press('Escape');
      await workbench.treeRow('Beats').click(briefly);
      await workbench.treeRow('Beats').press('Delete', briefly);
      await dialog.getByText('Delete Beats.md?').waitFor(briefly);
    });
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await workbench.treeRow('Beats').waitFor({ state: 'detached' });
    await workbench.editorTab('Beats.md').waitFor({ state: 'detached' });
  });
});

/** Each step builds on the one before. */
describe('emotional beats in the tree', () => {
  const beats = async () => {
    const { value } = await readProject(root);
    return value.narrative.emotionalBeats;
  };
  const beat = async (name: string) => (await beats()).find((one) => one.name === name);

  it('binds one by dragging it onto a scene', async () => {
    await workbench.collapseView('Assets');
    await workbench.expand(/^01 {2}Act One/);
    await workbench.expand('Emotional Beats');
    const row = workbench.treeRow('Midpoint');
    await workbench.drag(row, workbench.treeRow(/^01 {2}The fair/), () =>
      expect.poll(() => row.innerText(), soon).toContain('01/01'),
    );
    expect((await beat('Midpoint'))?.scene).toBe(
      (await readProject(root)).value.narrative.chapters[0]?.scenes[0]?.id,
    );
    await workbench.screenshot('beats');
  });

  it('makes one at a scene: there, and bound to it', async () => {
    await workbench.chooseFromContextMenu(
      /^01 {2}The fair/,
      'New Beat Here…',
      workbench.quickInputAsking('What is felt here?'),
    );
    await workbench.answerInput('What is felt here?', 'A doubt');
    await workbench.answerInput('Where in the film, in percent?', '140');
    await workbench.quickInputMessage().getByText('Write a number from 0 to 100.').waitFor();
    await workbench.quickInput().fill('30 %');
    await workbench.quickInput().press('Enter');
    await workbench.answerInput('How strongly is it felt, in percent?', '80');
    const row = workbench.treeRow('A doubt').and(workbench.page.locator('.focused'));
    await expect.poll(() => row.innerText()).toContain('30% · felt 80% · 01/01');
    await workbench.tooltip(/^01 {2}The fair/, 'Emotional beat: A doubt');
  });

  it('renames it with F2, changes it, and deletes it with the Delete key after asking', async () => {
    await repeat(async () => {
      await workbench.page.keyboard.press('Escape');
      await workbench.treeRow('A doubt').click(briefly);
      await workbench.treeRow('A doubt').press('F2', briefly);
      await workbench.quickInputAsking('Name').waitFor(briefly);
    });
    await workbench.answerInput('Name', 'A big doubt');
    await workbench.chooseFromContextMenu(
      'A big doubt',
      'Edit Beat…',
      workbench.quickInputAsking('What do you want to change?'),
    );
    await workbench.answerPick('What do you want to change?', 'Intensity');
    await workbench.answerInput('How strongly is it felt, in percent?', '33,3');
    await expect.poll(() => workbench.treeRow('A big doubt').innerText()).toContain('felt 33.3%');
    expect((await beat('A big doubt'))?.intensity).toBe(0.333);
    const dialog = workbench.modalDialog();
    await repeat(async () => {
      await workbench.page.keyboard.press('Escape');
      await workbench.treeRow('A big doubt').click(briefly);
      await workbench.treeRow('A big doubt').press('Delete', briefly);
      await dialog.getByText('Delete A big doubt?').waitFor(briefly);
    });
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await workbench.treeRow('A big doubt').waitFor({ state: 'detached' });
    expect(await beat('A big doubt')).toBeUndefined();
  });
});

describe('the structure of a film', () => {
  it('changes the structure after it has shown what that does', async () => {
    await workbench.chooseFromContextMenu(
      'Paper Moon',
      'Change Narrative Structure…',
      workbench.quickInputAsking('How is the story told?'),
    );
    await workbench.answerPick('How is the story told?', 'Two halves');
    await workbench.answerPick('What becomes of the scenes', 'Place the scenes in the new chapters');
    const dialog = workbench.modalDialog();
    await dialog.getByText('Change the structure to').waitFor();
    expect(await dialog.innerText()).toContain('Scenes that move: 01/01 The fair → After');
    await workbench.screenshot('structure-change');
    await dialog.getByRole('button', { name: 'Change Structure', exact: true }).click();
    await workbench.treeRow(/^05 {2}After/).waitFor();
    const text = readFileSync(join(root, 'project.json'), 'utf8');
    expect(text).toContain('"structure": "halves"');
    expect(text).toContain('The fair');
    await workbench.notification('A narrative template was left out');
    await workbench.runCommand('Notifications: Clear All Notifications');
  });
});
