import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { aTake } from '../../../../test/builders/aTake.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { testFilm } from '../../../../test/lib/testFilm.ts';
import { textFilm } from '../../../../test/lib/textFilm.ts';
import { ShotList } from '../../model/shotList.ts';
import { Take } from '../../model/take.ts';
import { commitPaths } from '../commit.ts';
import { FilmReading } from '../filmReading.ts';
import { formatJson } from '../jsonFile.ts';
import { findShot, readProject } from '../projectFiles.ts';
import { validateProject } from '../validate.ts';
import { fixTakes } from './fixTakes.ts';

const folder = '03_Renders/Chapter_01/Scene_01/Shot_01';
const sidecar = (number: number) => `${folder}/S01_S01_take${String(number).padStart(2, '0')}.json`;
const picture = (number: number) => `${folder}/S01_S01_take${String(number).padStart(2, '0')}.png`;
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

interface Making {
  readonly id: string;
  readonly number: number;
  readonly finished: string;
  readonly name?: string;
  readonly extension?: string;
}

/** A take whose picture holds its id. */
async function writeTake(root: string, making: Making): Promise<readonly string[]> {
  const { id, number, finished, name = `S01_S01_take${String(number).padStart(2, '0')}` } = making;
  const { shot } = await findShot(root, (await readProject(root)).value, '01/01/01');
  mkdirSync(join(root, folder), { recursive: true });
  const media = `${name}.${making.extension ?? 'png'}`;
  const files = [{ name: media, mediaType: 'image/png', bytes: id.length, sha256: hash(id) }];
  const take = aTake({ id, number, finished, shotId: shot.id, files });
  writeFileSync(join(root, folder, `${name}.json`), formatJson(take));
  writeFileSync(join(root, folder, media), id);
  return [`${folder}/${name}.json`, `${folder}/${media}`];
}

async function commitTake(root: string, making: Making): Promise<void> {
  const [json = '', media = ''] = await writeTake(root, making);
  const message = `Take ${making.id}`;
  const commit = await commitPaths(root, { paths: [json, media], media: [media], message });
  expect(commit).toEqual({ state: 'committed' });
}

const read = (root: string, path: string) => readFileSync(join(root, path), 'utf8');
const takeAt = (root: string, number: number) => Take.parse(JSON.parse(read(root, sidecar(number))));
const early = { id: 'early', number: 1, finished: '2026-01-01T00:00:00Z' };
const late = { id: 'late', number: 1, finished: '2026-01-02T00:00:00Z' };

/** Two clones that have both made take 01, one of them with a merge that Git could not make. */
async function merging(
  ours: Making,
  theirs: Making,
  decideThere: (root: string) => void = () => undefined,
): Promise<string> {
  const { root } = await testFilm();
  const clone = join(tempFolder(), 'clone');
  git(root, 'clone', '--quiet', root, clone);
  git(clone, 'lfs', 'install', '--local');
  await commitTake(root, theirs);
  decideThere(root);
  await commitTake(clone, ours);
  git(clone, 'fetch', '--quiet', 'origin');
  expect(() => git(clone, 'merge', '--quiet', 'FETCH_HEAD')).toThrow();
  return clone;
}

const nothingToFix = { renumbered: [], merged: [], notes: [], unmerged: [] };

const codes = async (root: string) => (await validateProject(root, { git: true })).map(({ code }) => code);

test.each([
  ['theirs', early, late],
  ['ours', late, early],
] as const)(
  'two branches that made the same take both keep theirs: the later one, %s, gets the next number',
  { timeout: 60_000 },
  async (_, ours, theirs) => {
    const root = await merging(ours, theirs);
    expect(new Set(await codes(root))).toEqual(new Set(['take-unmerged']));
    expect((await fixTakes(root, { commits: true })).renumbered).toEqual([
      { folder, id: 'late', from: 1, to: 2 },
    ]);
    expect([takeAt(root, 1).id, takeAt(root, 2).id]).toEqual(['early', 'late']);
    expect(takeAt(root, 2)).toMatchObject({ number: 2, files: [{ name: 'S01_S01_take02.png' }] });
    expect([read(root, picture(1)), read(root, picture(2))]).toEqual(['early', 'late']);
    expect(git(root, 'ls-files', '--unmerged')).toBe('');
    git(root, 'commit', '--quiet', '--no-edit');
    expect(git(root, 'status', '--porcelain')).toBe('');
    expect(await codes(root)).toEqual([]);
    for (const id of ['early', 'late']) expect(git(root, 'lfs', 'ls-files', '--long')).toContain(hash(id));
    git(root, 'lfs', 'fsck');
    expect(await fixTakes(root, { commits: true })).toEqual(nothingToFix);
  },
);

test('what was decided about a take follows it to its new number', { timeout: 60_000 }, async () => {
  const list = '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json';
  const root = await merging(early, late, (there) => {
    const value = ShotList.parse(JSON.parse(read(there, list)));
    const reviews = { late: { rating: 5, status: 'approved' } };
    const shots = value.shots.map((shot) => ({ ...shot, activeTake: 'late', reviews }));
    writeFileSync(join(there, list), formatJson({ ...value, shots }));
    git(there, 'commit', '--quiet', '--no-verify', '--message', 'Choose', list);
  });
  await fixTakes(root, { commits: true });
  git(root, 'commit', '--quiet', '--no-edit');
  const { shot } = await findShot(root, (await readProject(root)).value, '01/01/01');
  const takes = await new FilmReading({ keeps: false }).takes(root, shot.id);
  expect(takes.map(({ id, number, shown, review }) => ({ id, number, shown, review }))).toEqual([
    { id: 'early', number: 1, shown: undefined, review: undefined },
    { id: 'late', number: 2, shown: 'active', review: { rating: 5, status: 'approved' } },
  ]);
  expect(await codes(root)).toEqual([]);
});

test('a fix that was cut short goes on where it was', { timeout: 60_000 }, async () => {
  const root = await merging(early, late);
  const second = { ...takeOf(git(root, 'show', `:3:${sidecar(1)}`)), number: 2 };
  const files = second.files.map((file) => ({ ...file, name: 'S01_S01_take02.png' }));
  writeFileSync(join(root, sidecar(2)), formatJson({ ...second, files }));
  await fixTakes(root, { commits: true });
  expect(readdirSync(join(root, folder)).filter((name) => name.endsWith('.json'))).toHaveLength(2);
  expect([read(root, picture(1)), read(root, picture(2))]).toEqual(['early', 'late']);
});

const takeOf = (text: string) => Take.parse(JSON.parse(text));

test(
  'media of other kinds are no conflict for Git, and follow all the same',
  { timeout: 60_000 },
  async () => {
    const root = await merging(early, { ...late, extension: 'jpg' });
    await fixTakes(root, { commits: true });
    expect(read(root, picture(1))).toBe('early');
    expect(read(root, `${folder}/S01_S01_take02.jpg`)).toBe('late');
    expect(existsSync(join(root, `${folder}/S01_S01_take01.jpg`))).toBe(false);
    git(root, 'commit', '--quiet', '--no-edit');
    expect(await codes(root)).toEqual([]);
  },
);

test('a merge that was committed with two sidecars of one number is mended and committed', async () => {
  const { root } = await testFilm();
  await commitTake(root, early);
  const [json = '', media = ''] = await writeTake(root, { ...late, name: 'S01_S01_take01_b' });
  const renamed = `${folder}/take01 of the other branch.json`;
  renameSync(join(root, json), join(root, renamed));
  await commitPaths(root, { paths: [renamed, media], media: [media], message: 'Merge by hand' });
  expect(await codes(root)).toEqual(['number-repeated']);
  expect((await fixTakes(root, { commits: true })).commit).toEqual({ state: 'committed' });
  expect([takeAt(root, 1).id, takeAt(root, 2).id]).toEqual(['early', 'late']);
  expect([read(root, picture(1)), read(root, picture(2))]).toEqual(['early', 'late']);
  expect(git(root, 'status', '--porcelain')).toBe('');
  expect(await codes(root)).toEqual([]);
});

test('whatever numbers branches have given, each take has one of its own afterwards and keeps its media', async () => {
  const making = fc.record({ number: fc.integer({ min: 1, max: 4 }), day: fc.integer({ min: 1, max: 28 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(making, { minLength: 1, maxLength: 7 }), async (makings) => {
      const root = await textFilm();
      for (const [index, { number, day }] of makings.entries()) {
        const finished = `2026-01-${String(day).padStart(2, '0')}T00:00:00Z`;
        const isNew = !existsSync(join(root, sidecar(number)));
        const name = isNew ? {} : { name: `S01_S01_take0${number}_x${index}` };
        const [json = ''] = await writeTake(root, { id: `take-${index}`, number, finished, ...name });
        if (!isNew) renameSync(join(root, json), join(root, `${folder}/other ${index}.json`));
      }
      await fixTakes(root, { commits: false });
      const names = readdirSync(join(root, folder)).filter((name) => name.endsWith('.json'));
      const takes = names.map((name) => takeOf(read(root, `${folder}/${name}`)));
      expect(takes.map(({ id }) => id).toSorted()).toEqual(makings.map((_, index) => `take-${index}`));
      expect(new Set(takes.map(({ number }) => number)).size).toBe(makings.length);
      for (const { id, files } of takes)
        expect(files.map(({ name }) => read(root, `${folder}/${name}`))).toEqual([id]);
      const problems = await validateProject(root, { git: false });
      expect(problems).toEqual([]);
    }),
    { numRuns: 15 },
  );
});
