import '../lib/gitEnvironment.ts';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { auteur } from '../cli/auteur.ts';
import { callTitle, writeCommandCaller } from '../lib/commandCaller.ts';
import { changes, plantWaysOut, RecordedPrograms, snapshot } from '../lib/hostileFolder.ts';
import { plant, plants, runsByHand } from '../lib/plants.ts';
import { smallFilm, type SmallFilm } from '../lib/smallFilm.ts';
import type { TestHome } from '../lib/testHome.ts';
import { testWindow } from '../lib/testWindow.ts';
import type { Workbench } from '../lib/workbench.ts';

const shared = testWindow('untrusted');
let home: TestHome;
let workbench: Workbench;
let film: SmallFilm;
let programs: RecordedPrograms;
let canary: string;
let before: ReadonlyMap<string, string>;

const refused = [
  'auteur.project.create',
  'auteur.project.addChapter',
  'auteur.chapter.addScene',
  'auteur.scene.addShot',
  'auteur.shot.generateTake',
  'auteur.part.showPlan',
  'auteur.take.activate',
  'auteur.job.cancel',
] as const;

function outside(): string {
  return join(home.root, 'outside');
}

/** All that may be written to: the folder that is open, and what lies beside it. */
function filesNow(): ReadonlyMap<string, string> {
  return new Map([
    ...snapshot(home.workspace),
    ...[...snapshot(outside())].map(([name, what]) => [`outside/${name}`, what] as const),
  ]);
}

async function makeHostile(): Promise<void> {
  film = await smallFilm(home.workspace, 'Hostile');
  const made = await auteur({ home, cwd: film.root }, 'generate', film.address);
  expect(made.code).toBe(0);
  canary = join(home.root, 'canary');
  for (const one of plants) {
    plant(film.root, canary, one);
    runsByHand(film.root, canary, one);
  }
  mkdirSync(outside());
  plantWaysOut(film.root, outside());
  // A second film whose repository lies outside, and a third that is a link to one of the user's own.
  const pointing = await smallFilm(home.workspace, 'Pointing');
  renameSync(join(pointing.root, '.git'), join(outside(), 'repository'));
  writeFileSync(join(pointing.root, '.git'), `gitdir: ${join(outside(), 'repository')}\n`);
  const own = await smallFilm(outside(), 'Private');
  symlinkSync(own.root, join(home.workspace, 'Projects', 'Private'));
}

beforeAll(async () => {
  home = await shared.makeHome();
  await makeHostile();
  programs = new RecordedPrograms(join(home.root, 'programs'), ['git', 'git-lfs']);
  const place = { root: film.root, address: film.address, shotId: 'x', takeId: 'x', jobId: 'x' };
  writeCommandCaller(
    join(home.root, 'vscode'),
    refused.map((id) => [id, place]),
  );
  const server = await shared.startServer({
    env: { ...home.env, PATH: programs.path },
    stateFolder: join(home.root, 'vscode'),
    workspaceTrust: true,
  });
  workbench = await shared.openOn(server, { folder: home.workspace });
  // A tree draws only what is in sight.
  await workbench.page.setViewportSize({ width: 1440, height: 2400 });
  before = filesNow();
}, 300_000);

/** What the extension has logged, wherever VS Code keeps it. */
function logged(): string {
  const folder = join(home.root, 'vscode');
  const logs = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('/Auteur.log'),
  );
  return logs.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
}

describe('a folder that is not trusted, full of traps', () => {
  it('is recorded when a program is called', () => {
    execFileSync('git', ['--version'], { env: { ...process.env, PATH: programs.path } });
    expect(programs.calls()).toEqual(['git --version']);
  });

  it('can be browsed down to every take', async () => {
    await workbench.statusBarItem('Restricted Mode').waitFor();
    await workbench.openActivity('Auteur');
    await workbench.page.getByText('This folder is not trusted: films can be read').waitFor();
    await workbench.expand('Hostile', /^01 {2}Act One/, /^01 {2}.*7/, /^01 {2}.*9:15/);
    await workbench.expandAll();
    await workbench.treeRow('Take 01').waitFor();
    await workbench
      .treeRow(/^02 {2}Leads out 1/)
      .filter({ hasText: 'takes cannot be read' })
      .waitFor();
    await workbench
      .treeRow(/^03 {2}Leads out 2/)
      .filter({ hasText: 'takes cannot be read' })
      .waitFor();
    await workbench.treeRow('Private').filter({ hasText: 'cannot be read' }).waitFor();
    for (const label of ['Take 01', 'Take 02', /^02 {2}Leads out 1/, 'Hostile'])
      await workbench.tooltip(label, /\S/);
    await workbench.screenshot('untrusted-tree');
  });

  it('opens a take of its own, and none that leads out', async () => {
    await workbench.treeRow('Take 01').click();
    await workbench.editorTab('S01_S01_take01.png').waitFor();
    await workbench.treeRow('Take 02').click();
    await workbench.notification('The file of take 2 of shot 01/01/01 is missing.');
    expect(await workbench.editorTab('S01_S01_take02.png').count()).toBe(0);
  });

  it('can be edited by hand', async () => {
    const manifest = join(film.root, 'project.json');
    const was = readFileSync(manifest, 'utf8');
    await workbench.openFile('Projects/Hostile/project.json');
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.type(' ');
    await workbench.page.keyboard.press('Control+s');
    await expect.poll(() => readFileSync(manifest, 'utf8'), { timeout: 10_000 }).not.toBe(was);
    await workbench.treeRow('Hostile').waitFor();
  });

  it('refuses every command that would change something, in one sentence', async () => {
    await workbench.runCommand(callTitle);
    await workbench.notification('This folder is not trusted, so nothing is run in it.');
    for (const id of refused) await expect.poll(logged, { timeout: 10_000 }).toContain(`${id}: untrusted`);
    await workbench.screenshot('untrusted-refused');
  });

  it('has run nothing and written nothing, inside the folder or outside', () => {
    expect(existsSync(canary)).toBe(false);
    expect(programs.calls()).toEqual(['git --version']);
    expect(changes(before, filesNow())).toEqual(['Projects/Hostile/project.json']);
  });
});
