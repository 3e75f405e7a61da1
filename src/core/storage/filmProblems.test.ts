import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyEdits } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { aTake } from '../../../test/builders/aTake.ts';
import { textFilm } from '../../../test/lib/textFilm.ts';
import { ShotList } from '../model/shotList.ts';
import { parseJsonText } from './jsonText.ts';
import type { PlacedProblem } from '../protocol/problems.ts';
import { FilmProblems } from './filmProblems.ts';
import { fixText } from './fixText.ts';
import { formatJson, readJsonFile } from './jsonFile.ts';

const manifest = 'project.json';
const list = '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json';

async function change(root: string, path: string, make: (text: string) => string): Promise<void> {
  await writeFile(join(root, path), make(readFileSync(join(root, path), 'utf8')));
}

/** Sets a value by the names on the way to it. */
async function put(
  root: string,
  path: string,
  steps: readonly (string | number)[],
  value: unknown,
): Promise<void> {
  await change(root, path, (text) => {
    const json = parseJsonText(text);
    if ('problem' in json) throw new Error(json.problem);
    const parent = steps
      .slice(0, -1)
      .reduce<unknown>((inner, step) => Reflect.get(Object(inner), step), json.value);
    Reflect.set(Object(parent), steps.at(-1) ?? '', value);
    return formatJson(json.value);
  });
}

async function find(root: string): Promise<readonly PlacedProblem[]> {
  return (await new FilmProblems().find(root)).problems;
}

/** What the range of a problem covers. */
function underlined(root: string, { path, range }: PlacedProblem): string {
  const lines = readFileSync(join(root, path), 'utf8').split('\n');
  expect(range.end.line).toBe(range.start.line);
  return lines[range.start.line]?.slice(range.start.character, range.end.character) ?? '';
}

/** Makes the fix of the only problem and looks again. */
async function mend(root: string): Promise<string> {
  const [problem, ...more] = await find(root);
  expect(more).toEqual([]);
  if (problem?.fix === undefined) throw new Error('There is nothing to mend.');
  const { fix, path } = problem;
  await change(root, path, (text) => {
    const made = fixText(text, fix);
    if (made === undefined) throw new Error('The fix does not fit.');
    return applyEdits(text, [{ offset: made.offset, length: made.length, content: made.text }]);
  });
  expect(await find(root)).toEqual([]);
  return readFileSync(join(root, path), 'utf8');
}

test('a whole film has no problem', async () => {
  expect(await find(await textFilm())).toEqual([]);
});

test('a dangling reference is underlined and taken out', async () => {
  const root = await textFilm();
  await put(root, list, ['shots', 0, 'characters'], ['nobody']);
  const [problem] = await find(root);
  expect(problem).toMatchObject({ path: list, code: 'asset-dangling', pointer: '/shots/0/characters/0' });
  expect(problem && underlined(root, problem)).toBe('"nobody"');
  expect(await mend(root)).toContain('"characters": []');
});

test('a beat of a scene that is gone is taken out of the beat', async () => {
  const root = await textFilm();
  const beat = { name: 'Dread', position: 0.5, intensity: 1, scene: 'gone' };
  await put(root, manifest, ['narrative', 'emotionalBeats'], [beat]);
  expect(await mend(root)).not.toContain('gone');
});

test('the later of two scenes with one number gets the next free one', async () => {
  const root = await textFilm();
  const scene = {
    id: 'second',
    number: 1,
    title: 'Twin',
    shotList: '02_Source_Creative/ShotLists/b.shotlist.json',
  };
  await put(root, manifest, ['narrative', 'chapters', 1, 'scenes'], [scene]);
  const [problem] = await find(root);
  expect(problem).toMatchObject({
    code: 'number-repeated',
    pointer: '/narrative/chapters/1/scenes/0/number',
  });
  expect(await mend(root)).toMatch(/"nextSceneNumber": 3/);
});

test('the later of two shots with one id gets a new one, and one that shares a folder does not', async () => {
  const root = await textFilm({ shots: 2 });
  const id = 'the-same';
  await put(root, list, ['shots', 0, 'id'], id);
  await put(root, list, ['shots', 1, 'id'], id);
  expect((await mend(root)).split(id)).toHaveLength(2);
  const { value } = await readJsonFile(join(root, list), ShotList);
  await put(root, list, ['shots', 1], value.shots[0]);
  const found = await find(root);
  expect(found.map(({ code }) => code).sort()).toEqual(['folder-shared', 'id-repeated', 'number-repeated']);
  expect(found.find(({ code }) => code === 'id-repeated')?.fix).toBeUndefined();
});

test('a counter that is too low is raised', async () => {
  const root = await textFilm();
  await put(root, list, ['nextNumber'], 1);
  expect(await mend(root)).toContain('"nextNumber": 2');
});

test('an active take that is not there is cleared, and one that comes is found', async () => {
  const root = await textFilm();
  const problems = new FilmProblems();
  await put(root, list, ['shots', 0, 'activeTake'], aTake().id);
  expect((await problems.find(root)).problems).toMatchObject([{ code: 'active-take-missing' }]);
  const folder = join(root, '03_Renders/Chapter_01/Scene_01/Shot_01');
  await mkdir(folder, { recursive: true });
  const sidecar = join(folder, 'S01_S01_take01.json');
  await writeFile(sidecar, formatJson(aTake()));
  expect((await problems.find(root)).problems).toEqual([]);
  await rm(sidecar);
  expect((await problems.find(root)).problems).toMatchObject([{ code: 'active-take-missing' }]);
  expect(await mend(root)).not.toContain('activeTake');
});

test('a shot list of no scene is given to the scene that names it', async () => {
  const root = await textFilm();
  await put(root, list, ['sceneId'], 'nobody');
  expect(await mend(root)).not.toContain('nobody');
});

test('a reference file that is missing is underlined and taken out', async () => {
  const root = await textFilm();
  const folder = '01_Assets/Characters/Ada';
  await put(root, manifest, ['assets', 'characters'], [{ id: 'ada', name: 'Ada', folder }]);
  await mkdir(join(root, folder), { recursive: true });
  const asset = { schemaVersion: 1, id: 'ada', name: 'Ada', references: ['gone.png'] };
  await writeFile(join(root, folder, 'asset.json'), formatJson(asset));
  const [problem] = await find(root);
  expect(problem && underlined(root, problem)).toBe('"gone.png"');
  expect(await mend(root)).not.toContain('gone.png');
});

test.each([
  ['half-written', (text: string) => text.slice(0, text.indexOf('"narrative"') + 14), '{', 'file-unreadable'],
  [
    'with a merge conflict',
    (text: string) => text.replace('  "name"', '<<<<<<< HEAD\n  "name"'),
    '<<<<<<< HEAD',
    'text-in-conflict',
  ],
  ['with a key twice', (text: string) => text.replace('{', '{\n  "name": "x",'), '"name"', 'file-unreadable'],
])('a manifest that is %s names the place', async (_what, spoil, place, code) => {
  const root = await textFilm();
  await change(root, manifest, spoil);
  const [problem, ...more] = await find(root);
  expect(more).toEqual([]);
  expect(problem).toMatchObject({ path: manifest, code });
  expect(problem && underlined(root, problem)).toBe(place);
});

test('a shot list that cannot be read hides no other', async () => {
  const root = await textFilm();
  await change(root, list, () => '{');
  await put(root, manifest, ['settings', 'style'], 'none');
  expect((await find(root)).map(({ path, code }) => `${path} ${code}`)).toEqual([
    'project.json asset-dangling',
    `${list} file-unreadable`,
  ]);
});

test('problems that are others than last time are told, and then not again', async () => {
  const root = await textFilm();
  const problems = new FilmProblems();
  expect((await problems.find(root)).changed).toBeUndefined();
  await put(root, list, ['sceneId'], 'nobody');
  expect((await problems.find(root)).changed).toBeDefined();
  expect((await problems.find(root)).changed).toBeUndefined();
});

test('a film of many scenes is looked at in a moment', async () => {
  const root = await textFilm();
  const scenes = Array.from({ length: 300 }, (_, index) => ({
    id: `s${index}`,
    number: index + 2,
    title: 'A scene',
    shotList: `02_Source_Creative/ShotLists/${index}.shotlist.json`,
  }));
  await put(root, manifest, ['narrative', 'chapters', 1, 'scenes'], scenes);
  await put(root, manifest, ['narrative', 'nextSceneNumber'], 400);
  await Promise.all(
    scenes.map(({ id, shotList }) =>
      writeFile(
        join(root, shotList),
        formatJson({ schemaVersion: 1, sceneId: id, nextNumber: 1, shots: [] }),
      ),
    ),
  );
  const started = performance.now();
  expect(await find(root)).toEqual([]);
  expect(performance.now() - started).toBeLessThan(2000);
});
