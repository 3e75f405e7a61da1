import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFilm } from '../../../test/lib/testFilm.ts';
import { commitPaths } from './commit.ts';

function git(root: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

const folder = '03_Renders/Chapter_01/Scene_01/Shot_01';
const media = `${folder}/S01_S01_take01.png`;

async function filmWithTake() {
  const { root } = await testFilm();
  mkdirSync(join(root, folder), { recursive: true });
  await writeFile(join(root, media), 'picture');
  return { root, request: { paths: [media], media: [media], message: 'Record a take' } };
}

test('a commit holds only the named paths; what the user staged stays staged', async () => {
  const { root, request } = await filmWithTake();
  writeFileSync(join(root, 'notes.md'), 'mine');
  writeFileSync(join(root, 'project.json'), ' \n', { flag: 'a' });
  git(root, 'add', 'notes.md', 'project.json');
  expect(await commitPaths(root, request)).toEqual({ state: 'committed' });
  expect(git(root, 'show', '--name-only', '--format=', 'HEAD').trim()).toBe(media);
  expect(git(root, 'status', '--porcelain').trim().split('\n')).toEqual(['A  notes.md', 'M  project.json']);
});

test('committing again what is committed is no error and no commit', async () => {
  const { root, request } = await filmWithTake();
  await commitPaths(root, request);
  const head = git(root, 'rev-parse', 'HEAD');
  expect(await commitPaths(root, request)).toEqual({ state: 'committed' });
  expect(git(root, 'rev-parse', 'HEAD')).toBe(head);
});

test('media never enter Git as plain blobs: unstaged again, pending with the reason', async () => {
  const { root, request } = await filmWithTake();
  git(root, 'config', '--local', '--remove-section', 'filter.lfs');
  const head = git(root, 'rev-parse', 'HEAD');
  const state = await commitPaths(root, request);
  expect(state).toMatchObject({ state: 'pending', reason: expect.stringContaining(media) as string });
  expect(git(root, 'rev-parse', 'HEAD')).toBe(head);
  expect(git(root, 'diff', '--cached', '--name-only')).toBe('');
});

test('during a merge nothing is committed, and the merge is left as it is', async () => {
  const { root, request } = await filmWithTake();
  git(root, 'checkout', '--quiet', '-b', 'other');
  writeFileSync(join(root, 'notes.md'), 'other');
  git(root, 'add', 'notes.md');
  git(root, 'commit', '--quiet', '-m', 'other');
  git(root, 'checkout', '--quiet', '-');
  git(root, 'merge', '--no-ff', '--no-commit', '--quiet', 'other');
  const state = await commitPaths(root, request);
  expect(state).toMatchObject({ state: 'pending', reason: expect.stringContaining('merge') as string });
  git(root, 'commit', '--quiet', '-m', 'merged');
  expect(await commitPaths(root, request)).toEqual({ state: 'committed' });
});

test('a hook that refuses leaves the take pending with what the hook said', async () => {
  const { root, request } = await filmWithTake();
  const hook = join(root, '.git', 'hooks', 'pre-commit');
  writeFileSync(hook, '#!/bin/sh\necho "not on a Friday" >&2\nexit 1\n');
  chmodSync(hook, 0o755);
  const state = await commitPaths(root, request);
  expect(state).toMatchObject({
    state: 'pending',
    reason: expect.stringContaining('not on a Friday') as string,
  });
});

test('a left-over index.lock is named and never deleted', { timeout: 40_000 }, async () => {
  const { root, request } = await filmWithTake();
  writeFileSync(join(root, '.git', 'index.lock'), '');
  const state = await commitPaths(root, request);
  expect(state).toMatchObject({ state: 'pending', reason: expect.stringContaining('index.lock') as string });
  expect(git(root, 'status', '--porcelain')).toContain('03_Renders');
});

test('paths are literal, never patterns', async () => {
  const { root } = await filmWithTake();
  writeFileSync(join(root, folder, '[a].json'), '{}');
  writeFileSync(join(root, folder, 'a.json'), '{}');
  expect(await commitPaths(root, { paths: [`${folder}/[a].json`], media: [], message: 'One file' })).toEqual({
    state: 'committed',
  });
  expect(git(root, 'show', '--name-only', '--format=', 'HEAD').trim()).toBe(`${folder}/[a].json`);
});
