import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { testFilm } from '../../../test/lib/testFilm.ts';
import { wrappedProgram } from '../../../test/lib/wrappedProgram.ts';
import { commitPaths, dirtyPaths } from './commit.ts';

function git(root: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

afterEach(() => vi.unstubAllEnvs());

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

test('where Git LFS may not write to compare media, the film is called read-only', async () => {
  const { root, request } = await filmWithTake();
  const said = `Error cleaning Git LFS object: open ${root}/.git/lfs/tmp/1: permission denied`;
  const lines = `case "$*" in *' status '*) echo '${said}' >&2; exit 128;; esac`;
  vi.stubEnv('PATH', wrappedProgram(tempFolder(), 'git', lines) + delimiter + (process.env['PATH'] ?? ''));
  await expect(dirtyPaths(root, request.paths)).rejects.toMatchObject({
    code: 'film-read-only',
    data: { root },
  });
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

/** The film without a `.git` of its own, inside another repository. */
async function filmWithin() {
  const { root, request } = await filmWithTake();
  const outer = join(root, '..', '..');
  rmSync(join(root, '.git'), { recursive: true });
  git(outer, 'init', '--quiet');
  return { root, request, outer };
}

test('a project without a repository never commits into the one around it', async () => {
  const { root, request, outer } = await filmWithin();
  expect(await commitPaths(root, request)).toEqual({
    state: 'pending',
    reason: expect.stringContaining(root) as string,
    hint: `Run "git init" and "git lfs install --local" in ${root}.`,
  });
  await expect(dirtyPaths(root, ['project.json'])).rejects.toMatchObject({ code: 'no-repository' });
  expect(git(outer, 'status', '--porcelain', '--untracked-files=no')).toBe('');
  rmSync(join(outer, '.git'), { recursive: true });
  await expect(dirtyPaths(root, ['project.json'])).rejects.toMatchObject({ code: 'no-repository' });
});

test('a project reached through a link is its own repository all the same', async () => {
  const { root, request } = await filmWithTake();
  const link = join(tempFolder(), 'link');
  symlinkSync(root, link);
  expect(await commitPaths(link, request)).toEqual({ state: 'committed' });
});

test('a path that is not on disk does not spoil the others', async () => {
  const { root, request } = await filmWithTake();
  const gone = `${folder}/S01_S01_take02.png`;
  const batch = { ...request, paths: [gone, ...request.paths], media: [gone, ...request.media] };
  expect(await commitPaths(root, batch)).toEqual({ state: 'committed' });
  expect(git(root, 'show', '--name-only', '--format=', 'HEAD').trim()).toBe(media);
  expect(await commitPaths(root, { ...request, paths: [gone], media: [gone] })).toEqual({
    state: 'committed',
  });
});

test('a file that is gone from the disk but in Git is committed as gone', async () => {
  const { root, request } = await filmWithTake();
  await commitPaths(root, request);
  rmSync(join(root, media));
  expect(await commitPaths(root, request)).toEqual({ state: 'committed' });
  expect(git(root, 'status', '--porcelain')).toBe('');
});

test('a missing identity is said as such, whatever Git calls it', async () => {
  const { root, request } = await filmWithTake();
  for (const role of ['AUTHOR', 'COMMITTER'])
    for (const part of ['NAME', 'EMAIL']) vi.stubEnv(`GIT_${role}_${part}`, undefined);
  git(root, 'config', 'user.useConfigOnly', 'true');
  expect(await commitPaths(root, request)).toMatchObject({
    state: 'pending',
    hint: expect.stringContaining('git config --global user.name') as string,
  });
});

test('a missing Git LFS is said as such', async () => {
  const { root, request } = await filmWithTake();
  const bin = tempFolder();
  for (const program of ['git', 'sh']) {
    symlinkSync(execFileSync('which', [program], { encoding: 'utf8' }).trim(), join(bin, program));
  }
  vi.stubEnv('PATH', bin);
  expect(await commitPaths(root, request)).toMatchObject({
    state: 'pending',
    hint: expect.stringContaining('git-lfs') as string,
  });
});

test('a hook that does not answer is stopped with what it started', async () => {
  const { root, request } = await filmWithTake();
  const hook = join(root, '.git', 'hooks', 'pre-commit');
  const beats = join(root, '.auteur', 'beats');
  const child = `while :; do echo beat >> '${beats}'; sleep 0.1; done`;
  writeFileSync(hook, `#!/bin/sh\ntrap '' INT\n(${child}) &\nwait\n`);
  chmodSync(hook, 0o755);
  const state = await commitPaths(root, request, 1000);
  expect(state).toMatchObject({
    state: 'pending',
    reason: expect.stringMatching(/hook or the signing/) as string,
  });
  const last = readFileSync(beats, 'utf8');
  await delay(500);
  expect(readFileSync(beats, 'utf8')).toBe(last);
  expect(existsSync(join(root, '.git', 'index.lock'))).toBe(false);
  rmSync(hook);
  expect(await commitPaths(root, request)).toEqual({ state: 'committed' });
});

test('a hook that is slow but says so is waited for', async () => {
  const { root, request } = await filmWithTake();
  const hook = join(root, '.git', 'hooks', 'pre-commit');
  writeFileSync(hook, '#!/bin/sh\nfor i in 1 2 3 4 5 6; do echo $i; sleep 0.4; done\n');
  chmodSync(hook, 0o755);
  expect(await commitPaths(root, request, 1500)).toEqual({ state: 'committed' });
});

test('thousands of long paths fit the command line', async () => {
  const { root } = await filmWithTake();
  const long = `${folder}/${'long_'.repeat(40)}`;
  const paths = Array.from({ length: 3000 }, (_, index) => `${long}${index}.png`);
  const some = paths.slice(0, 500);
  for (const path of some) writeFileSync(join(root, path), 'picture');
  expect(await dirtyPaths(root, [...paths, ...Array<string>(10_000).fill(`${long}x`)])).toHaveLength(500);
  expect(await commitPaths(root, { paths: some, media: some, message: 'Many' })).toEqual({
    state: 'committed',
  });
  expect(git(root, 'ls-files', folder).trim().split('\n')).toHaveLength(500);
});

test('a renamed file is dirty under its own names', async () => {
  const { root } = await filmWithTake();
  git(root, 'mv', 'project.json', 'film.json');
  expect([...(await dirtyPaths(root, ['project.json', 'film.json']))].sort()).toEqual([
    'film.json',
    'project.json',
  ]);
});

test.each([
  ['error: unable to write file: No space left on device', 'The disk is full: '],
  ['Error cleaning Git LFS object: write x: no space left on device', 'The disk is full: '],
  ['fatal: could not open .git/index.lock: Read-only file system', 'The disk is read-only: '],
])('what the disk said to Git is the reason: %s', async (said, told) => {
  const { root, request } = await filmWithTake();
  const refusing = `case "$*" in *"add --verbose"*) echo 'first line'; echo '${said}' >&2; exit 128;; esac`;
  vi.stubEnv('PATH', wrappedProgram(tempFolder(), 'git', refusing) + delimiter + (process.env['PATH'] ?? ''));
  const commit = await commitPaths(root, request);
  expect(commit).toMatchObject({ state: 'pending', reason: told + said });
  expect(commit).toMatchObject({ hint: expect.not.stringContaining('git status') as string });
});
