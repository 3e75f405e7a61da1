// Runs the host tests in the desktop VS Code, which is downloaded: `node test/host/electron.mjs [--version V]`.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { repositoryRoot, resultsFolder } from '../lib/paths.ts';
import { createTestHome } from '../lib/testHome.ts';
import { bundleSuite } from './bundle.ts';

const { values } = parseArgs({ options: { version: { type: 'string', default: 'stable' } } });
const resultsFile = join(resultsFolder, 'electron.json');

async function run(home) {
  const launchArgs = [
    home.workspace,
    '--disable-extensions',
    '--disable-workspace-trust',
    '--skip-welcome',
    // Short names: the desktop makes a socket in here, whose path may not pass 103 characters.
    `--user-data-dir=${join(home.root, 'u')}`,
    `--extensions-dir=${join(home.root, 'e')}`,
  ];
  await runTests({
    version: values.version,
    extensionDevelopmentPath: repositoryRoot,
    extensionTestsPath: await bundleSuite(),
    extensionTestsEnv: { ...home.env, AUTEUR_TEST_RESULTS: resultsFile },
    launchArgs,
  });
}

async function main() {
  await mkdir(resultsFolder, { recursive: true });
  await rm(resultsFile, { force: true });
  const home = await createTestHome();
  try {
    await run(home);
  } finally {
    await home.dispose();
  }
  const { passed, failed, skipped, vscode } = JSON.parse(await readFile(resultsFile, 'utf8'));
  console.log(`host: ${passed} passed, ${failed} failed, ${skipped} skipped (VS Code ${vscode})`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(`error: the host tests in the desktop VS Code failed: ${error.message}`);
  console.error(
    'hint: where VS Code cannot be downloaded, "make host" runs the same tests in the one from npm',
  );
  process.exitCode = 1;
}
