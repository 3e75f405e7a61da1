import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { quiet } from '../../../test/lib/recordedTake.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { testFilm } from '../../../test/lib/testFilm.ts';
import { convertMedia } from '../../core/storage/repository/convertMedia.ts';
import { doctor } from './doctor.ts';
import { lfsChecks } from './lfsChecks.ts';
import { mendLfs } from './mendLfs.ts';

function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

async function troubles(root: string): Promise<readonly string[]> {
  return (await lfsChecks(root)).filter(({ level }) => level !== 'ok').map(({ name }) => name);
}

/** Media that were committed before anybody thought of Git LFS, and work of the user's own. */
async function filmWithPlainMedia() {
  const { root } = await testFilm();
  const [first, second] = ['01_Assets/Styles/a, b.png', '01_Assets/Styles/ü.png'];
  for (const path of [first, second]) writeFileSync(join(root, path), `raw ${path}`);
  git(
    root,
    '-c',
    'filter.lfs.clean=',
    '-c',
    'filter.lfs.process=',
    '-c',
    'filter.lfs.required=false',
    'add',
    '.',
  );
  git(root, 'commit', '--quiet', '--message', 'Plain');
  writeFileSync(join(root, 'staged.txt'), 'mine');
  git(root, 'add', 'staged.txt');
  writeFileSync(join(root, '02_Source_Creative/Scripts/draft.md'), 'mine');
  return { root, first, second };
}

test('filters, hooks and attributes that are gone are set up again, and told', async () => {
  const { root } = await testFilm();
  git(root, 'config', '--remove-section', 'filter.lfs');
  rmSync(join(root, '.git/hooks/pre-push'));
  const attributes = readFileSync(join(root, '.gitattributes'), 'utf8');
  writeFileSync(join(root, '.gitattributes'), attributes.replace(/^.*\[pP\]\[nN\].*\n/m, '*.blend text\n'));
  git(root, 'commit', '--quiet', '--all', '--message', 'Fewer');
  expect(await troubles(root)).toEqual(['LFS filters', 'LFS attributes', 'LFS hooks']);
  const { done, left } = await mendLfs(root, true);
  expect(done).toEqual([
    'Set up the filters of Git LFS.',
    'Put the hooks of Git LFS in place.',
    'Wrote 1 media type into .gitattributes, and committed it.',
  ]);
  expect(left).toEqual([]);
  expect(git(root, 'status', '--porcelain')).toBe('');
  expect(git(root, 'check-attr', 'filter', 'a.png')).toContain('lfs');
  expect((await mendLfs(root, true)).done).toEqual([]);
});

test('in the editor the attributes wait for the user, and what the user had changed always does', async () => {
  const { root } = await testFilm();
  const path = join(root, '.gitattributes');
  for (const commits of [false, true]) {
    writeFileSync(path, '# mine\n');
    expect((await mendLfs(root, commits)).done).toEqual([expect.stringContaining('waits for your commit')]);
    expect(readFileSync(path, 'utf8')).toMatch(/^# mine\n\*\./);
  }
  expect(git(root, 'status', '--porcelain')).toBe(' M .gitattributes\n');
});

test("what is the user's own stays: a filter, a hook, a folder of hooks", async () => {
  const { root } = await testFilm();
  git(root, 'config', 'filter.lfs.clean', 'sh -c "touch /tmp/ran"');
  const hook = join(root, '.git/hooks/pre-push');
  writeFileSync(hook, '#!/bin/sh\nexit 0\n');
  chmodSync(hook, 0o755);
  const { done, left } = await mendLfs(root, true);
  expect(done).toEqual([]);
  expect(left.map(({ name }) => name)).toEqual(['LFS filters', 'LFS hooks']);
  expect(readFileSync(hook, 'utf8')).toBe('#!/bin/sh\nexit 0\n');
  expect(git(root, 'config', 'filter.lfs.clean')).toContain('touch');
  const hooks = join(tempFolder(), 'hooks');
  mkdirSync(hooks);
  git(root, 'config', 'core.hooksPath', hooks);
  await mendLfs(root, true);
  expect(existsSync(join(hooks, 'pre-push'))).toBe(false);
});

test('plain media are found, left alone by mending, and converted when asked', async () => {
  const { root, first, second } = await filmWithPlainMedia();
  expect(await troubles(root)).toEqual(['Media in Git']);
  expect((await mendLfs(root, true)).left.map(({ name }) => name)).toEqual(['Media in Git']);
  const before = git(root, 'rev-parse', 'HEAD');
  expect([...(await convertMedia(root, quiet()))].sort()).toEqual([first, second]);
  expect(await troubles(root)).toEqual([]);
  expect(git(root, 'rev-parse', 'HEAD^')).toBe(before);
  for (const path of [first, second]) {
    expect(readFileSync(join(root, path), 'utf8')).toBe(`raw ${path}`);
    expect(git(root, 'show', `HEAD:${path}`)).toContain('git-lfs');
  }
  expect(git(root, 'status', '--porcelain')).toBe('A  staged.txt\n?? 02_Source_Creative/Scripts/draft.md\n');
  expect(git(root, 'lfs', 'fsck')).toContain('OK');
  expect(await convertMedia(root, quiet())).toEqual([]);
});

test('media with changes of the user are not converted', async () => {
  const { root, second } = await filmWithPlainMedia();
  writeFileSync(join(root, second), 'repainted');
  await expect(convertMedia(root, quiet())).rejects.toMatchObject({
    code: 'convert-changed',
    data: { path: second },
  });
  expect(readFileSync(join(root, second), 'utf8')).toBe('repainted');
  expect(git(root, 'log', '-1', '--format=%s')).toBe('Plain\n');
});

test('media that are only pointers are told, and looking at them changes nothing', async () => {
  const { root } = await testFilm();
  const path = '01_Assets/Styles/a.png';
  writeFileSync(join(root, path), 'here');
  git(root, 'add', path);
  git(root, 'commit', '--quiet', '--message', 'Picture');
  writeFileSync(join(root, path), git(root, 'show', `HEAD:${path}`));
  rmSync(join(root, '.git/hooks'), { recursive: true });
  const checks = await doctor({ folder: root, home: tempFolder() });
  expect(checks.find(({ name }) => name === 'Media here')).toMatchObject({
    level: 'warning',
    detail: `${path} is not downloaded`,
  });
  expect(existsSync(join(root, '.git/hooks'))).toBe(false);
});
