import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Take } from '../../src/core/model/take.ts';
import { createTestHome, type TestHome } from '../lib/testHome.ts';
import { auteur, auteurJson, git, makeFilm, type Place } from './auteur.ts';
import { ErrorReply, GenerateReply } from './shapes.ts';

const address = '01/01/01';
const folder = '03_Renders/Chapter_01/Scene_01/Shot_01';
let home: TestHome;
let film: Place;

beforeEach(async () => {
  home = await createTestHome();
  film = await makeFilm(home, 1);
  await say(film, 'set', 'film', 'resolution=160x90');
});
afterEach(() => home.dispose());

async function say(place: Place, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await auteur(place, ...args);
  if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

async function refused(...args: readonly string[]): Promise<string> {
  const { code, stdout } = await auteur(film, ...args, '--json');
  expect(code).not.toBe(0);
  return ErrorReply.parse(JSON.parse(stdout)).error.code;
}

/** What is said where nothing is to be made, which is no failure. */
async function nothingMade(...args: readonly string[]): Promise<string> {
  expect(await takesMade(...args)).toEqual([]);
  const { code, stdout, stderr } = await auteur(film, 'generate', ...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.trim();
}

async function takesIn({ cwd }: Place): Promise<readonly Take[]> {
  const names = (await readdir(join(cwd, folder))).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) => Take.parse(JSON.parse(await readFile(join(cwd, folder, name), 'utf8')))),
  );
}

const takesMade = async (...args: readonly string[]) =>
  GenerateReply.parse(await auteurJson(film, 'generate', ...args)).takes;

describe('deciding about takes', () => {
  test('stars, decisions and notes are kept, and a rejected take is never the latest', async () => {
    await say(film, 'generate', address, '--takes', '2');
    await say(film, 'take', 'rate', address, '1', '4');
    await say(film, 'take', 'reject', address, '2');
    await say(film, 'take', 'note', address, '1,2', 'Look at her hands');
    const { takes } = (await auteurJson(film, 'show', address)) as { takes: readonly object[] };
    expect(takes).toMatchObject([
      { number: 1, shown: 'latest', review: { rating: 4, note: 'Look at her hands' } },
      { number: 2, review: { status: 'rejected', note: 'Look at her hands' } },
    ]);
    expect(await git(film, 'status', '--porcelain')).toBe('');
    await say(film, 'undo');
    await say(film, 'undo');
    expect(await say(film, 'show', address)).not.toContain('rejected');
  });

  test('a deleted take leaves its sidecar and its number, and undo brings the picture back', async () => {
    await say(film, 'generate', address, '--takes', '2');
    await say(film, 'take', 'delete', address, '2');
    expect(await git(film, 'status', '--porcelain')).toBe('');
    expect(await readdir(join(film.cwd, folder))).not.toContain('S01_S01_take02.png');
    expect(await takesMade(address)).toMatchObject([{ take: 3 }]);
    await say(film, 'undo');
    expect(await readdir(join(film.cwd, folder))).toContain('S01_S01_take02.png');
    expect(await git(film, 'status', '--porcelain')).toBe('');
    expect(await say(film, 'validate')).toBe('No problems.');
    await git(film, 'lfs', 'fsck');
  });

  test('files that were deleted by hand keep their number, and Git what it has of them', async () => {
    await say(film, 'generate', address, '--takes', '2');
    const files = ['png', 'json'].map((extension) => `${folder}/S01_S01_take02.${extension}`);
    for (const file of files) await rm(join(film.cwd, file));
    expect(await takesMade(address)).toMatchObject([{ take: 3 }]);
    await git(film, 'checkout', '--', ...files);
    expect((await takesIn(film)).map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(await say(film, 'validate')).toBe('No problems.');
  });

  test('the active take is only deleted where that is said', async () => {
    await say(film, 'generate', address);
    await say(film, 'take', 'activate', address, '1');
    expect(await refused('take', 'delete', address, '1')).toBe('take-is-active');
  });
});

test('an active take that cannot be read is told by show, and no other one is exported', async () => {
  await say(film, 'generate', address, '--takes', '2');
  await say(film, 'take', 'activate', address, '1');
  await writeFile(join(film.cwd, folder, 'S01_S01_take01.json'), '{');
  expect(await say(film, 'show', address)).toContain('The active take of 01/01/01 is not there.');
  expect(await say(film, 'show')).toContain('1 take, latest 2, the active take is not there');
  expect(await refused('export', 'frames')).toBe('export-active-take');
});

test('a chapter, a scene or the film means each of its shots once, whatever else names them', async () => {
  await say(film, 'add', 'shot', '01/01', 'A door');
  await say(film, 'add', 'scene', '01', 'Garden');
  await say(film, 'add', 'shot', '01/02', 'Rain');
  await say(film, 'add', 'scene', '02', 'Street');
  await say(film, 'add', 'shot', '02/03', 'A car');
  const made = async (...args: readonly string[]): Promise<readonly string[]> =>
    (await takesMade(...args)).map(({ address: of, take }) => `${of} ${take}`).toSorted();
  expect(await made('01/01')).toEqual(['01/01/01 1', '01/01/02 1']);
  expect(await made('--scene', '01/01', '--takes', '2')).toEqual([
    '01/01/01 2',
    '01/01/01 3',
    '01/01/02 2',
    '01/01/02 3',
  ]);
  expect(await made('01', '01/02/01')).toEqual(['01/01/01 4', '01/01/02 4', '01/02/01 1']);
  expect(await made('--all')).toEqual(['01/01/01 5', '01/01/02 5', '01/02/01 2', '02/03/01 1']);
  expect(await refused('generate', '03')).toBe('nothing-to-generate');
  expect(await say(film, 'validate')).toBe('No problems.');
  expect(await git(film, 'status', '--porcelain')).toBe('');
});

describe('what a take was made from', () => {
  test('a take whose shot has changed is stale, and exactly those are made again', async () => {
    await say(film, 'add', 'shot', '01/01', 'A door');
    await say(film, 'generate', '--all');
    expect(await nothingMade('--stale')).toMatch(/^No shot in the film shows a stale take\./);
    await say(film, 'set', address, 'size=ECU');
    expect(await say(film, 'show', address)).toContain('stale');
    expect(await takesMade('--stale')).toMatchObject([{ address, take: 2 }]);
    expect(await say(film, 'show', '01/01/02')).not.toContain('stale');
    expect(await takesMade('--stale')).toEqual([]);
  });

  test('a stale take that stays the active one is made again once', async () => {
    await say(film, 'generate', address);
    await say(film, 'take', 'activate', address, '1');
    await say(film, 'set', address, 'size=ECU');
    expect(await takesMade('--stale')).toMatchObject([{ address, take: 2 }]);
    expect(await say(film, 'show', address)).toContain('stale');
    expect(await nothingMade('--stale')).toMatch(/^Every stale take in the film was made anew already/);
    await say(film, 'take', 'reject', address, '2');
    expect(await takesMade('--stale')).toMatchObject([{ address, take: 3 }]);
  });

  test('a take is made again as it was recorded, whatever has become of its shot', async () => {
    await say(film, 'generate', address, '--seed', '77');
    await say(film, 'set', address, 'size=ECU', 'description=Something else');
    await say(film, 'generate', address, '--recipe', '1');
    const [first, second] = await takesIn(film);
    expect(second).toMatchObject({ number: 2, seed: 77, prompt: first?.prompt, panel: first?.panel });
    expect(await say(film, 'show', address, '--take', '1')).toContain('77');
  });
});

test('a film whose shots all have takes lacks none, which is no failure', async () => {
  expect(await takesMade('--missing')).toHaveLength(1);
  expect(await nothingMade('--missing')).toMatch(/^Every shot in the film has a take/);
  expect(await auteurJson(film, 'generate', '--missing', '--detach')).toEqual({ jobs: [] });
  expect(await auteurJson(film, 'generate', '--missing', '--dry-run')).toEqual({ plan: [] });
  expect(await refused('generate', '09', '--missing')).toBe('address-unknown');
});

describe('two branches that both made a take of one number', () => {
  /** Another machine's clone, with the project's own id and takes of its own. */
  async function cloneOf(place: Place): Promise<Place> {
    const cwd = join(home.root, 'elsewhere', 'Projects', 'Film');
    await cp(place.cwd, cwd, { recursive: true });
    return { ...place, cwd };
  }

  /** Merges the branch of the other machine, which Git cannot do alone. */
  async function mergeFrom(other: Place): Promise<void> {
    await git(film, 'remote', 'add', 'other', other.cwd);
    await git(film, 'fetch', '--quiet', 'other');
    await git(film, 'config', 'lfs.url', `file://${other.cwd}/.git`);
    expect(await exitOfGit(film, 'merge', '--no-edit', 'other/main')).not.toBe(0);
  }

  async function expectBothKept(): Promise<void> {
    await git(film, 'commit', '--quiet', '--no-edit');
    const takes = await takesIn(film);
    expect(takes.map(({ number }) => number)).toEqual([1, 2]);
    expect(new Set(takes.map(({ seed }) => seed))).toEqual(new Set([1, 2]));
    expect(await say(film, 'validate')).toBe('No problems.');
    await git(film, 'lfs', 'fsck');
    expect(await git(film, 'status', '--porcelain')).toBe('');
  }

  test('are merged without losing either', async () => {
    const other = await cloneOf(film);
    await say(film, 'generate', address, '--seed', '1');
    await say(other, 'generate', address, '--seed', '2');
    await mergeFrom(other);
    expect((await auteur(film, 'validate')).stdout).toContain('Two branches have made a take 1');
    const fixed = await auteur(film, 'validate', '--fix');
    expect(fixed.stdout).toContain('the later take 1 is take 2 now');
    expect(fixed.stdout).toContain('commit it with "git commit"');
    expect(fixed).toMatchObject({ code: 0, stdout: expect.stringContaining('No problems.') as string });
    await expectBothKept();
  });

  test('and decided about it in the same shot list are merged as well, with what they disagree about named', async () => {
    await say(film, 'add', 'shot', '01/01', 'A door');
    const other = await cloneOf(film);
    for (const [place, seed] of [
      [film, '1'],
      [other, '2'],
    ] as const) {
      await say(place, 'generate', address, '--seed', seed);
      await say(place, 'take', 'rate', address, '1', '4');
      await say(place, 'take', 'activate', address, '1');
    }
    await say(other, 'set', '01/01/02', 'size=ECU');
    await mergeFrom(other);
    const fixed = await auteur(film, 'validate', '--fix');
    expect(fixed.code).toBe(0);
    expect(fixed.stdout).toContain(
      'Shot 01/01/01: activeTake is take 1 here and take 2 there; this one was kept.',
    );
    await expectBothKept();
    const { takes } = (await auteurJson(film, 'show', address)) as { takes: readonly object[] };
    expect(takes).toMatchObject([
      { number: 1, shown: 'active', review: { rating: 4 } },
      { number: 2, review: { rating: 4 } },
    ]);
    expect(await say(film, 'show', '01/01/02')).toContain('ECU');
  });

  test('with a file of another kind that both changed: what is left is named, and not said to be staged', async () => {
    await writeFile(join(film.cwd, 'README.md'), 'A film');
    await git(film, 'add', 'README.md');
    await git(film, 'commit', '--quiet', '--message', 'Read me');
    const other = await cloneOf(film);
    for (const [place, word] of [
      [film, 'here'],
      [other, 'there'],
    ] as const) {
      await writeFile(join(place.cwd, 'README.md'), `A film from ${word}`);
      await git(place, 'commit', '--quiet', '--all', '--message', 'Say where');
      await say(place, 'set', address, word === 'here' ? 'size=ECU' : 'lens=50');
    }
    await mergeFrom(other);
    const { code, stdout } = await auteur(film, 'validate', '--fix');
    expect(code).toBe(1);
    expect(stdout).toContain('Git still has 1 unmerged file: README.md.');
    expect(stdout).not.toContain('is staged');
    const again = await auteur(film, 'validate');
    expect(again.code).toBe(1);
    expect(again.stdout).toContain('README.md holds two versions');
    expect(await say(film, 'show', address)).toContain('50');
  });
});

async function exitOfGit(place: Place, ...args: readonly string[]): Promise<number> {
  try {
    await git(place, ...args);
    return 0;
  } catch {
    return 1;
  }
}
