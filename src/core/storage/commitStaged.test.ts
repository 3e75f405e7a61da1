import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { testFilm } from '../../../test/lib/testFilm.ts';
import { commitPaths } from './commit.ts';
import { pointerBlobs } from './lfs.ts';

const folder = '03_Renders/Chapter_01/Scene_01/Shot_01';
const media = `${folder}/S01_S01_take01.png`;
const content = 'picture';
const request = { paths: [media], media: [media], message: 'Record a take' };
const committed = { state: 'committed' };

afterEach(() => vi.unstubAllEnvs());

function writeTake(root: string): void {
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, media), content);
}

async function filmWithTake() {
  const { root } = await testFilm();
  writeTake(root);
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  return { root, git };
}

/** What the user does in the middle of our commit: the hook runs when Git has read the index and the parent. */
function duringTheCommit(root: string, script: string): void {
  const hook = join(root, '.git', 'hooks', 'pre-commit');
  writeFileSync(hook, `#!/bin/sh\nrm "$0"\nunset GIT_INDEX_FILE\n${script}\n`);
  chmodSync(hook, 0o755);
}

test('what the user stages while the commit is made stays staged and is not in it', async () => {
  const { root, git } = await filmWithTake();
  duringTheCommit(root, 'echo mine > notes.md\ngit add notes.md');
  expect(await commitPaths(root, request)).toEqual(committed);
  expect(git('show', '--name-only', '--format=', 'HEAD')).toBe(media);
  expect(git('status', '--porcelain')).toBe('A  notes.md');
});

test.each(['loose', 'packed'])(
  'what the user commits while the commit is made stays, on a %s branch',
  async (kept) => {
    const { root, git } = await filmWithTake();
    if (kept === 'packed') git('pack-refs', '--all');
    duringTheCommit(
      root,
      'echo mine > notes.md\ngit add notes.md\ngit commit --quiet --only -m Mine notes.md',
    );
    expect(await commitPaths(root, request)).toEqual(committed);
    expect(git('log', '--format=%s', '-2').split('\n')).toEqual(['Record a take', 'Mine']);
    expect(git('show', '--name-only', '--format=', 'HEAD')).toBe(media);
    expect(git('status', '--porcelain')).toBe('');
  },
);

test('what the user commits in the moment before ours is not undone by it', async () => {
  const { root, git } = await filmWithTake();
  const bin = tempFolder();
  const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  const users = `${real} add notes.md && ${real} commit --quiet --only -m Mine notes.md`;
  const once = `if mkdir '${bin}/once'; then (unset GIT_INDEX_FILE; echo mine > notes.md; ${users}); fi`;
  const shim = `#!/bin/sh\ncase " $* " in *" commit "*) ${once} 2>/dev/null;; esac\nexec ${real} "$@"\n`;
  writeFileSync(join(bin, 'git'), shim, { mode: 0o755 });
  vi.stubEnv('PATH', `${bin}${delimiter}${process.env['PATH'] ?? ''}`);
  expect(await commitPaths(root, request)).toEqual(committed);
  expect(git('log', '--format=%s', '-2').split('\n')).toEqual(['Record a take', 'Mine']);
  expect(git('show', '--name-only', '--format=', 'HEAD')).toBe(media);
  expect(git('status', '--porcelain')).toBe('');
});

test('where the user commits our files at the same moment, that is our commit', async () => {
  const { root, git } = await filmWithTake();
  duringTheCommit(root, 'git commit --quiet -m Mine');
  expect(await commitPaths(root, request)).toEqual(committed);
  expect(git('log', '--format=%s', '-1', '--', media)).toBe('Mine');
  expect(git('status', '--porcelain')).toBe('');
});

test('a hook that refuses what the user has staged does not keep the take from being committed', async () => {
  const { root, git } = await filmWithTake();
  writeFileSync(join(root, 'notes.md'), 'mine');
  git('add', 'notes.md');
  const hook = join(root, '.git', 'hooks', 'pre-commit');
  writeFileSync(hook, '#!/bin/sh\n! git diff --cached --name-only | grep -q notes.md\n', { mode: 0o755 });
  expect(await commitPaths(root, request)).toEqual(committed);
  expect(git('show', '--name-only', '--format=', 'HEAD')).toBe(media);
  expect(git('status', '--porcelain')).toBe('A  notes.md');
});

test('a message is kept as it is, lines that begin with # too', async () => {
  const { root, git } = await filmWithTake();
  const message = 'Record a take\n\n# 1 of the evening';
  git('config', '--local', 'commit.cleanup', 'strip');
  git('config', '--local', 'commit.verbose', 'true');
  expect(await commitPaths(root, { ...request, message })).toEqual(committed);
  expect(git('log', '--format=%B', '-1')).toBe(message);
});

test('media whose content is known are refused all the same where they are no pointers', async () => {
  const { root, git } = await filmWithTake();
  const head = git('rev-parse', 'HEAD');
  git('config', '--local', '--remove-section', 'filter.lfs');
  const state = await commitPaths(root, { ...request, contents: [known(content)] });
  expect(state).toMatchObject({ state: 'pending', reason: expect.stringContaining(media) as string });
  expect(git('rev-parse', 'HEAD')).toBe(head);
});

test.each(['sha1', 'sha256'])('the pointer of a known content is the one LFS makes, in %s', async (form) => {
  const { root, git } = await filmWithTake();
  rmSync(join(root, '.git'), { recursive: true });
  git('init', '--quiet', `--object-format=${form}`);
  git('lfs', 'install', '--local');
  git('add', '--', media);
  const [, staged = ''] = git('ls-files', '--stage', '--', media).split(' ');
  expect(pointerBlobs([known(content)])).toContain(staged);
});

test('the first commit of a repository can be a take', async () => {
  const { root, git } = await filmWithTake();
  rmSync(join(root, '.git'), { recursive: true });
  git('init', '--quiet');
  git('lfs', 'install', '--local');
  expect(await commitPaths(root, request)).toEqual(committed);
  expect(git('show', '--name-only', '--format=', 'HEAD')).toBe(media);
});

test('a linked working tree commits on its own branch', async () => {
  const { git } = await filmWithTake();
  const tree = join(tempFolder(), 'tree');
  git('worktree', 'add', '--quiet', '-b', 'second-unit', tree);
  writeTake(tree);
  expect(await commitPaths(tree, request)).toEqual(committed);
  expect(git('log', '--format=%s', '-1', 'second-unit')).toBe('Record a take');
  expect(git('status', '--porcelain')).toContain('03_Renders');
});

test('a repository that is broken does not make the one around it commit', async () => {
  const { root } = await filmWithTake();
  const outer = join(root, '..');
  const around = (...args: string[]): string => execFileSync('git', args, { cwd: outer, encoding: 'utf8' });
  around('init', '--quiet');
  rmSync(join(root, '.git', 'HEAD'));
  expect(await commitPaths(root, request)).toMatchObject({ state: 'pending' });
  expect(around('ls-files')).toBe('');
});

function known(text: string): { sha256: string; bytes: number } {
  return { sha256: createHash('sha256').update(text).digest('hex'), bytes: text.length };
}
