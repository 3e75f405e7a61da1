import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunnerSettings } from '../../src/core/model/runnerSettings.ts';
import type { Take } from '../../src/core/model/take.ts';
import { scanTakes } from '../../src/core/storage/takes.ts';
import type { Word } from '../../src/runner/pipelines/allowedPipelines.ts';
import { goIn, waitsForGo } from '../lib/goFile.ts';
import { makesPicture } from '../lib/makesPicture.ts';
import { repeat, soon } from '../lib/repeat.ts';
import { smallFilm } from '../lib/smallFilm.ts';
import { TestEngine, testImage } from '../lib/testEngine.ts';
import type { TestHome } from '../lib/testHome.ts';
import { testWindow } from '../lib/testWindow.ts';
import type { Workbench } from '../lib/workbench.ts';

const shared = testWindow('containers');
const patience = { timeout: 60_000 };
const shot = /^01 {2}.*9:15/;
let engine: TestEngine;
let home: TestHome;
let workbench: Workbench;
let root: string;
let letGo: () => void;

beforeAll(async () => {
  engine = await TestEngine.start();
  shared.onClose(() => engine.dispose());
  home = await shared.makeHome();
  ({ root } = await smallFilm(home.workspace, 'Night Train'));
  letGo = goIn(home.workspace);
  const script = ['echo threading the film', tells('Develops the film', 0.4), waitsForGo, makesPicture];
  define(join(home.workspace, 'Library/Pipeline_Templates'), 'grain', script);
  prefer({ low: 'grain' });
  workbench = await shared.open({ ...home.env, ...engine.env }, home.workspace);
  await workbench.openActivity('Auteur');
  await workbench.showView('Progress');
  await workbench.expand('Night Train', /^01 {2}Act One/, /^01 {2}.*7/);
});

/** A pipeline that runs lines of a shell script in a container. */
function define(folder: string, id: string, script: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  const command = ['/bin/sh', '-c', script.join('\n')];
  const definition = { schemaVersion: 1, kind: 'container', image: testImage, command };
  writeFileSync(join(folder, `${id}.pipeline.json`), JSON.stringify(definition));
}

function tells(step: string, progress: number): string {
  return `echo '${JSON.stringify({ type: 'progress', progress, step })}'`;
}

function prefer(pipelines: RunnerSettings['pipelines'], devices: RunnerSettings['devices'] = []): void {
  mkdirSync(home.state, { recursive: true });
  writeFileSync(join(home.state, 'runner.json'), JSON.stringify({ pipelines, devices }));
}

async function takes(): Promise<readonly Take[]> {
  return (await scanTakes(join(root, '03_Renders/Chapter_01/Scene_01/Shot_01'))).takes;
}

async function madeWith(): Promise<readonly string[]> {
  return (await takes()).map(({ pipeline }) => pipeline.id);
}

/** The pipelines that have the user's word. */
function allowed(): readonly string[] {
  const folder = join(home.state, 'allowed');
  if (!existsSync(folder)) return [];
  const words = readdirSync(folder).map(
    (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Word,
  );
  return words.map(({ pipeline }) => pipeline).sort();
}

async function containers(): Promise<number> {
  return (await engine.docker('ps', '-q')).split('\n').filter((id) => id !== '').length;
}

async function generate(): Promise<void> {
  await workbench.chooseFromContextMenu(shot, 'Generate Take');
}

function page(text: string): Locator {
  return workbench.webviewView('main').filter({ hasText: text });
}

/** Presses a button of a message. */
async function press(text: string, button: string): Promise<void> {
  const message = await workbench.notification(text);
  await repeat(async () => {
    await message.hover({ timeout: 3_000 });
    await message.getByRole('button', { name: button, exact: true }).click({ timeout: 3_000 });
  });
}

function onThePage(button: RegExp): Locator {
  return workbench.webviewView('main').getByRole('button', { name: button });
}

/** Each step builds on the one before. */
describe('a pipeline in a container, in the window', () => {
  it('asks for the word where a file of the workspace names it, shows that file, and goes on', async () => {
    await generate();
    await press('A file of this workspace asks to run', 'Show Pipeline');
    await workbench.editorTab('grain.pipeline.json').waitFor();
    await workbench.notification('A file of this workspace asks to run');
    await workbench.screenshot('containers-word');
    await press('A file of this workspace asks to run', 'Allow and Try Again');
    await expect.poll(containers, patience).toBe(1);
    expect(allowed()).toEqual(['grain']);
  });

  it('says on its row and on the page how far it is, and shows its log', async () => {
    await workbench.treeRow(shot).filter({ hasText: '40%' }).waitFor();
    await page('Develops the film').waitFor();
    await onThePage(/^Show the log of 01\/01\/01/).click();
    await workbench.page.locator('.editor-instance').getByText('threading the film').waitFor();
    await workbench.screenshot('containers-running');
    letGo();
    await workbench.treeRow('Take 01').waitFor();
    expect(await madeWith()).toEqual(['grain']);
  });

  it('is stopped with its container when it is cancelled', async () => {
    rmSync(join(home.workspace, 'Library/AI_Models/go'));
    await generate();
    await expect.poll(containers, patience).toBe(1);
    await onThePage(/^Cancel 01\/01\/01/).click();
    await expect.poll(containers, patience).toBe(0);
    await page('Cancelled').waitFor();
    expect(await takes()).toHaveLength(1);
  });

  it('waits for an engine that has stopped, says so, and ends by itself when it is back', async () => {
    await generate();
    await expect.poll(containers, patience).toBe(1);
    await engine.kill();
    await page('No container engine answers').waitFor(patience);
    await workbench.treeRow(shot).filter({ hasText: 'waiting' }).waitFor();
    await workbench.screenshot('containers-engine-away');
    await engine.start();
    letGo();
    await workbench.treeRow('Take 02').waitFor(patience);
    expect(await madeWith()).toEqual(['grain', 'grain']);
  });

  it('of the machine that fails says how, in its last words', async () => {
    define(join(home.state, 'pipelines'), 'dust', ['echo no dust; exit 3']);
    prefer({ low: 'dust' });
    await generate();
    await page('The pipeline ended with exit code 3: no dust').waitFor(patience);
    await workbench.treeRow(shot).filter({ hasText: 'failed' }).waitFor();
    await workbench.screenshot('containers-failed');
    expect(await takes()).toHaveLength(2);
  });

  it('of Auteur is offered where the storyboard stands in only for want of the word', async () => {
    prefer({}, [{ id: 'card', name: 'A card', vramGb: 24, access: 'none' }]);
    await generate();
    await expect.poll(madeWith, patience).toEqual(['grain', 'grain', 'storyboard']);
    await workbench.notification('The storyboard stands in for auteur-flux:1.0-draft');
    await workbench.screenshot('containers-offer');
    await press('The storyboard stands in for', 'Allow auteur-flux:1.0-draft');
    await expect.poll(allowed, soon).toEqual(['auteur-flux:1.0-draft', 'grain']);
  });
});
