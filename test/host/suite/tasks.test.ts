import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { JobId } from '../../../src/core/model/ids.ts';
import { eventually } from '../lib/eventually.ts';
import { command, extension, workspaceFolder } from '../lib/extension.ts';
import { type Film, makeFilm, takesOf } from '../lib/film.ts';
import { shownLog } from '../lib/messages.ts';
import { auteur, jobsOf } from '../lib/programs.ts';
import { shotList, uriOf } from '../lib/texts.ts';

const file = (): string => join(workspaceFolder(), '.vscode', 'tasks.json');
const project = 'Projects/Film_of_Tasks';
/** Of each of its two shots. */
const farTooMany = 150;
/** Those of the tests before it with them. */
const allJobs = 3 + 2 * farTooMany;
const inTasksFile = [
  { label: 'The second shots', action: 'generateMissing', shots: ['*/*/02'] },
  // A busy VS Code may take seconds to end it.
  { label: 'Far too many', action: 'generate', shots: ['**'], takes: farTooMany },
];

async function taskNamed(name: string): Promise<vscode.Task> {
  return eventually(`the task ${name}`, async () =>
    (await vscode.tasks.fetchTasks({ type: 'auteur' })).find((task) => task.name === name),
  );
}

/** Runs a task to its end; its exit code, undefined where it was ended from outside. */
async function exitOf(
  task: vscode.Task,
  meanwhile?: (run: vscode.TaskExecution) => Promise<void>,
): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const ended = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
    if (execution.task.name === task.name) resolve(exitCode);
  });
  try {
    const run = await vscode.tasks.executeTask(task);
    await meanwhile?.(run);
    return await promise;
  } finally {
    ended.dispose();
  }
}

/** Each step builds on the one before. */
describe('a task', () => {
  let film: Film;
  let blocked: string;

  before(async () => {
    await extension().activate();
    film = await makeFilm('Film of Tasks');
    await auteur(film.root, 'add', 'shot', '04/01', 'The cat looks up');
    await auteur(film.root, 'set', 'film', 'resolution=160x90');
    await mkdir(dirname(file()), { recursive: true });
    const tasks = inTasksFile.map((task) => ({ type: 'auteur', project, ...task }));
    await writeFile(file(), JSON.stringify({ version: '2.0.0', tasks }, undefined, 2));
    blocked = join(film.root, '03_Renders/Chapter_04/Scene_01/Shot_02');
    await mkdir(dirname(blocked), { recursive: true });
    await writeFile(blocked, 'a file where a folder should be');
  });
  after(async () => {
    await rm(file());
    for (const close of ['closeAllEditors', 'closePanel'])
      await vscode.commands.executeCommand(`workbench.action.${close}`);
  });

  const failures = (): readonly vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(uriOf(film, shotList)).filter(({ source }) => source === 'Auteur');

  it('is found in each film, for what is missing, what is stale and the frames', async () => {
    await taskNamed('Generate missing takes: Film of Tasks');
    const all = await vscode.tasks.fetchTasks({ type: 'auteur' });
    const ours = all.filter(({ name }) => name.endsWith(': Film of Tasks'));
    assert.deepEqual(
      ours.map(({ definition }) => ({
        action: String(definition['action']),
        project: String(definition['project']),
      })),
      ['generateMissing', 'regenerateStale', 'exportFrames'].map((action) => ({ action, project })),
    );
  });

  it('that fails says so, and where in the shot list', async () => {
    assert.equal(await exitOf(await taskNamed('Generate missing takes: Film of Tasks')), 1);
    assert.equal((await takesOf(film, 1)).length, 1);
    const [failure] = await eventually('the problem of the shot', () => {
      const found = failures();
      return found.length > 0 ? found : undefined;
    });
    assert.match(failure?.message ?? '', /^04\/01\/02: /);
    const list = await vscode.workspace.openTextDocument(uriOf(film, shotList));
    const shots = list.getText().slice(list.offsetAt(failure?.range.start ?? new vscode.Position(0, 0)));
    assert.match(shots, /^\s*\{[^{]*The cat looks up/);
    const failed = (await jobsOf(film.root)).find(({ status }) => status === 'error')?.id ?? 'none';
    await command('auteur.job.showLog', { jobId: JobId.parse(failed) });
    const log = await eventually('the end of its log', () =>
      shownLog()?.includes('has no log') === true ? shownLog() : undefined,
    );
    assert.match(log, /^04\/01\/02 of "Film of Tasks"[^]*Failed: /);
  });

  it('of tasks.json makes what is still missing of the shots that fit', async () => {
    await rm(blocked);
    assert.equal(await exitOf(await taskNamed('The second shots')), 0);
    assert.deepEqual(
      (await jobsOf(film.root)).map(({ address, status }) => `${address} ${status}`),
      ['04/01/02 completed', '04/01/02 error', '04/01/01 completed'],
    );
    await eventually('no problem any more', () => (failures().length === 0 ? true : undefined));
  });

  it('that is ended cancels what it has asked for', async () => {
    await exitOf(await taskNamed('Far too many'), async (run) => {
      await takesOf(film, 2);
      run.terminate();
    });
    const jobs = await eventually('the end of every job', async () => {
      const all = await jobsOf(film.root);
      return all.every(({ status }) => status !== 'pending' && status !== 'running') ? all : undefined;
    });
    assert.equal(jobs.length, allJobs);
    assert.ok(jobs.filter(({ status }) => status === 'cancelled').length > 5);
  });

  it('is helped along in tasks.json with the shots of its film', async () => {
    const uri = vscode.Uri.file(file());
    const text = await vscode.workspace.openTextDocument(uri);
    const at = text.positionAt(text.getText().indexOf('"*/*/02"') + 1);
    const offered = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      at,
    );
    const values = offered.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    for (const value of ['"**"', '"04/*/*"', '"04/01/*"', '"04/01/02"'])
      assert.ok(values.includes(value), values.join(' '));
  });

  it('need not be run to see what would run', async () => {
    await command('auteur.part.showPlan', film);
    await eventually('the page of what would run', () => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      return tabs.find(({ label }) => label === `What Would Run: ${film.address}`);
    });
    assert.equal((await jobsOf(film.root)).length, allJobs);
  });
});
