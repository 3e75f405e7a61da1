import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../test/lib/tempFolder.ts';
import { testFilm } from '../../test/lib/testFilm.ts';
import { doctor } from './doctor.ts';

const failing = async (root: string): Promise<readonly string[]> =>
  (await doctor(root, tempFolder())).filter(({ ok }) => !ok).map(({ name }) => name);

function git(root: string, ...args: string[]): void {
  execFileSync('git', args, { cwd: root });
}

test('a new project is well', async () => {
  const { root } = await testFilm();
  expect(await failing(root)).toEqual([]);
});

test('hooks kept elsewhere that do not upload takes are told', async () => {
  const { root } = await testFilm();
  git(root, 'config', 'core.hooksPath', tempFolder());
  expect(await failing(root)).toEqual(['LFS hook of the project']);
});

test('the repository around a project is not taken for its own', async () => {
  const { root } = await testFilm();
  rmSync(join(root, '.git'), { recursive: true });
  git(join(root, '..'), 'init', '--quiet');
  expect(await failing(root)).toEqual(['Repository of the project']);
});
