import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  first,
  git,
  list,
  listIn,
  merging,
  projectIn,
  read,
  shots,
  type Change,
} from '../../../../test/lib/mergingFilm.ts';
import type { Project } from '../../model/project.ts';
import { formatJson } from '../jsonFile.ts';
import { withOpenDocuments } from '../openDocuments.ts';
import { validateProject } from '../validate.ts';
import { fixTakes } from './fixTakes.ts';

const other = '02_Source_Creative/ShotLists/Chapter_01_Scene_02.shotlist.json';

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
  expect(await validateProject(root, { git: true })).toMatchObject([
    { path: list, code: 'text-unmerged' },
    { path: 'README.md', code: 'film-in-conflict' },
  ]);
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

test('a list in which somebody is typing, or whose place is a link, is left alone and hinders no other', async () => {
  const settings: Change = (root) => {
    const project = projectIn(root);
    const quality = project.quality === 'low' ? 'high' : 'low';
    writeFileSync(join(root, 'project.json'), formatJson({ ...project, quality, name: root }));
  };
  const both =
    (fields: object): Change =>
    async (root) => {
      await first(fields)(root);
      await settings(root);
    };
  const root = await merging(both({ note: 'Ours' }), both({ note: 'Theirs' }));
  const typed = join(root, list);
  const unsaved = (path: string) => (path === typed ? '{' : undefined);
  const documents = { unsaved, replace: () => Promise.resolve(false) };
  const fixed = await withOpenDocuments(documents, () => fix(root));
  expect(fixed).toMatchObject({ merged: ['project.json'], unmerged: [{ path: list }] });
  rmSync(typed);
  symlinkSync('/etc/hostname', typed);
  expect(await fix(root)).toMatchObject({ merged: [], unmerged: [{ path: list, code: 'path-outside' }] });
});
