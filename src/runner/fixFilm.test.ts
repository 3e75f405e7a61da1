import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aTake } from '../../test/builders/aTake.ts';
import {
  first,
  git,
  list,
  listIn,
  merged,
  merging,
  projectIn,
  read,
  shots,
  type Change,
} from '../../test/lib/mergingFilm.ts';
import type { EditRequest } from '../core/protocol/editRequest.ts';
import { commitEdit } from '../core/storage/editCommit.ts';
import { editFilm } from '../core/storage/edits/editFilm.ts';
import { planEdit } from '../core/storage/edits/planEdit.ts';
import { addChapter, addScene, addShot } from '../core/storage/filmEdits.ts';
import { undoEdit } from '../core/storage/history/undo.ts';
import { formatJson } from '../core/storage/jsonFile.ts';
import { allScenes } from '../core/storage/projectFiles.ts';
import { validateProject } from '../core/storage/validate.ts';
import { fixFilm } from './fixFilm.ts';

const lists = '02_Source_Creative/ShotLists';
const renders = '03_Renders/Chapter_01/Scene_01';

const fix = (root: string) =>
  fixFilm(root, { commits: false, edit: (mend) => commitEdit(root, mend), leave: (mend) => mend() });
const problems = async (root: string) => (await validateProject(root, { git: true })).map(({ code }) => code);
const scenesIn = (root: string) =>
  allScenes(projectIn(root)).map(({ address, scene }) => `${address} ${scene.title}`);

/** Git merges what two branches add to two chapters. */
const scene =
  (chapter: string, title: string): Change =>
  async (root) => {
    await addScene(root, chapter, title);
    await addShot(root, `${chapter}/03`, { description: title, size: 'MS' });
  };

/** At the beginning or at the end of the list, so that Git merges it. */
const shot =
  (id: string, atBeginning = false): Change =>
  async (root) => {
    await addShot(root, '01/01', { description: id, size: 'MS' });
    const added = listIn(root).shots.at(-1);
    if (atBeginning) await shots((all) => [...all.slice(-1), ...all.slice(0, -1)])(root);
    const folder = join(root, added?.folder ?? '');
    const number = id === 'here' ? 1 : 2;
    const name = `S01_S04_take0${String(number)}`;
    const sha256 = createHash('sha256').update(id).digest('hex');
    const files = [{ name: `${name}.png`, mediaType: 'image/png', bytes: id.length, sha256 }];
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, `${name}.json`),
      formatJson(aTake({ id, number, files, ...(added === undefined ? {} : { shotId: added.id }) })),
    );
    writeFileSync(join(folder, `${name}.png`), id);
  };

test('of two scenes of one number that of the other branch gets the next one and a shot list called by it', async () => {
  const root = await merged(scene('03', 'here'), scene('01', 'there'));
  expect(await problems(root)).toEqual(['number-repeated']);
  const { notes, commit } = await fix(root);
  expect(commit).toEqual({ state: 'committed' });
  expect(notes).toEqual([{ kind: 'number', place: { what: 'scene', name: '01/04' }, from: 3, to: 4 }]);
  expect(scenesIn(root)).toEqual(['01/01 A scene', '01/02 Another scene', '01/04 there', '03/03 here']);
  expect(projectIn(root).narrative.nextSceneNumber).toBe(5);
  expect(listIn(root, `${lists}/Chapter_01_Scene_04.shotlist.json`).shots).toMatchObject([
    { description: 'there', folder: '03_Renders/Chapter_01/Scene_03/Shot_01' },
  ]);
  expect(existsSync(join(root, `${lists}/Chapter_01_Scene_03.shotlist.json`))).toBe(false);
  expect([await problems(root), git(root, 'status', '--porcelain')]).toEqual([[], '']);
  expect(await fix(root)).toEqual({ renumbered: [], merged: [], notes: [], unmerged: [] });
});

test('what was mended is undone as every edit, and the number stays given', async () => {
  const root = await merged(scene('03', 'here'), scene('01', 'there'));
  await fix(root);
  await undoEdit(root, () => Promise.resolve(false));
  expect(await problems(root)).toContain('number-repeated');
  await fix(root);
  expect(scenesIn(root)).toContain('01/05 there');
});

test('without a merge that tells, the later one in the film gets the next number', async () => {
  const root = await merged(scene('03', 'here'), scene('01', 'there'));
  git(root, 'checkout', '--quiet', '--orphan', 'squashed');
  git(root, 'commit', '--quiet', '--message', 'All');
  await fix(root);
  expect(scenesIn(root)).toEqual(['01/01 A scene', '01/02 Another scene', '01/03 there', '03/04 here']);
});

test('chapters of one number', async () => {
  const chapter =
    (title: string, atBeginning: boolean): Change =>
    async (root) => {
      await addChapter(root, title);
      const { narrative, ...project } = projectIn(root);
      const { chapters } = narrative;
      const moved = atBeginning ? [...chapters.slice(-1), ...chapters.slice(0, -1)] : chapters;
      writeFileSync(
        join(root, 'project.json'),
        formatJson({ ...project, narrative: { ...narrative, chapters: moved } }),
      );
    };
  const root = await merged(chapter('here', false), chapter('there', true));
  expect(await problems(root)).toEqual(['number-repeated']);
  await fix(root);
  const { chapters, nextNumber } = projectIn(root).narrative;
  expect([chapters[0], chapters.at(-1), nextNumber]).toMatchObject([
    { title: 'there', number: 5 },
    { title: 'here', number: 4 },
    6,
  ]);
  expect([await problems(root), git(root, 'status', '--porcelain')]).toEqual([[], '']);
});

test('shots of one number get a number, a folder and their takes each', async () => {
  const root = await merged(shot('here'), shot('there', true));
  expect(await problems(root)).toEqual(
    expect.arrayContaining(['number-repeated', 'folder-shared', 'shot-mismatch']),
  );
  const { notes, renumbered } = await fix(root);
  expect(notes).toEqual([{ kind: 'number', place: { what: 'shot', name: '01/01/05' }, from: 4, to: 5 }]);
  expect(renumbered).toEqual([]);
  expect(listIn(root).shots.map(({ number, folder }) => [number, folder.slice(-7)])).toEqual([
    [5, 'Shot_05'],
    [1, 'Shot_01'],
    [2, 'Shot_02'],
    [3, 'Shot_03'],
    [4, 'Shot_04'],
  ]);
  expect(listIn(root).nextNumber).toBe(6);
  expect(read(root, `${renders}/Shot_04/S01_S04_take01.png`)).toBe('here');
  expect(read(root, `${renders}/Shot_05/S01_S05_take01.png`)).toBe('there');
  expect(existsSync(join(root, `${renders}/Shot_04/S01_S04_take02.png`))).toBe(false);
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message', 'Takes');
  expect(await problems(root)).toEqual([]);
});

test('during a merge it is staged with the rest, and committed with it', async () => {
  const both =
    (...changes: readonly Change[]): Change =>
    async (root) => {
      for (const change of changes) await change(root);
    };
  const root = await merging(
    both(scene('03', 'here'), first({ note: 'Ours' })),
    both(scene('01', 'there'), first({ lens: 50 })),
  );
  expect(await fix(root)).toMatchObject({
    ...{ merged: [list], operation: 'merge', unmerged: [] },
    notes: [{ kind: 'number', place: { what: 'scene', name: '01/04' } }],
  });
  git(root, 'commit', '--quiet', '--no-edit');
  expect([await problems(root), git(root, 'status', '--porcelain')]).toEqual([[], '']);
});

/** Git merges what two branches put into two lists. */
const moveShot =
  (into: string, fields: object = {}): Change =>
  async (root) => {
    const edit: EditRequest = { kind: 'move', addresses: ['01/01/01'], into };
    await editFilm(root, (draft) => planEdit(draft, edit, () => Promise.resolve(false)));
    const path = `${lists}/Chapter_01_Scene_${into.slice(-2)}.shotlist.json`;
    await shots((all) => all.map((one) => ({ ...one, ...fields })), path)(root);
  };
const inScene = (root: string, number: string) =>
  listIn(root, `${lists}/Chapter_01_Scene_${number}.shotlist.json`).shots;

/** Git merges two branches that each moved the first shot to a scene of its own. */
function movedTwice(ours: Change, theirs: Change): Promise<string> {
  return merged(ours, theirs, async (root) => {
    await addScene(root, '01', 'A third scene');
  });
}

test('a shot that was moved to two scenes stays where the current branch has it, with what the other changed', async () => {
  const root = await movedTwice(
    moveShot('01/03', { lens: 50, note: 'Ours' }),
    moveShot('01/02', { note: 'Theirs', dialogue: 'Hello' }),
  );
  expect(await problems(root)).toEqual(['placed-twice']);
  const { notes, commit } = await fix(root);
  expect(commit).toEqual({ state: 'committed' });
  const place = { what: 'shot', name: '01/03/01' };
  expect(notes).toEqual([
    {
      ...{ kind: 'value', place, field: 'note' },
      ...{ here: { kind: 'text', text: '"Ours"' }, there: { kind: 'text', text: '"Theirs"' } },
    },
    { kind: 'twice', place, gone: '01/02/01' },
  ]);
  expect(inScene(root, '02')).toEqual([]);
  expect(inScene(root, '03')).toMatchObject([
    { description: 'Shot 1', lens: 50, note: 'Ours', dialogue: 'Hello', folder: `${renders}/Shot_01` },
  ]);
  expect([await problems(root), git(root, 'status', '--porcelain')]).toEqual([[], '']);
  await undoEdit(root, () => Promise.resolve(false));
  expect(inScene(root, '02')).toMatchObject([{ note: 'Theirs', dialogue: 'Hello' }]);
  expect(inScene(root, '03')).toMatchObject([{ note: 'Ours', lens: 50 }]);
  expect(inScene(root, '03')[0]).not.toHaveProperty('dialogue');
});

test('a scene that was moved to two chapters', async () => {
  const move =
    (into: string): Change =>
    async (root) => {
      const edit: EditRequest = { kind: 'move', addresses: ['01/01'], into };
      await editFilm(root, (draft) => planEdit(draft, edit, () => Promise.resolve(false)));
    };
  const root = await merged(move('03'), move('02'));
  expect(await problems(root)).toEqual(['placed-twice']);
  const { notes } = await fix(root);
  expect(notes).toEqual([{ kind: 'twice', place: { what: 'scene', name: '03/01' }, gone: '02/01' }]);
  expect(scenesIn(root)).toEqual(['01/02 Another scene', '03/01 A scene']);
  expect([await problems(root), git(root, 'status', '--porcelain')]).toEqual([[], '']);
});

test('a copy that somebody has made by hand, with a folder of its own, is not taken out', async () => {
  const root = await merged(first({ lens: 50 }), (there) => {
    writeFileSync(join(there, 'README.md'), 'Theirs');
  });
  const [original] = listIn(root).shots;
  const folder = '03_Renders/Chapter_01/Scene_02/Shot_01';
  await shots(() => [{ ...original, folder }], `${lists}/Chapter_01_Scene_02.shotlist.json`)(root);
  expect(await problems(root)).toContain('id-repeated');
  expect(await fix(root)).toEqual({ renumbered: [], merged: [], notes: [], unmerged: [] });
  expect(inScene(root, '02')).toHaveLength(1);
});
