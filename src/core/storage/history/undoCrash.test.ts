import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { endedBefore } from '../../../../test/lib/killedAt.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { newProject } from '../../domain/newProject.ts';
import { AuteurError } from '../../errors.ts';
import { addScene, addShot } from '../filmEdits.ts';
import { formatJson } from '../jsonFile.ts';
import { allScenes, readProject, shotsOf } from '../projectFiles.ts';
import { readHistory, redoEdit, undoEdit } from './undo.ts';

const shotLists = '02_Source_Creative/ShotLists';
const idle = () => Promise.resolve(false);

const work = `
  const { addScene, addShot } = await import(${JSON.stringify(join(import.meta.dirname, '../filmEdits.ts'))});
  const { undoEdit, redoEdit } = await import(${JSON.stringify(join(import.meta.dirname, 'undo.ts'))});
  const root = process.env.ROOT;
  const undo = () => undoEdit(root, () => Promise.resolve(false));
  const redo = () => redoEdit(root, () => Promise.resolve(false));`;

const edits = `
  await addScene(root, '01', 'The sea');
  await addShot(root, '01/01', { description: 'Rain' });
  await undo(); await undo();
  await redo(); await redo();`;

const editsAfterUndo = `
  await addScene(root, '01', 'The sea');
  await undo();
  await addScene(root, '01', 'The shore');`;

function aFilm(): string {
  const root = tempFolder();
  mkdirSync(join(root, shotLists), { recursive: true });
  const project = newProject({ name: 'x', quality: 'low', structure: 'three-act', now: new Date() });
  writeFileSync(join(root, 'project.json'), formatJson(project));
  return root;
}

/** Runs a script in a process of its own; true where it came to its end. */
async function runs(script: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(child, 'close');
  if (child.signalCode !== 'SIGKILL') expect(child.exitCode).toBe(0);
  return child.exitCode === 0;
}

async function shotsIn(root: string): Promise<readonly string[]> {
  const { value } = await readProject(root);
  const shots = await Promise.all(allScenes(value).map((placed) => shotsOf(root, placed)));
  return [...allScenes(value), ...shots.flat()].map(({ address }) => address);
}

async function all(step: () => Promise<unknown>): Promise<number> {
  for (let count = 0; ; count++) {
    try {
      await step();
    } catch (error) {
      if (AuteurError.is(error, 'nothing-to-undo') || AuteurError.is(error, 'nothing-to-redo')) return count;
      throw error;
    }
  }
}

/** After a crash what the history says is what the film holds, all the way back and forth. */
async function expectTruth(root: string): Promise<void> {
  const before = await shotsIn(root);
  const { nextSceneNumber } = (await readProject(root)).value.narrative;
  const redone = await all(() => redoEdit(root, idle));
  const whole = await shotsIn(root);
  expect(whole.length).toBe(before.length + redone);
  const undone = await all(() => undoEdit(root, idle));
  expect(undone).toBe(whole.length);
  expect(await shotsIn(root)).toEqual([]);
  expect(await all(() => redoEdit(root, idle))).toBe(undone);
  expect(await shotsIn(root)).toEqual(whole);
  expect((await readProject(root)).value.narrative.nextSceneNumber).toBeGreaterThanOrEqual(nextSceneNumber);
}

test.each([
  ['an edit, undo or redo', edits, 6],
  ['an edit that ends redo', editsAfterUndo, 3],
] as const)(
  'a process killed before any step of %s leaves a history that is true',
  { timeout: 300_000 },
  async (_, script, count) => {
    const start = aFilm();
    let at = 1;
    for (let ended = false; !ended; at++) {
      const root = tempFolder();
      cpSync(start, root, { recursive: true });
      ended = await endedBefore(at, root, `${work}${script}`);
      await expectTruth(root);
    }
    // Each of the steps writes what it will do, does it and says that it is done.
    expect(at).toBeGreaterThan(count * 3);
  },
);

test('a shot list that a killed undo left behind goes, and its numbers stay given', async () => {
  const root = aFilm();
  await addScene(root, '01', 'The sea');
  await addShot(root, '01/01', { description: 'Rain' });
  await undoEdit(root, idle);
  const path = join(root, shotLists, 'Chapter_01_Scene_01.shotlist.json');
  const text = readFileSync(path, 'utf8');
  await undoEdit(root, idle);
  const [name = ''] = readdirSync(join(root, '.auteur/history')).filter((one) => one.endsWith('1.json'));
  const entry = join(root, '.auteur/history', name);
  const { moves, ...undone } = JSON.parse(readFileSync(entry, 'utf8')) as Record<string, unknown>;
  writeFileSync(entry, JSON.stringify({ ...undone, state: 'undoing', moves: [], next: moves }));
  writeFileSync(path, text);
  await expect(undoEdit(root, idle)).rejects.toMatchObject({ code: 'nothing-to-undo' });
  expect(existsSync(path)).toBe(false);
  await redoEdit(root, idle);
  expect((await addShot(root, '01/01', { description: 'Snow' })).address).toBe('01/01/02');
});

test('processes that undo at once undo every edit once', { timeout: 60_000 }, async () => {
  const root = aFilm();
  await addScene(root, '01', 'The sea');
  for (let count = 0; count < 7; count++) await addShot(root, '01/01', { description: 'Rain' });
  const script = `${work} await undo(); await undo();`;
  expect(await Promise.all([1, 2, 3, 4].map(() => runs(script, { ROOT: root })))).toEqual(
    Array(4).fill(true),
  );
  expect(await shotsIn(root)).toEqual([]);
  expect(await readHistory(root)).toEqual({ redo: 'Add scene 01/01: The sea' });
});
