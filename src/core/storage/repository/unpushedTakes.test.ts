import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { quiet, shotsIn, writeTake } from '../../../../test/lib/recordedTake.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { testFilm } from '../../../../test/lib/testFilm.ts';
import { editFilm } from '../edits/editFilm.ts';
import { planEdit } from '../edits/planEdit.ts';
import { Git } from '../git.ts';
import { commitFilm } from './commitFilm.ts';
import { filmStatus } from './filmStatus.ts';
import { pushFilm } from './pushFilm.ts';
import { takesInUnpushedCommits } from './unpushedTakes.ts';

function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

test('counts what no remote has: committed or not, on whichever branch, but nothing that was deleted', async () => {
  const { root } = await testFilm();
  const [placed] = await shotsIn(root);
  if (placed === undefined) throw new Error('no shot');
  const unpushed = async (): Promise<number> => (await filmStatus(root)).unpushedTakes;
  const idle = () => Promise.resolve(false);
  const remove = (take: number) =>
    editFilm(root, (draft) =>
      planEdit(draft, { kind: 'deleteTakes', takes: [{ address: '01/01/01', take }] }, idle),
    );
  expect(await unpushed()).toBe(0);
  for (const number of [1, 2, 3]) await writeTake(root, { placed, number });
  expect(await unpushed()).toBe(3);
  await commitFilm(root, 'Three takes', quiet());
  expect(await unpushed()).toBe(3);
  await remove(3);
  expect(await unpushed()).toBe(2);
  await commitFilm(root, 'One less', quiet());
  expect(await unpushed()).toBe(2);

  const remote = join(tempFolder(), 'remote.git');
  git('/', 'init', '--quiet', '--bare', remote);
  git(root, 'remote', 'add', 'origin', pathToFileURL(remote).href);
  expect(await unpushed()).toBe(2);
  await pushFilm({ root, publish: true }, quiet());
  expect(await unpushed()).toBe(0);

  await writeTake(root, { placed, number: 4 });
  await commitFilm(root, 'A fourth', quiet());
  await writeTake(root, { placed, number: 5 });
  git(root, 'add', '03_Renders');
  expect(await unpushed()).toBe(2);
  await remove(4);
  expect(await unpushed()).toBe(1);
  await commitFilm(root, 'A fifth', quiet());
  expect(await unpushed()).toBe(1);
  await remove(1);
  expect(await unpushed()).toBe(1);

  git(root, 'push', '--quiet', 'origin', 'HEAD:elsewhere');
  expect(await unpushed()).toBe(0);
});

test(
  '30,000 takes are counted as one list, with a remote that has others or with none',
  { timeout: 60_000 },
  async () => {
    const root = tempFolder();
    git(root, 'init', '--quiet');
    const lines = Array.from({ length: 30_000 }, (_, index) => {
      const folder = `03_Renders/Chapter_01/Scene_01/Shot_${String(Math.floor(index / 100))}`;
      return `${folder}/S01_S01_take${String((index % 100) + 1).padStart(2, '0')}`;
    });
    const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], {
      cwd: root,
      input: 'x',
      encoding: 'utf8',
    });
    const index = lines.flatMap((line) =>
      ['png', 'json'].map((type) => `100644 ${blob.trim()}\t${line}.${type}\n`),
    );
    const commit = (message: string): string =>
      git(
        root,
        '-c',
        'user.name=a',
        '-c',
        'user.email=a@b',
        'commit',
        '--quiet',
        '--allow-empty',
        '-m',
        message,
      );
    commit('Nothing');
    git(root, 'update-ref', 'refs/heads/start', 'HEAD');
    execFileSync('git', ['update-index', '--index-info'], { cwd: root, input: index.join('') });
    commit('All of them');
    expect(await takesInUnpushedCommits(new Git(root))).toHaveLength(30_000);
    git(root, 'update-ref', 'refs/remotes/origin/main', 'refs/heads/start');
    expect(await takesInUnpushedCommits(new Git(root))).toHaveLength(30_000);
  },
);
