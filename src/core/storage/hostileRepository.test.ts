import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { plant, plants, runsByHand } from '../../../test/lib/plants.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { testFilm } from '../../../test/lib/testFilm.ts';
import { commitPaths, dirtyPaths } from './commit.ts';
import { lfsVersion } from './gitTools.ts';
import { validateProject } from './validate.ts';

const folder = '03_Renders/Chapter_01/Scene_01/Shot_01';
const media = `${folder}/S01_S01_take01.png`;
const request = { paths: [media, 'project.json'], media: [media], message: 'Record a take' };

let canary: string;
beforeEach(() => {
  canary = join(tempFolder(), 'canary');
});

function git(root: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

async function filmWithTake(): Promise<string> {
  const { root } = await testFilm();
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, media), 'picture');
  return root;
}

test.each(plants.filter(({ trusted }) => trusted === 'never'))(
  '$name runs when Git is called by hand, and never when we call it',
  async (one) => {
    const root = await filmWithTake();
    plant(root, canary, one);
    runsByHand(root, canary, one);
    await dirtyPaths(root, ['03_Renders', 'project.json']);
    await validateProject(root, { git: true });
    expect(await commitPaths(root, request)).toEqual({ state: 'committed' });
    expect(existsSync(canary)).toBe(false);
  },
);

/** As the hint says. */
function mend(root: string): void {
  for (const file of ['.git/config', 'hostile.config']) {
    if (existsSync(join(root, file))) git(root, 'config', '--file', file, '--remove-section', 'filter.lfs');
  }
  git(root, 'lfs', 'install', '--local');
}

test.each(plants.filter(({ trusted }) => trusted === 'pending'))(
  '$name keeps the commit pending and names the file that sets it',
  async (one) => {
    const root = await filmWithTake();
    plant(root, canary, one);
    runsByHand(root, canary, one);
    const state = await commitPaths(root, request);
    expect(state).toMatchObject({
      state: 'pending',
      reason: expect.stringMatching(/filter\.lfs\.\w+ in .*\/(\.git\/config|hostile\.config) is/) as string,
      hint: expect.stringContaining('git lfs install --local') as string,
    });
    await expect(dirtyPaths(root, ['03_Renders'])).rejects.toMatchObject({ code: 'lfs-filter-replaced' });
    expect(existsSync(canary)).toBe(false);
    mend(root);
    expect(await commitPaths(root, request)).toEqual({ state: 'committed' });
    expect(existsSync(canary)).toBe(false);
  },
);

test.each(['git-lfs filter-process', 'git-lfs filter-process --skip'])('"%s" is Git LFS', async (value) => {
  const root = await filmWithTake();
  git(root, 'config', '--local', 'filter.lfs.process', value);
  expect(await commitPaths(root, request)).toEqual({ state: 'committed' });
});

test.each([
  'git-lfs filter-process; touch x',
  '/tmp/git-lfs filter-process',
  'git-lfs-evil filter-process',
  'git-lfs',
])('"%s" in the repository’s own settings is not', async (value) => {
  const root = await filmWithTake();
  git(root, 'config', '--local', 'filter.lfs.process', value);
  expect(await commitPaths(root, request)).toMatchObject({ state: 'pending' });
});

test('a .git that leads to the repository of another folder is not committed to', async () => {
  const root = await filmWithTake();
  const other = await filmWithTake();
  const head = git(other, 'rev-parse', 'HEAD');
  renameSync(join(root, '.git'), join(root, 'was.git'));
  writeFileSync(join(root, '.git'), `gitdir: ${join(other, '.git')}\n`);
  expect(await commitPaths(root, request)).toMatchObject({
    state: 'pending',
    reason: expect.stringContaining(join(other, '.git')) as string,
  });
  renameSync(join(root, '.git'), join(root, 'file.git'));
  symlinkSync(join(other, '.git'), join(root, '.git'));
  expect(await commitPaths(root, request)).toMatchObject({ state: 'pending' });
  expect(git(other, 'rev-parse', 'HEAD')).toBe(head);
  expect(git(other, 'diff', '--cached', '--name-only')).toBe('');
});

test('a work tree that its repository knows is committed to', async () => {
  const root = await filmWithTake();
  const tree = join(tempFolder(), 'tree');
  git(root, 'worktree', 'add', '--quiet', tree);
  mkdirSync(join(tree, folder), { recursive: true });
  writeFileSync(join(tree, media), 'picture');
  expect(await commitPaths(tree, request)).toEqual({ state: 'committed' });
});

test('a work tree of the repository that lies elsewhere is left alone', async () => {
  const root = await filmWithTake();
  const elsewhere = tempFolder();
  git(root, 'config', 'core.worktree', elsewhere);
  expect(await commitPaths(root, request)).toMatchObject({ state: 'pending' });
  expect(readdirSync(elsewhere)).toEqual([]);
});

test('a folder that looks like a bare repository is no repository', async () => {
  const root = tempFolder();
  git(root, 'init', '--quiet', '--bare', '.');
  await expect(dirtyPaths(root, ['x'])).rejects.toMatchObject({ code: 'no-repository' });
});

test('an alias does not stand in for Git LFS', async () => {
  const root = await filmWithTake();
  git(root, 'config', 'alias.lfs', `!touch '${canary}'`);
  const bin = tempFolder();
  for (const program of ['git', 'sh', 'touch']) {
    symlinkSync(execFileSync('which', [program], { encoding: 'utf8' }).trim(), join(bin, program));
  }
  const path = process.env['PATH'];
  process.env['PATH'] = bin;
  try {
    await expect(lfsVersion(root)).rejects.toMatchObject({ code: 'lfs-missing' });
  } finally {
    process.env['PATH'] = path;
  }
  expect(existsSync(canary)).toBe(false);
});
