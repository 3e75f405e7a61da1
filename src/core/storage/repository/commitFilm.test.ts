import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { quiet, shotsIn, writeTake } from '../../../../test/lib/recordedTake.ts';
import { testFilm } from '../../../../test/lib/testFilm.ts';
import { commitFilm } from './commitFilm.ts';
import { filmStatus } from './filmStatus.ts';

function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Two takes that wait, one of them without its media yet; text of the film; work of the user's own. */
async function busyFilm() {
  const { root } = await testFilm({ shots: 2 });
  const [first, second] = await shotsIn(root);
  if (first === undefined || second === undefined) throw new Error('no shots');
  const whole = await writeTake(root, { placed: first, number: 1 });
  const half = await writeTake(root, { placed: second, number: 1 });
  rmSync(join(root, half.media));
  writeFileSync(join(root, '02_Source_Creative/Scripts/scene ü.md'), 'text');
  writeFileSync(join(root, '04_Project_Files/cut.txt'), 'mine');
  writeFileSync(join(root, 'staged.txt'), 'mine, staged');
  git(root, 'add', 'staged.txt');
  return { root, whole, half };
}

test('says where a film stands', async () => {
  const { root } = await busyFilm();
  expect(await filmStatus(root)).toEqual({
    branch: git(root, 'branch', '--show-current').trim(),
    ahead: 0,
    behind: 0,
    unpushed: 2,
    unpushedTakes: 1,
    changed: 3,
    others: 3,
    takes: 1,
    conflicts: 0,
    summary: 'Edit script scene ü.md; record take 1 of 01/01/01',
  });
});

test('a commit takes the text and the recorded takes, and leaves what the user has staged', async () => {
  const { root, whole, half } = await busyFilm();
  const { files, commit } = await commitFilm(root, 'Evening', quiet());
  expect({ files, commit }).toEqual({ files: 3, commit: { state: 'committed' } });
  const committed = git(root, '-c', 'core.quotePath=false', 'show', '--name-only', '--format=%s')
    .trim()
    .split('\n');
  expect(committed).toEqual([
    'Evening',
    '',
    '02_Source_Creative/Scripts/scene ü.md',
    whole.sidecar,
    whole.media,
  ]);
  expect(git(root, 'show', `HEAD:${whole.media}`)).toContain('git-lfs');
  expect(git(root, 'status', '--porcelain').split('\n')).toEqual([
    'A  staged.txt',
    '?? 03_Renders/Chapter_01/Scene_01/Shot_02/',
    '?? 04_Project_Files/cut.txt',
    '',
  ]);
  expect(half.sidecar).toContain('Shot_02');
  await expect(commitFilm(root, 'Again', quiet())).rejects.toMatchObject({ code: 'nothing-to-commit' });
});

test('media never go in as plain files', async () => {
  const { root, whole } = await busyFilm();
  writeFileSync(join(root, '.gitattributes'), '');
  const { commit } = await commitFilm(root, 'Evening', quiet());
  expect(commit).toMatchObject({ state: 'pending' });
  expect(JSON.stringify(commit)).toContain(whole.media);
  expect(git(root, 'log', '--format=%s', '-1')).toBe('Write a scene\n');
});

test('a deleted take and a removed document are committed as such', async () => {
  const { root, whole } = await busyFilm();
  await commitFilm(root, 'Evening', quiet());
  writeFileSync(
    join(root, whole.sidecar),
    JSON.stringify({ ...whole.take, deleted: '2026-01-02T00:00:00Z' }),
  );
  rmSync(join(root, whole.media));
  rmSync(join(root, '02_Source_Creative/Scripts/scene ü.md'));
  expect(await filmStatus(root)).toMatchObject({ changed: 3, takes: 1 });
  expect(await commitFilm(root, 'Out', quiet())).toMatchObject({ files: 3, commit: { state: 'committed' } });
  expect(await filmStatus(root)).toMatchObject({ changed: 0 });
});

test('a merge in progress is named, and a conflict in the film stops the commit', async () => {
  const { root } = await testFilm();
  const list = '02_Source_Creative/Scripts/a.md';
  const write = (text: string, branch: string) => {
    git(root, 'checkout', '--quiet', '-B', branch);
    writeFileSync(join(root, list), text);
    git(root, 'add', list);
    git(root, 'commit', '--quiet', '--message', text);
  };
  const main = git(root, 'branch', '--show-current').trim();
  write('theirs', 'other');
  git(root, 'checkout', '--quiet', main);
  write('ours', main);
  expect(() => git(root, 'merge', 'other')).toThrow();
  expect(await filmStatus(root)).toMatchObject({ operation: 'merge', conflicts: 1, changed: 1 });
  await expect(commitFilm(root, 'x', quiet())).rejects.toMatchObject({ code: 'film-in-conflict' });
});

test('ahead and behind are told against what was pushed', async () => {
  const { root, workspace } = await testFilm();
  const remote = join(workspace, 'remote.git');
  git(workspace, 'init', '--quiet', '--bare', remote);
  git(root, 'remote', 'add', 'origin', remote);
  git(root, 'push', '--quiet', '--set-upstream', 'origin', 'HEAD');
  writeFileSync(join(root, '02_Source_Creative/Scripts/a.md'), 'a');
  await commitFilm(root, 'One', quiet());
  const status = await filmStatus(root);
  expect(status).toMatchObject({ ahead: 1, behind: 0, unpushed: 1, changed: 0 });
  expect(status.upstream).toBe(`origin/${status.branch ?? ''}`);
});
