import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ComfyServer } from '../lib/comfy/comfyServer.ts';
import { noiseGraph, textGraph } from '../lib/comfy/graphs.ts';
import type { TestHome } from '../lib/testHome.ts';
import { testWindow } from '../lib/testWindow.ts';
import type { Workbench } from '../lib/workbench.ts';

const shared = testWindow('first-take');
let home: TestHome;
let workbench: Workbench;

beforeAll(async () => {
  home = await shared.makeHome();
  workbench = await shared.open(home.env, home.workspace);
});

function project(): string {
  return join(home.workspace, 'Projects', 'Night_Train');
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: project(), encoding: 'utf8', env: home.env });
}

/** Each step builds on the one before, as in a director's first ten minutes. */
describe('from nothing to a recorded take, in the editor', () => {
  it('welcomes a director who has no film yet', async () => {
    await workbench.openActivity('Auteur');
    const welcome = workbench.page.getByRole('region', { name: 'Welcome' });
    await welcome.getByRole('button', { name: 'New Project' }).waitFor();
  });

  it('makes a project through the palette, checking what is typed', async () => {
    await workbench.runCommand('Auteur: New Project');
    await workbench.quickInputAsking('Name of the film').locator('input.input').fill(' ');
    await expect.poll(() => workbench.quickInputMessage().innerText()).toMatch(/1 (to|–) 200/);
    await workbench.answerInput('Name of the film', 'Night Train');
    await workbench.answerPick('Which workspace does it belong to?', home.workspace.split('/').at(-1) ?? '');
    await workbench.answerPick('Which quality do takes have', 'Low');
    await workbench.answerPick('How is the story told?', 'Three');
    await workbench.treeRow('Night Train').waitFor();
    expect(git('status', '--porcelain')).toBe('');
  });

  it('adds a scene and a shot from the tree', async () => {
    await workbench.expand('Night Train');
    await workbench.chooseFromContextMenu(
      /^01 {2}Act One/,
      'Add Scene',
      workbench.quickInputAsking('Title of the scene'),
    );
    await workbench.answerInput('Title of the scene', 'The platform');
    await workbench.treeRow(/^01 {2}The platform/).waitFor();
    await workbench.chooseFromContextMenu(
      /^01 {2}The platform/,
      'Add Shot',
      workbench.quickInputAsking('What is seen in the shot?'),
    );
    await workbench.answerInput('What is seen in the shot?', 'A woman waits alone under the clock');
    await workbench.answerPick('How much is seen?', 'WS');
    const shot = workbench.treeRow(/^01 {2}A woman waits/);
    await shot.and(workbench.page.locator('[aria-selected="true"]')).waitFor();
  });

  it('generates a take by right click, follows it on the Progress page, and shows it in the tree', async () => {
    await workbench.showView('Progress');
    await workbench.chooseFromContextMenu(/^01 {2}A woman waits/, 'Generate Take');
    await workbench.webviewView('main').getByText('Take 01').waitFor();
    await workbench.treeRow('Take 01').waitFor();
    const folder = join(project(), '03_Renders/Chapter_01/Scene_01/Shot_01');
    expect(readdirSync(folder).sort()).toEqual(['S01_S01_take01.json', 'S01_S01_take01.png']);
    await expect
      .poll(() => git('lfs', 'ls-files', '--name-only').trim(), { timeout: 10_000 })
      .toContain('take01.png');
    await workbench.screenshot('first-take');
  });

  it('opens the take as a picture on click', async () => {
    await workbench.treeRow('Take 01').click();
    await workbench.editorTab('S01_S01_take01.png').waitFor();
    await workbench.webviewEditor('img').waitFor();
  });

  it('makes the second take the latest, and the first one active when asked', async () => {
    await workbench.chooseFromContextMenu(/^01 {2}A woman waits/, 'Generate Take');
    await workbench.treeRow('Take 02').filter({ hasText: 'latest' }).waitFor();
    const active = workbench.treeRow('Take 01').filter({ hasText: 'active' });
    await workbench.chooseFromContextMenu('Take 01', 'Make Active Take', active);
    const shotList = '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json';
    expect(readFileSync(join(project(), shotList), 'utf8')).toContain('activeTake');
  });

  it('makes a pipeline of a workflow, once what goes where was seen', async () => {
    const file = join(home.workspace, 'noise.json');
    writeFileSync(file, JSON.stringify(noiseGraph()));
    await workbench.runCommand('Auteur: Add Workflow as Pipeline');
    const review = workbench.quickInputAsking('nothing is written yet');
    await workbench.answerFileDialog(file, review);
    await review.getByText('seed of node 2').waitFor();
    await review.getByText('Negative prompt').waitFor();
    await workbench.screenshot('workflow');
    const written = join(home.workspace, 'Library', 'Pipeline_Templates', 'noise.pipeline.json');
    expect(existsSync(written)).toBe(false);
    await workbench.quickPick('Add This Pipeline').click();
    await workbench.editorTab('noise.pipeline.json').waitFor();
    expect(JSON.parse(readFileSync(written, 'utf8'))).toMatchObject({ kind: 'comfyui', id: 'noise' });
  });

  it('still shows everything after the window is reloaded', async () => {
    await workbench.reload();
    await workbench.openActivity('Auteur');
    for (const label of ['Night Train', /^01 {2}Act One/, /^01 {2}The platform/, /^01 {2}A woman waits/]) {
      await workbench.expand(label);
    }
    await workbench.treeRow('Take 01').filter({ hasText: 'active' }).waitFor();
    await workbench.treeRow('Take 02').waitFor();
    await workbench.showView('Progress');
    await workbench.webviewView('main').getByText('Take 02').waitFor();
  });

  it('shows what ComfyUI has made so far beside the job, each new picture, until it has ended', async () => {
    const server = await ComfyServer.start();
    onTestFinished(() => server.stop());
    mapLowTo(server);
    const reached = server.hold('KSampler step 3');
    await workbench.chooseFromContextMenu(/^01 {2}A woman waits/, 'Generate Take');
    const picture = workbench.webviewView('img');
    await expect.poll(() => picture.getAttribute('alt')).toBe('Preview of the take of 01/01/01');
    await reached;
    const shown = () => picture.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.src]);
    await expect.poll(shown).toEqual([160, expect.stringContaining('.jpg?')]);
    const [, before] = await shown();
    await workbench.screenshot('preview');
    const further = server.hold('VAEDecode');
    server.release('KSampler step 3');
    await further;
    await expect.poll(async () => (await shown())[1]).not.toBe(before);
    server.release('VAEDecode');
    await workbench.treeRow('Take 03').waitFor();
    await picture.waitFor({ state: 'detached' });
  });
});

/** Takes of low quality are made by a workflow on this server. */
function mapLowTo({ url }: ComfyServer): void {
  const folder = join(home.state, 'pipelines');
  mkdirSync(folder, { recursive: true });
  const write = (name: string, value: object): void => {
    writeFileSync(join(folder, name), JSON.stringify(value));
  };
  const inputs = {
    seed: { node: '3', input: 'seed' },
    filename: { node: '9', input: 'filename_prefix' },
  };
  write('portrait.workflow.json', textGraph());
  const kind = { schemaVersion: 1, kind: 'comfyui', server: url, workflow: 'portrait.workflow.json' };
  write('portrait.pipeline.json', { ...kind, inputs });
  const settings = join(home.state, 'runner.json');
  writeFileSync(settings, JSON.stringify({ pipelines: { low: 'portrait' } }));
  onTestFinished(() => {
    rmSync(settings);
  });
}
