import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aTake } from '../../../../test/builders/aTake.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { textFilm } from '../../../../test/lib/textFilm.ts';
import { Project } from '../../model/project.ts';
import { ShotList } from '../../model/shotList.ts';
import { addScene, addShot } from '../filmEdits.ts';
import { formatJson } from '../jsonFile.ts';
import { validateProject } from '../validate.ts';
import { fixTakes } from './fixTakes.ts';

const list = '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json';
const other = '02_Source_Creative/ShotLists/Chapter_01_Scene_02.shotlist.json';

function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const read = (root: string, path: string) => readFileSync(join(root, path), 'utf8');
const listIn = (root: string, path = list) => ShotList.parse(JSON.parse(read(root, path)));
const projectIn = (root: string) => Project.parse(JSON.parse(read(root, 'project.json')));

type Change = (root: string) => void | Promise<void>;

function commit(root: string, message: string): void {
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message', message);
}

/** Changes the shots of a list. */
const shots =
  (change: (all: ShotList['shots']) => readonly object[], path = list): Change =>
  (root) => {
    const value = listIn(root, path);
    writeFileSync(join(root, path), formatJson({ ...value, shots: change(value.shots) }));
  };
const first =
  (fields: object): Change =>
  (root) =>
    shots((all) => all.map((shot, index) => (index === 0 ? { ...shot, ...fields } : shot)))(root);

/** Two clones of a film of two scenes and three shots, one of them with a merge that Git could not make. */
async function merging(ours: Change, theirs: Change): Promise<string> {
  const there = await textFilm({ shots: 3 });
  await addScene(there, '01', 'Another scene');
  writeFileSync(join(there, '.gitignore'), '.auteur/\n');
  git(there, 'init', '--quiet', '--initial-branch', 'main');
  commit(there, 'Begin');
  const here = join(tempFolder(), 'clone');
  git(there, 'clone', '--quiet', there, here);
  await theirs(there);
  commit(there, 'There');
  await ours(here);
  commit(here, 'Here');
  git(here, 'fetch', '--quiet', 'origin');
  expect(() => git(here, 'merge', '--quiet', 'FETCH_HEAD')).toThrow();
  return here;
}

const fix = (root: string) => fixTakes(root, { commits: true });

test('what both branches changed of one list is merged, staged, and can be committed', async () => {
  const root = await merging(
    first({ note: 'Ours', reviews: { a: { rating: 4 } } }),
    first({ lens: 50, reviews: { b: { status: 'approved' } } }),
  );
  expect(await validateProject(root, { git: true })).toEqual([
    expect.objectContaining({ path: list, code: 'text-unmerged' }),
  ]);
  expect(await fix(root)).toEqual({
    ...{ renumbered: [], merged: [list], notes: [], unmerged: [], operation: 'merge' },
  });
  git(root, 'commit', '--quiet', '--no-edit');
  expect(listIn(root).shots[0]).toMatchObject({
    ...{ note: 'Ours', lens: 50, reviews: { a: { rating: 4 }, b: { status: 'approved' } } },
  });
  expect(await validateProject(root, { git: true })).toEqual([]);
  expect(git(root, 'status', '--porcelain')).toBe('');
});

test('where both changed the same, that of ours stays and both are named', async () => {
  const root = await merging(first({ note: 'Ours', size: 'CU' }), first({ note: 'Theirs', lens: 50 }));
  const { notes } = await fix(root);
  expect(notes).toEqual([
    {
      kind: 'value',
      place: { what: 'shot', name: '01/01/01' },
      field: 'note',
      here: { kind: 'text', text: '"Ours"' },
      there: { kind: 'text', text: '"Theirs"' },
    },
  ]);
  expect(listIn(root).shots[0]).toMatchObject({ note: 'Ours', size: 'CU', lens: 50 });
});

test('a shot that one branch deleted and the other changed stays, and is named', async () => {
  const root = await merging(
    shots((all) => all.slice(1)),
    first({ note: 'Theirs' }),
  );
  const { notes } = await fix(root);
  expect(notes).toEqual([
    { kind: 'kept', place: { what: 'shot', name: '01/01/01' }, field: '', removed: 'here' },
  ]);
  expect(listIn(root).shots.map(({ number }) => number)).toEqual([1, 2, 3]);
});

test.each([
  ['here', true],
  ['there', false],
])(
  'a shot that was moved to another scene (%s) and changed on the other side is changed there',
  async (_, isHere) => {
    const move: Change = async (root) => {
      const [moved] = listIn(root).shots;
      await shots((all) => all.slice(1).map((shot) => ({ ...shot, lens: 35 })))(root);
      await shots(() => [{ ...moved, number: 1 }], other)(root);
    };
    const change = shots((all) => all.map((shot) => ({ ...shot, note: 'Changed' })));
    const root = await merging(isHere ? move : change, isHere ? change : move);
    expect(await fix(root)).toMatchObject({ notes: [], unmerged: [] });
    expect(listIn(root).shots).toMatchObject([
      { number: 2, lens: 35, note: 'Changed' },
      { number: 3, lens: 35, note: 'Changed' },
    ]);
    expect(listIn(root, other).shots).toMatchObject([{ description: 'Shot 1', note: 'Changed' }]);
    git(root, 'commit', '--quiet', '--no-edit');
    expect(git(root, 'status', '--porcelain')).toBe('');
  },
);

test('the manifest is merged as well, and its counters are the greater ones', async () => {
  const edit =
    (change: (project: Project) => object): Change =>
    (root) =>
      writeFileSync(join(root, 'project.json'), formatJson(change(projectIn(root))));
  const root = await merging(
    edit((project) => ({ ...project, name: 'Here', narrative: { ...project.narrative, nextNumber: 9 } })),
    edit((project) => ({
      ...project,
      name: 'There',
      quality: 'high',
      narrative: { ...project.narrative, nextNumber: 7 },
    })),
  );
  const { notes } = await fix(root);
  expect(notes).toMatchObject([{ place: { what: 'film' }, field: 'name', there: { text: '"There"' } }]);
  expect(projectIn(root)).toMatchObject({ name: 'Here', quality: 'high', narrative: { nextNumber: 9 } });
});

test('the text keeps its layout and what no schema knows', async () => {
  const root = await merging(
    (here) => {
      const text = read(here, list).replace('"shots": [', '"ours":   { "a":1 },\n  "shots": [');
      writeFileSync(join(here, list), text.replace('"Shot 1"', '"Ours"'));
    },
    (there) => {
      writeFileSync(join(there, list), read(there, list).replace('"Shot 1"', '"Shot 1",\n      "lens": 50'));
    },
  );
  await fix(root);
  expect(read(root, list)).toContain('"ours":   { "a":1 },\n  "shots": [');
  expect(listIn(root).shots[0]).toMatchObject({ description: 'Ours', lens: 50 });
});

test('what was merged by hand already, or cannot be merged, is left alone and named', async () => {
  const root = await merging(
    async (here) => {
      await first({ note: 'Ours' })(here);
      writeFileSync(join(here, 'README.md'), 'Ours');
    },
    async (there) => {
      await first({ note: 'Theirs' })(there);
      writeFileSync(join(there, 'README.md'), 'Theirs');
    },
  );
  const byHand = git(root, 'show', `:2:${list}`).replace('Ours', 'Both');
  writeFileSync(join(root, list), byHand);
  const { merged, unmerged } = await fix(root);
  expect(merged).toEqual([]);
  expect(unmerged).toMatchObject([
    { path: list, code: 'merge-impossible', data: { reason: 'it was merged by hand already' } },
    { path: 'README.md', code: 'film-in-conflict' },
  ]);
  expect(read(root, list)).toBe(byHand);
});

test('a merge that would not be valid is not written', async () => {
  const wrong: Change = (root) => {
    const value = listIn(root);
    const all = value.shots.map((shot, index) => (index === 0 ? { ...shot, lens: -1, size: 'CU' } : shot));
    writeFileSync(join(root, list), formatJson({ ...value, shots: all }));
  };
  const root = await merging(first({ size: 'MCU' }), wrong);
  const before = read(root, list);
  const { merged, unmerged } = await fix(root);
  expect(merged).toEqual([]);
  expect(unmerged).toMatchObject([{ path: list, code: 'merge-impossible' }]);
  expect(read(root, list)).toBe(before);
});

test('an asset that both branches changed', async () => {
  const path = '01_Assets/Characters/Ada/asset.json';
  const write =
    (fields: object): Change =>
    (root) => {
      mkdirSync(join(root, '01_Assets/Characters/Ada'), { recursive: true });
      const asset = { schemaVersion: 1, id: 'ada', name: 'Ada', keywords: ['tall'], ...fields };
      writeFileSync(join(root, path), formatJson(asset));
    };
  const root = await merging(
    write({ keywords: ['tall', 'calm'] }),
    write({ keywords: ['tall', 'red hair'], description: 'A pilot' }),
  );
  expect(await fix(root)).toMatchObject({ merged: [path], notes: [] });
  expect(JSON.parse(read(root, path))).toMatchObject({
    keywords: ['tall', 'calm', 'red hair'],
    description: 'A pilot',
  });
});

test('a fix that was cut short before it was staged goes on', async () => {
  const root = await merging(first({ note: 'Ours' }), first({ lens: 50 }));
  await fix(root);
  const after = read(root, list);
  git(root, 'checkout', '--merge', '--', list);
  writeFileSync(join(root, list), after);
  expect(await fix(root)).toMatchObject({ merged: [list], unmerged: [] });
  expect(existsSync(join(root, '.git/MERGE_HEAD'))).toBe(true);
});

const sceneFolder = (number: number) => `03_Renders/Chapter_01/Scene_0${String(number)}`;

/** Adds a shot with a take whose picture holds its name. */
const taken =
  (id: string, scene: string, path: string): Change =>
  async (root) => {
    await addShot(root, scene, { description: id, size: 'MS' });
    const shot = listIn(root, path).shots.at(-1);
    const [, of = '', number = ''] = /Scene_(\d+)\/Shot_(\d+)$/.exec(shot?.folder ?? '') ?? [];
    const name = `S${of}_S${number}_take01`;
    const files = [{ name: `${name}.png`, mediaType: 'image/png', bytes: id.length, sha256: sha(id) }];
    const folder = join(root, shot?.folder ?? '');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name}.json`), formatJson(aTake({ id, shotId: shot?.id, files })));
    writeFileSync(join(folder, `${name}.png`), id);
  };

async function expectWhole(root: string): Promise<void> {
  git(root, 'commit', '--quiet', '--no-edit');
  expect(git(root, 'status', '--porcelain')).toBe('');
  const problems = await validateProject(root, { git: true });
  expect(problems.filter(({ code }) => code !== 'media-not-lfs')).toEqual([]);
}

test('shots that both branches made under one number get a number, a folder and their takes each', async () => {
  const root = await merging(taken('here', '01/01', list), taken('there', '01/01', list));
  const { notes, renumbered, unmerged } = await fix(root);
  expect([renumbered, unmerged]).toEqual([[], []]);
  expect(notes).toEqual([{ kind: 'number', place: { what: 'shot', name: '01/01/05' }, from: 4, to: 5 }]);
  expect(listIn(root).nextNumber).toBe(6);
  expect(read(root, `${sceneFolder(1)}/Shot_04/S01_S04_take01.png`)).toBe('here');
  expect(read(root, `${sceneFolder(1)}/Shot_05/S01_S05_take01.png`)).toBe('there');
  expect(readdirSync(join(root, sceneFolder(1), 'Shot_04'))).toHaveLength(2);
  await expectWhole(root);
});

test('scenes that both branches made under one number get a number, a shot list and their takes each', async () => {
  const third = list.replace('Scene_01', 'Scene_03');
  const fourth = list.replace('Scene_01', 'Scene_04');
  const scene =
    (...ids: readonly string[]): Change =>
    async (root) => {
      await addScene(root, '01', ids.join());
      for (const id of ids) await taken(id, '01/03', third)(root);
    };
  const root = await merging(scene('here'), scene('there', 'there-too'));
  const { notes, renumbered, unmerged } = await fix(root);
  expect([renumbered, unmerged]).toEqual([[], []]);
  expect(notes).toEqual([{ kind: 'number', place: { what: 'scene', name: '01/04' }, from: 3, to: 4 }]);
  expect(projectIn(root).narrative).toMatchObject({ nextSceneNumber: 5 });
  expect(
    projectIn(root).narrative.chapters[0]?.scenes.map(({ title, shotList }) => [title, shotList]),
  ).toEqual(
    expect.arrayContaining([
      ['here', third],
      ['there,there-too', fourth],
    ]),
  );
  expect(listIn(root, third).shots.map(({ description }) => description)).toEqual(['here']);
  expect(read(root, `${sceneFolder(3)}/Shot_01/S03_S01_take01.png`)).toBe('here');
  expect(read(root, `${sceneFolder(4)}/Shot_01/S04_S01_take01.png`)).toBe('there');
  expect(read(root, `${sceneFolder(4)}/Shot_02/S04_S02_take01.png`)).toBe('there-too');
  await expectWhole(root);
});
