import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestHome, type TestHome } from '../lib/testHome.ts';
import { auteur, git, makeFilm, type Place } from './auteur.ts';

let home: TestHome;
let film: Place;

beforeEach(async () => {
  home = await createTestHome();
  film = await makeFilm(home, 2);
});
afterEach(() => home.dispose());

async function say(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await auteur(film, ...args);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return stdout.trim();
}

type Commands = readonly (readonly string[])[];

/** What is done on each of two branches. */
async function branch({ here, there }: { here: Commands; there: Commands }): Promise<void> {
  await git(film, 'checkout', '--quiet', '-b', 'there');
  for (const command of there) await say(...command);
  await git(film, 'checkout', '--quiet', '-');
  for (const command of here) await say(...command);
}

async function merge(): Promise<void> {
  await git(film, 'merge', '--quiet', '-m', 'Merge', 'there');
}

test('scenes that two branches made under one number', async () => {
  await branch({
    here: [['add', 'scene', '03', 'Ours']],
    there: [
      ['add', 'scene', '01', 'Theirs'],
      ['add', 'shot', '01/02', 'A door'],
    ],
  });
  await merge();
  const told = await auteur(film, 'validate');
  expect([told.code, told.stdout]).toEqual([1, expect.stringContaining('auteur validate --fix')]);
  expect(await say('validate', '--fix')).toBe(
    'Scene 01/03: it was number 2 there, which was given here too.\nNo problems.',
  );
  const shown = await say('show');
  expect(shown).toContain('01/03/01');
  expect(shown).toContain('03/02  Ours');
  expect(await git(film, 'log', '-1', '--format=%s')).toBe('Mend the film after a merge\n');
  expect(await git(film, 'status', '--porcelain')).toBe('');
});

test('a shot that two branches moved to two scenes', async () => {
  await say('add', 'scene', '01', 'Door');
  await say('add', 'scene', '01', 'Street');
  await branch({
    here: [['move', '01/01/01', '--into', '01/02']],
    there: [['move', '01/01/01', '--into', '01/03']],
  });
  await merge();
  const told = await auteur(film, 'validate');
  expect([told.code, told.stdout]).toEqual([1, expect.stringContaining('auteur validate --fix')]);
  expect(told.stdout).toContain('1 problem.');
  expect(await say('validate', '--fix')).toBe(
    'Shot 01/02/01: it stood in the film a second time, as 01/03/01, and was taken out there.\nNo problems.',
  );
  expect(await git(film, 'status', '--porcelain')).toBe('');
  expect(await say('undo')).toBe('Undid: Mend the film after a merge');
});

test('two assets of one name', async () => {
  const add = ['asset', 'add', 'characters', 'Bob', '--description'];
  await branch({
    here: [
      [...add, 'a boy of six'],
      ['set', '01/01/02', 'characters=Bob'],
    ],
    there: [
      [...add, 'an old fisherman'],
      ['set', '01/01/01', 'characters=Bob'],
    ],
  });
  await expect(merge()).rejects.toThrow();
  expect(await say('validate', '--fix')).toContain(
    'Asset Bob 2: it was Bob there, and another is called so here; its folder is 01_Assets/Characters/Bob_2 now.',
  );
  await git(film, 'commit', '--quiet', '--no-edit');
  expect(await git(film, 'status', '--porcelain')).toBe('');
  expect(await say('validate')).toBe('No problems.');
  expect(await say('show', '01/01/01', '--prompt')).toContain('an old fisherman');
  expect(await say('show', '01/01/02', '--prompt')).toContain('a boy of six');
});
