import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { takeOf, writeBigFilm, writeTake, type BigScene } from '../../../test/lib/bigFilm.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { touchedPaths } from '../../../test/lib/touchedPaths.ts';
import { SceneId, ShotId } from '../model/ids.ts';
import { FilmReading } from './filmReading.ts';
import { filmView, shotViews } from './filmViews.ts';

beforeEach(() => {
  // What was changed within the last two seconds is not kept; the tests do not wait for it.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function middle(scenes: readonly BigScene[]): BigScene {
  const scene = scenes[scenes.length >> 1];
  if (scene === undefined) throw new Error('The film has no scene.');
  return scene;
}

function rendersOf(paths: readonly string[]): readonly string[] {
  const folders = paths.map((path) => /03_Renders\/Chapter_\d+\/Scene_\d+(?:\/Shot_\d+)?/.exec(path)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].toSorted();
}

function listsOf(paths: readonly string[]): number {
  return new Set(paths.filter((path) => path.endsWith('.shotlist.json'))).size;
}

const build = { signal: new AbortController().signal, onProgress: () => undefined };

test('in a film of 2,000 shots one scene asks for its own folders and its own list', async () => {
  const root = tempFolder();
  const scenes = writeBigFilm(root, { shots: 2000, takes: 1, shotsInScene: 10 });
  const scene = middle(scenes);
  const reading = new FilmReading({ keeps: true });
  const opened = await touchedPaths(() => filmView(root));
  expect([rendersOf(opened), listsOf(opened)]).toEqual([[], 0]);
  const own = scene.shots.map(({ folder }) => folder);
  for (const again of [false, true]) {
    const touched = await touchedPaths(() => reading.shots(root, scene.id));
    expect(rendersOf(touched)).toEqual(own);
    expect(listsOf(touched)).toBe(1);
    expect(touched.filter((path) => path.endsWith('.json')).length).toBeLessThan(again ? 30 : 60);
  }
});

test('in a film of 2,000 shots one shot asks for its own folder, and its takes too', async () => {
  const root = tempFolder();
  const scenes = writeBigFilm(root, { shots: 2000, takes: 1, shotsInScene: 10 });
  const [shot] = middle(scenes).shots;
  if (shot === undefined) throw new Error('The scene has no shot.');
  const reading = new FilmReading({ keeps: true });
  await reading.shots(root, middle(scenes).id);
  writeTake(root, shot, takeOf({ ...shot, projectId: 'film', shotId: shot.id, address: '01/01/01' }, 2));
  const touched = await touchedPaths(async () => {
    expect(await reading.shot(root, shot.id)).toMatchObject({ takeCount: 2, shown: { number: 2 } });
    expect(await reading.takes(root, shot.id)).toMatchObject([{ number: 1 }, { number: 2 }]);
  });
  expect(rendersOf(touched)).toEqual([shot.folder]);
  expect(listsOf(touched)).toBe(1);
});

test('a film without an active take is looked through once, and then only what changes', async () => {
  const root = tempFolder();
  writeBigFilm(root, { shots: 400, takes: 0, shotsInScene: 10 });
  const reading = new FilmReading({ keeps: true });
  expect(await reading.milestones(root)).toMatchObject({ shot: true, take: false });
  const lists = join(root, '02_Source_Creative/ShotLists');
  const [list = ''] = readdirSync(lists);
  const text = readFileSync(join(lists, list), 'utf8');
  writeFileSync(join(lists, list), text.replace('"number": 1,', '"number": 1, "activeTake": "chosen",'));
  const touched = await touchedPaths(async () => {
    expect(await reading.milestones(root)).toMatchObject({ activeTake: true });
  });
  expect(touched.filter((path) => path.endsWith('.shotlist.json')).length).toBeLessThan(10);
});

test('a shot is found where it is now, and a broken list hides only its own', async () => {
  const root = tempFolder();
  const scenes = writeBigFilm(root, { shots: 9, takes: 1, shotsInScene: 3 });
  const reading = new FilmReading({ keeps: true });
  for (const { id } of scenes) await reading.shots(root, id);
  const lists = join(root, '02_Source_Creative/ShotLists');
  const [first = '', second = '', third = ''] = readdirSync(lists).map((name) => join(lists, name));
  const moved = scenes[1]?.shots[0]?.id ?? ShotId.parse('none');
  const other = scenes[2]?.shots[0]?.id ?? ShotId.parse('none');
  const exchanged = [second, third].map((path) => readFileSync(path, 'utf8'));
  writeFileSync(second, (exchanged[0] ?? '').replace(moved, other));
  writeFileSync(third, (exchanged[1] ?? '').replace(other, moved));
  writeFileSync(first, '{');
  expect(await reading.shot(root, moved)).toMatchObject({ id: moved, sceneId: scenes[2]?.id });
  expect(await reading.shot(root, other)).toMatchObject({ id: other, sceneId: scenes[1]?.id });
  await expect(reading.shot(root, ShotId.parse('nowhere'))).rejects.toMatchObject({
    code: 'file-unreadable',
  });
  rmSync(first);
  await expect(reading.shot(root, ShotId.parse('nowhere'))).rejects.toMatchObject({
    code: 'address-unknown',
  });
});

test('a build tells how far it is, makes what is missing, and has nothing to do the next time', async () => {
  const root = tempFolder();
  const scenes = writeBigFilm(root, { shots: 30, takes: 2, shotsInScene: 3 });
  const reading = new FilmReading({ keeps: true });
  const told: (readonly [number, number])[] = [];
  const telling = { ...build, onProgress: (...progress: [number, number]) => told.push(progress) };
  await reading.buildIndex(root, telling);
  expect([told.at(0), told.at(-1), told.length]).toEqual([[0, 10], [10, 10], 11]);
  const again = await touchedPaths(() => new FilmReading({ keeps: true }).buildIndex(root, build));
  expect(rendersOf(again)).toEqual([]);
  const index = join(root, '05_Cache/takes.index');
  rmSync(join(index, `scene-${middle(scenes).id}.json`));
  const mended = await touchedPaths(() => reading.buildIndex(root, build));
  expect(rendersOf(mended)).toEqual(middle(scenes).shots.map(({ folder }) => folder));
  expect(readdirSync(index)).toHaveLength(10);
});

test('a scene is read while the index of the film is being built', async () => {
  const root = tempFolder();
  const scenes = writeBigFilm(root, { shots: 120, takes: 3, shotsInScene: 10 });
  const reading = new FilmReading({ keeps: true });
  const last = scenes.at(-1) ?? middle(scenes);
  let done = 0;
  const onProgress = (count: number): void => void (done = count);
  const building = reading.buildIndex(root, { ...build, onProgress });
  const shots = await reading.shots(root, last.id);
  expect([shots.length, shots[0]?.takeCount]).toEqual([10, 3]);
  expect(done).toBeLessThan(scenes.length);
  await building;
  expect(done).toBe(scenes.length);
});

test('a build that is stopped leaves what it has made, and the index of a scene that is gone goes after a while', async () => {
  const root = tempFolder();
  writeBigFilm(root, { shots: 12, takes: 1, shotsInScene: 3 });
  const reading = new FilmReading({ keeps: true });
  const stop = new AbortController();
  await reading.buildIndex(root, { signal: stop.signal, onProgress: (done) => done === 2 && stop.abort() });
  const index = join(root, '05_Cache/takes.index');
  expect(readdirSync(index)).toHaveLength(3);
  for (const [name, time] of [
    ['scene-old.json', 1] as const,
    ['scene-young.json', Date.now() / 1000] as const,
  ]) {
    writeFileSync(join(index, name), '{}');
    utimesSync(join(index, name), time, time);
  }
  await reading.buildIndex(root, build);
  expect(readdirSync(index).filter((name) => /old|young/.test(name))).toEqual(['scene-young.json']);
});

test('another branch that is checked out shows its own takes', async () => {
  const root = tempFolder();
  const [scene] = writeBigFilm(root, { shots: 3, takes: 3, shotsInScene: 3 });
  const [shot] = scene?.shots ?? [];
  if (scene === undefined || shot === undefined) throw new Error('The film has no shot.');
  const git = (...args: readonly string[]) => {
    const none = ['-c', 'filter.lfs.clean=', '-c', 'filter.lfs.smudge=', '-c', 'filter.lfs.process='];
    const who = [
      '-c',
      'user.name=Test',
      '-c',
      'user.email=test@example.com',
      '-c',
      'filter.lfs.required=false',
    ];
    execFileSync('git', ['-C', root, ...none, ...who, ...args], { stdio: 'pipe' });
  };
  const commit = (message: string) => {
    git('add', '--all');
    git('commit', '--quiet', '--message', message);
  };
  git('init', '--quiet', '--initial-branch=main');
  commit('All');
  const of = { ...shot, projectId: 'film', shotId: shot.id, address: '01/01/01' };
  git('checkout', '--quiet', '-b', 'other');
  writeTake(root, shot, takeOf(of, 3));
  writeTake(root, shot, takeOf(of, 4));
  rmSync(join(root, shot.folder, `${shot.prefix}_take01.json`));
  commit('Other takes');
  const reading = new FilmReading({ keeps: true });
  for (const branch of ['main', 'other', 'main', 'other']) {
    git('checkout', '--quiet', branch);
    expect(await reading.shots(root, scene.id)).toEqual(await shotViews(root, SceneId.parse(scene.id)));
    const numbers = (await reading.takes(root, shot.id)).map(({ number }) => number);
    expect(numbers).toEqual(branch === 'main' ? [1, 2, 3] : [2, 3, 4]);
  }
});
