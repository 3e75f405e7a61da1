import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { repositoryRoot, resultsFolder } from '../lib/paths.ts';
import { createTestHome } from '../lib/testHome.ts';
import { startCodeServer } from '../lib/vscodeServer.ts';
import { Workbench } from '../lib/workbench.ts';

const cleanups: (() => Promise<void>)[] = [];
let workbench: Workbench;

beforeAll(async () => {
  const home = await createTestHome();
  cleanups.push(() => home.dispose());
  const server = await startCodeServer({
    env: home.env,
    vsix: await makePackage(home.root),
    logFile: join(resultsFolder, 'package-server.log'),
  });
  cleanups.push(() => server.stop());
  workbench = await Workbench.open({ server, folder: home.workspace, extension: null });
  cleanups.push(() => workbench.close());
});

afterAll(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

async function makePackage(folder: string): Promise<string> {
  const vsix = join(folder, 'auteur.vsix');
  const vsce = join(repositoryRoot, 'node_modules/@vscode/vsce/vsce');
  await promisify(execFile)(process.execPath, [vsce, 'package', '--no-dependencies', '--out', vsix], {
    cwd: repositoryRoot,
  });
  return vsix;
}

it('works in VS Code when it is installed from its package', async () => {
  await workbench.openActivity('Auteur');
  await workbench.runCommand('Auteur: New Project');
  await workbench.quickInputAsking('What is the film called?').waitFor();
  await workbench.page.keyboard.press('Escape');
  await workbench.showView('Progress');
  await workbench.webviewView('body').waitFor();
  expect(await workbench.page.locator('.part.sidebar').innerText()).toContain('No films here yet.');
});
