import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { makePackage, type ExtensionPackage } from '../lib/extensionPackage.ts';
import { repositoryRoot } from '../lib/paths.ts';
import type { TestHome } from '../lib/testHome.ts';
import { testWindow } from '../lib/testWindow.ts';
import type { Workbench } from '../lib/workbench.ts';

const run = promisify(execFile);
const flux = 'dist/pipelines/flux';
const patience = { timeout: 60_000 };
const shared = testWindow('package');
let made: ExtensionPackage;
let home: TestHome;
let workbench: Workbench;

beforeAll(async () => {
  home = await shared.makeHome();
  made = await makePackage(home.root);
  await writeFilm(home);
  const server = await shared.startServer({ env: home.env, vsix: made.vsix });
  workbench = await shared.openOn(server, { folder: home.workspace, extension: null });
});

/** A film with one shot, made on the command line. */
async function writeFilm(home: TestHome): Promise<void> {
  const project = join(home.workspace, 'Projects', 'Packed');
  const auteur = (...args: string[]) =>
    run(process.execPath, [join(repositoryRoot, 'dist/cli.cjs'), ...args], { env: home.env });
  await auteur('new', 'Packed', '--quality', 'low');
  await auteur('-C', project, 'add', 'scene', '01', 'The crate');
  await auteur('-C', project, 'add', 'shot', '01/01', 'A lid is lifted', '--size', 'CU');
}

it('is small, and holds nothing that was compiled for one machine', () => {
  // What is loaded with the window: schemas are no part of it, and would make it larger than this.
  expect(made.entryBytes).toBeLessThan(160_000);
  expect(made.bytes).toBeLessThan(6_000_000);
  const loaded = ['extension', 'commands', 'tasks', 'dragged', 'progressPage', 'studio', 'render'];
  expect(made.files).toEqual(expect.arrayContaining(loaded.map((name) => `dist/${name}.cjs`)));
  expect(made.native).toEqual([]);
});

it('brings what the image of FLUX is built from: all that its Dockerfile copies, and nothing more', () => {
  const dockerfile = readFileSync(join(repositoryRoot, flux, 'Dockerfile'), 'utf8');
  const copied = [...dockerfile.matchAll(/^COPY (\S+) /gm)].map(([, source = '']) => source);
  const brought = made.files.flatMap((file) =>
    file.startsWith(`${flux}/`) ? file.slice(flux.length + 1) : [],
  );
  const isCopied = (file: string): boolean =>
    copied.some((source) => file === source || file.startsWith(`${source}/`));
  expect(copied.filter((source) => !brought.some((file) => `${file}/`.startsWith(`${source}/`)))).toEqual([]);
  expect(brought.filter((file) => !isCopied(file))).toEqual(['Dockerfile']);
  expect(brought.filter((file) => !/\.(py|txt)$/.test(file))).toEqual(['Dockerfile']);
});

it("puts the command into VS Code's terminal", async () => {
  const file = join(home.workspace, 'version.txt');
  await workbench.openActivity('Auteur');
  await workbench.terminal.open();
  await workbench.terminal.type(`auteur --version > '${file}'`);
  await expect
    .poll(() => existsSync(file) && readFileSync(file, 'utf8'), patience)
    .toMatch(/^\d+\.\d+\.\d+\n$/);
});

it('makes a take in VS Code when it is installed from its package', async () => {
  await workbench.openActivity('Auteur');
  await workbench.expand('Packed');
  await workbench.expand(/^01 {2}Act One/);
  await workbench.expand(/^01 {2}The crate/);
  await workbench.showView('Progress');
  await workbench.chooseFromContextMenu(/^01 {2}A lid is lifted/, 'Generate Take');
  await workbench.webviewView('main').getByText('Take 01').waitFor();
  await workbench.treeRow('Take 01').click();
  await workbench.webviewEditor('img').waitFor();
});
