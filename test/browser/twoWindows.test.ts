import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it } from 'vitest';
import { ShotList } from '../../src/core/model/shotList.ts';
import { Take } from '../../src/core/model/take.ts';
import { auteur, auteurJson, git, makeFilm, start, type Place } from '../cli/auteur.ts';
import { GenerateReply, JobsReply, ValidateReply } from '../cli/shapes.ts';
import { schemaVersion } from '../../src/runner/queue/schema.ts';
import type { TestHome } from '../lib/testHome.ts';
import { testWindow } from '../lib/testWindow.ts';
import type { Workbench } from '../lib/workbench.ts';

const shared = testWindow('two-windows');
const scene = /^01 {2}Kitchen/;
const firstShot = /^01 {2}A kettle/;
let home: TestHome;
let film: Place;
/** One window has the workspace open, the other the project in it: VS Code itself would refuse the same folder twice. */
let windows: readonly [Workbench, Workbench];

beforeAll(async () => {
  home = await shared.makeHome();
  film = await makeFilm(home, 2);
  await appendFile(join(film.cwd, '.git/info/exclude'), '/.vscode/\n');
  const server = await shared.startServer({ env: home.env });
  windows = [await open(home.workspace), await open(film.cwd)];

  async function open(folder: string): Promise<Workbench> {
    const workbench = await shared.openOn(server, { folder });
    await showFilm(workbench);
    return workbench;
  }
});

async function showFilm(workbench: Workbench): Promise<void> {
  await workbench.openActivity('Auteur');
  await workbench.collapseView('Assets');
  await workbench.expand('Test Film');
  await workbench.expand(/^01 {2}Act One/);
  await workbench.expand(scene);
  await workbench.treeRow(firstShot).waitFor();
  await workbench.showView('Progress');
}

/** From the palette: a row whose scene is redrawn under an open menu would be asked for again. */
async function generateTake(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Auteur: Generate Take');
  await workbench.answerPick('Choose a shot', 'seen 1 times');
}

async function workIn(workbench: Workbench, name: string): Promise<void> {
  for (const turn of ['first', 'second']) {
    await generateTake(workbench);
    await workbench.runCommand('Auteur: Add Shot');
    await workbench.answerInput('What is seen in the shot?', `CU From the ${name}, ${turn}`);
    await workbench.quickInput().waitFor({ state: 'hidden' });
  }
}

async function workInTerminal(): Promise<void> {
  const generating = auteurJson(film, 'generate', '01/01/01', '--takes', '4');
  for (const turn of ['first', 'second']) {
    const added = await auteur(film, 'add', 'shot', '01/01', `From the terminal, ${turn}`, '--size', 'CU');
    expect(added).toMatchObject({ code: 0 });
  }
  expect(GenerateReply.parse(await generating).failed).toEqual([]);
}

async function shots(): Promise<ShotList['shots']> {
  const file = '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json';
  return ShotList.parse(JSON.parse(await readFile(join(film.cwd, file), 'utf8'))).shots;
}

/** The sidecars of the shot whose pictures are there. */
async function takes(): Promise<readonly Take[]> {
  const folder = join(film.cwd, '03_Renders/Chapter_01/Scene_01/Shot_01');
  const names = await readdir(folder).catch((): string[] => []);
  const sidecars = names.filter((name) => name.endsWith('.json')).sort();
  const read = sidecars.map(async (name) =>
    Take.parse(JSON.parse(await readFile(join(folder, name), 'utf8'))),
  );
  return (await Promise.all(read)).filter(({ files }) => files.every(({ name }) => names.includes(name)));
}

async function expectTakes(count: number): Promise<void> {
  const { jobs } = JobsReply.parse(await auteurJson(film, 'jobs'));
  expect(jobs).toHaveLength(count);
  await expect.poll(async () => (await takes()).length, { timeout: 90_000, interval: 250 }).toBe(count);
  const made = await takes();
  expect(new Set(made.map(({ number }) => number)).size).toBe(count);
  expect(new Set(made.map(({ id }) => id)).size).toBe(count);
  await expect
    .poll(() => git(film, 'status', '--porcelain', '--', '03_Renders'), { timeout: 30_000, interval: 500 })
    .toBe('');
  expect(lines(await git(film, 'lfs', 'ls-files', '--name-only'))).toHaveLength(count);
}

/** A runner that was killed may leave a gap: the number it drew is not given again. */
async function highestNumber(): Promise<number> {
  return Math.max(...(await takes()).map(({ number }) => number));
}

async function expectNothingWrong(): Promise<void> {
  await git(film, 'fsck', '--strict');
  await git(film, 'lfs', 'fsck');
  expect(ValidateReply.parse(await auteurJson(film, 'validate'))).toEqual({ ok: true, problems: [] });
}

function oneTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

/** Each step builds on the one before. */
describe('two windows and a command line on one project', () => {
  it('make takes of one shot and edit one shot list at once, and lose nothing', async () => {
    const [inWorkspace, inProject] = windows;
    await Promise.all([workIn(inWorkspace, 'workspace'), workIn(inProject, 'project'), workInTerminal()]);
    await expectTakes(8);
    expect(await highestNumber()).toBe(8);
    const list = await shots();
    expect(list.map(({ number }) => number).sort((a, b) => a - b)).toEqual(oneTo(8));
    for (const place of ['workspace', 'project', 'terminal'])
      for (const turn of ['first', 'second'])
        expect(list.filter(({ description }) => description === `From the ${place}, ${turn}`)).toHaveLength(
          1,
        );
    // What was added in the editor waits for the user's own commit.
    expect(await git(film, 'status', '--porcelain')).toMatch(/^( M .*\.shotlist\.json\n)?$/);
    await git(film, 'commit', '--all', '--allow-empty', '--quiet', '-m', 'Add shots');
    await expectNothingWrong();
  });

  it('show all of it, in both trees and on both Progress pages', async () => {
    for (const [index, workbench] of windows.entries()) {
      for (const shot of await shots())
        await workbench.treeRow(`0${String(shot.number)}  ${shot.description}`).waitFor();
      await workbench.expand(firstShot);
      for (const number of oneTo(8)) {
        await workbench.treeRow(`Take 0${String(number)}`).waitFor();
        await workbench
          .webviewView('main')
          .getByText(`Take 0${String(number)}`)
          .waitFor();
      }
      await workbench.screenshot(`two-windows-${String(index)}`);
    }
  });

  it('hand the recording over when the window that records is killed, and each job becomes one take', async () => {
    const running = start(film, ['generate', '01/01/01', '--takes', '12', '--json']);
    await expect.poll(async () => (await takes()).length, { timeout: 60_000 }).toBeGreaterThan(9);
    const killed = recorder();
    process.kill(killed.pid, 'SIGKILL');
    const { code, stdout, stderr } = await running.ended;
    expect(code, `${stdout}${stderr}`).toBe(0);
    expect(GenerateReply.parse(JSON.parse(stdout)).takes).toHaveLength(12);
    await expectTakes(20);
    const now = recorder();
    expect(now.pid).not.toBe(killed.pid);
    expect(now.epoch).toBeGreaterThan(killed.epoch);
    await expectNothingWrong();
  });
});

describe('a window whose queue a newer build has taken over', () => {
  it('says so, still shows the film, and goes on once the queue is its own again', async () => {
    const [workbench] = windows;
    setQueueVersion(99);
    await workbench.reload();
    const message = await workbench.notification('written by a newer version of Auteur');
    expect(await message.count()).toBe(1);
    await showFilm(workbench);
    await workbench.webviewView('p[role=alert]').getByText('newer version of Auteur').waitFor();
    await workbench.screenshot('newer-queue');
    await workbench.runCommand('Notifications: Clear All Notifications');
    await generateTake(workbench);
    await workbench.notification('written by a newer version of Auteur');
    setQueueVersion(schemaVersion);
    const next = (await highestNumber()) + 1;
    await generateTake(workbench);
    await workbench
      .webviewView('main')
      .getByText(`Take ${String(next)}`)
      .waitFor();
    await workbench.webviewView('p[role=alert]').waitFor({ state: 'detached' });
    await workbench.webviewView('main').getByText('Take 01').waitFor();
    await workbench.treeRow(`Take ${String(next)}`).waitFor();
    await expectTakes(21);
  });
});

function withQueue<T>(work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(join(home.state, 'auteur.db'), { timeout: 10_000 });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** Who holds the right to record in the film. */
function recorder(): { pid: number; epoch: number } {
  const row = withQueue((database) => database.prepare('SELECT pid, epoch FROM leases').get());
  return { pid: Number(row?.['pid']), epoch: Number(row?.['epoch']) };
}

function setQueueVersion(version: number): void {
  withQueue((database) => {
    database.exec(`PRAGMA user_version = ${String(version)}`);
  });
}
