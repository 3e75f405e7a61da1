import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aTake } from '../../../../test/builders/aTake.ts';
import {
  git,
  list,
  listIn,
  merging,
  projectIn,
  read,
  type Change,
} from '../../../../test/lib/mergingFilm.ts';
import { addScene, addShot } from '../filmEdits.ts';
import { formatJson } from '../jsonFile.ts';
import { validateProject } from '../validate.ts';
import { fixTakes } from './fixTakes.ts';

const fix = (root: string) => fixTakes(root, { commits: true });
const sha = (text: string) => createHash('sha256').update(text).digest('hex');
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

// The id that comes first would keep the number, were they takes of one shot.
test.each([
  ['here', 'there'],
  ['there', 'here'],
])(
  'shots that both branches made under one number get a number, a folder and their takes each (%s)',
  async (ours, theirs) => {
    const root = await merging(taken(ours, '01/01', list), taken(theirs, '01/01', list));
    const { notes, renumbered, unmerged } = await fix(root);
    expect([renumbered, unmerged]).toEqual([[], []]);
    expect(notes).toEqual([{ kind: 'number', place: { what: 'shot', name: '01/01/05' }, from: 4, to: 5 }]);
    expect(listIn(root).nextNumber).toBe(6);
    expect(read(root, `${sceneFolder(1)}/Shot_04/S01_S04_take01.png`)).toBe(ours);
    expect(read(root, `${sceneFolder(1)}/Shot_05/S01_S05_take01.png`)).toBe(theirs);
    expect(readdirSync(join(root, sceneFolder(1), 'Shot_04'))).toHaveLength(2);
    await expectWhole(root);
  },
);

test('a fix that was cut short before its texts were staged finds again what has moved where', async () => {
  const root = await merging(taken('here', '01/01', list), taken('there', '01/01', list));
  const stages = git(root, 'ls-files', '--unmerged', list);
  await fix(root);
  git(root, 'reset', '--quiet', '--', `${sceneFolder(1)}/Shot_05`);
  git(root, 'rm', '--quiet', '--cached', list);
  execFileSync('git', ['update-index', '--index-info'], { cwd: root, input: stages });
  expect(await fix(root)).toMatchObject({ merged: [list], unmerged: [] });
  expect(read(root, `${sceneFolder(1)}/Shot_05/S01_S05_take01.png`)).toBe('there');
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
