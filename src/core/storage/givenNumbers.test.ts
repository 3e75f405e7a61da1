import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFilm } from '../../../test/lib/testFilm.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { freeTakeNumber, givenNumbers, takesCommitted } from './givenNumbers.ts';

const folder = '03_Renders/Chapter_01/Scene_01/Shot_01';

function git(root: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' });
}

async function writeTake(root: string, number: number): Promise<string> {
  const path = `${folder}/S01_S01_take0${number}.json`;
  await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, path), '{}');
  return path;
}

async function commitTake(root: string, number: number): Promise<string> {
  const path = await writeTake(root, number);
  git(root, 'add', path);
  git(root, 'commit', '--quiet', '--message', 'A take');
  return path;
}

test('a number that Git has is not given again, wherever its file went', async () => {
  const { root } = await testFilm();
  const paths = [await commitTake(root, 1), await commitTake(root, 2)];
  expect(await freeTakeNumber(root, folder)).toBe(3);
  for (const path of paths) await rm(join(root, path));
  expect(await freeTakeNumber(root, folder)).toBe(3);
  expect([...(await givenNumbers(root, folder))]).toEqual([1, 2]);
});

test('nor in a folder that a sparse checkout leaves out', async () => {
  const { root } = await testFilm();
  await commitTake(root, 1);
  git(root, 'sparse-checkout', 'set', '--no-cone', '/*', '!/03_Renders/');
  expect(await freeTakeNumber(root, folder)).toBe(2);
});

test('what Git was told by another program is read anew', async () => {
  const { root } = await testFilm();
  expect(await freeTakeNumber(root, folder)).toBe(1);
  const path = await commitTake(root, 4);
  await rm(join(root, path));
  expect(await freeTakeNumber(root, folder)).toBe(5);
});

test('of what we have committed ourselves only the takes are new', async () => {
  const { root } = await testFilm();
  await freeTakeNumber(root, folder);
  await commitTake(root, 1);
  const path = await commitTake(root, 2);
  await takesCommitted(root, [path]);
  // The first one is in the index too, which was not read again.
  expect([...(await givenNumbers(root, folder))]).toEqual([2]);
  await rm(join(root, path));
  expect(await freeTakeNumber(root, folder)).toBe(3);
});

test('without a repository the files alone count', async () => {
  const root = tempFolder();
  await writeTake(root, 2);
  expect(await freeTakeNumber(root, folder)).toBe(3);
});
