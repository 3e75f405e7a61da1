import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { addScene, addShot } from '../../src/core/storage/filmEdits.ts';
import { createProjectFolder } from '../../src/core/storage/scaffold.ts';
import { repeat } from '../lib/repeat.ts';
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
    await workbench.expandAll();
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
    await workbench.treeRow('Paper_Moon_Beat_Sheet').click();
    await workbench.treeRow('Paper_Moon_Beat_Sheet').press('F2');
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

  it('changes the structure after it has shown what that does', async () => {
    await workbench.chooseFromContextMenu('Paper Moon', 'Change Narrative Structure…');
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
