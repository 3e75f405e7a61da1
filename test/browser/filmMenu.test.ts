import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { createProjectFolder } from '../../src/core/storage/scaffold.ts';
import type { TestHome } from '../lib/testHome.ts';
import { testWindow } from '../lib/testWindow.ts';
import type { Workbench } from '../lib/workbench.ts';

const shared = testWindow('film-menu');
let home: TestHome;
let workbench: Workbench;
let root: string;
let remote: string;

function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

beforeAll(async () => {
  home = await shared.makeHome();
  const { workspace } = home;
  root = await createProjectFolder({
    name: 'Night Train',
    workspace,
    quality: 'low',
    structure: 'three-act',
  });
  remote = join(home.root, 'remote.git');
  const branch = git(root, 'branch', '--show-current').trim();
  git(home.root, 'init', '--quiet', '--bare', `--initial-branch=${branch}`, remote);
  git(root, 'remote', 'add', 'origin', pathToFileURL(remote).href);
  rmSync(join(root, '.git/hooks'), { recursive: true });
  workbench = await shared.open(home.env, workspace);
  await workbench.openActivity('Auteur');
  await workbench.treeRow('Night Train').waitFor();
});

/** Each test builds on the one before. */
it('what Git LFS lacks is told once, and set up with one click', async () => {
  const notification = await workbench.notification(/Git LFS of "Night Train" is not in order/);
  await workbench.screenshot('film-menu-lfs');
  await notification.getByRole('button', { name: 'Fix' }).click();
  await workbench.notification('Put the hooks of Git LFS in place.');
  expect(existsSync(join(root, '.git/hooks/pre-push'))).toBe(true);
});

it('its line says where the film stands, and its menu commits it', async () => {
  writeFileSync(join(root, '02_Source_Creative/Treatments/treatment.md'), '# Night\n');
  await workbench.runCommand('Auteur: Refresh Projects');
  await workbench.page.getByRole('treeitem', { name: /Night Train, .*main · 1 changed/ }).waitFor();
  await workbench.chooseFromContextMenu(
    /Night Train/,
    'Commit…',
    workbench.quickInputAsking('Files of the film: 1'),
  );
  await workbench.answerInput('Files of the film: 1', 'The treatment');
  await workbench.notification('Committed: The treatment');
  expect(git(root, 'log', '-1', '--format=%s')).toBe('The treatment\n');
  expect(git(root, 'status', '--porcelain')).toBe('');
});

it('its menu pushes it, and publishes the branch when told to', async () => {
  await workbench.chooseFromContextMenu(/Night Train/, 'Push');
  await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Publish Branch' }).click();
  await workbench.notification(/Pushed \S+ to origin\./);
  expect(git(remote, 'log', '-1', '--format=%s')).toBe('The treatment\n');
  await workbench.treeRow('Night Train').hover();
  await workbench.screenshot('film-menu-pushed');
});

it('its menu deletes it, when its name was typed', async () => {
  await workbench.chooseFromContextMenu(/Night Train/, 'Delete Project…');
  await workbench.screenshot('film-menu-delete');
  await workbench.answerInput('Type the name of the film', 'Night Train');
  await workbench.notification(/"Night Train" is in/);
  expect(existsSync(root)).toBe(false);
  expect(readdirSync(join(home.workspace, '.trash'))).toHaveLength(1);
});
