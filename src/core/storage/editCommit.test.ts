import { execFileSync } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { testFilm } from '../../../test/lib/testFilm.ts';
import { commitEdit, commitWaiting } from './editCommit.ts';
import { editFilm } from './edits/editFilm.ts';
import { planMove } from './edits/moveEdit.ts';
import { addChapter, addScene, addShot } from './filmEdits.ts';
import { stepChannelName, type Step } from './steps.ts';

const list = '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json';
const elsewhere = '02_Source_Creative/Scripts/one.shotlist.json';
const rain = (root: string) => commitEdit(root, () => addShot(root, '01/01', { description: 'Rain' }));

function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' });
}

/** As a user does who saves the file in an editor. */
function change(root: string, path: string): void {
  const text = readFileSync(join(root, path), 'utf8');
  writeFileSync(join(root, path), text.replace('"Shot 1"', '"My own words"'));
}

function once(step: Step, then: () => void): void {
  const hear = (message: unknown): void => {
    if (message !== step) return;
    unsubscribe(stepChannelName, hear);
    then();
  };
  subscribe(stepChannelName, hear);
  onTestFinished(() => void unsubscribe(stepChannelName, hear));
}

async function filmWithListElsewhere(): Promise<string> {
  const { root } = await testFilm();
  mkdirSync(dirname(join(root, elsewhere)), { recursive: true });
  renameSync(join(root, list), join(root, elsewhere));
  const manifest = join(root, 'project.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(list, elsewhere));
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message', 'Move the shot list');
  return root;
}

test('a shot list that lies elsewhere is committed with the edit', async () => {
  const root = await filmWithListElsewhere();
  expect((await rain(root)).commit).toEqual({ state: 'committed' });
  expect(git(root, 'show', 'HEAD')).toContain('Rain');
});

test('changes of the user in a shot list that lies elsewhere are left to the user', async () => {
  const root = await filmWithListElsewhere();
  change(root, elsewhere);
  const { commit } = await rain(root);
  expect(commit).toMatchObject({ state: 'pending', reason: expect.stringContaining(elsewhere) as string });
  expect(git(root, 'log', '-1', '--format=%s')).toBe('Move the shot list\n');
});

test.each(['edit.made', 'edit.noted'] as const)(
  'what the user saves right after %s is not committed, now or with the next edit',
  async (step) => {
    const { root } = await testFilm();
    const head = git(root, 'rev-parse', 'HEAD');
    once(step, () => change(root, list));
    const { commit } = await rain(root);
    const reason = `${list} got changes of your own during the edit, so the edit was left for your next commit.`;
    expect(commit).toEqual({ state: 'pending', reason });
    expect(git(root, 'rev-parse', 'HEAD')).toBe(head);
    expect((await commitEdit(root, () => addChapter(root, 'Four'))).commit).toEqual({ state: 'committed' });
    expect(git(root, 'show', '--format=', '--name-only', 'HEAD')).toBe('project.json\n');
    expect(git(root, 'status', '--porcelain')).toContain(list);
  },
);

test('what an edit ends that was cut short before it is committed with it', async () => {
  const { root } = await testFilm();
  await commitEdit(root, () => addScene(root, '02', 'Elsewhere'));
  once('file.renamed', () => {
    change(root, list);
  });
  const move = () => editFilm(root, (draft) => planMove(draft, { addresses: ['01/01/01'], into: '02/02' }));
  await expect(commitEdit(root, move)).rejects.toMatchObject({ code: 'text-changed' });
  git(root, 'checkout', '--', list);
  const { commit } = await commitEdit(root, () => addChapter(root, 'Another'));
  expect(commit).toEqual({ state: 'committed' });
  expect(readFileSync(join(root, list), 'utf8')).not.toContain('Shot 1');
  expect(git(root, 'status', '--porcelain')).toBe('');
});

describe('edits made where Git was not found', () => {
  async function withoutGit(edit: () => Promise<unknown>): Promise<void> {
    vi.stubEnv('PATH', tempFolder());
    await edit();
    vi.unstubAllEnvs();
  }

  test('are committed with the next edit, and their files are not called the user’s', async () => {
    const { root } = await testFilm();
    await withoutGit(async () => {
      expect((await rain(root)).commit).toMatchObject({
        state: 'pending',
        reason: expect.any(String) as string,
      });
      await commitEdit(root, () => addShot(root, '01/01', { description: 'Snow' }));
    });
    expect((await commitEdit(root, () => addChapter(root, 'Four'))).commit).toEqual({ state: 'committed' });
    expect(git(root, 'status', '--porcelain')).toBe('');
    expect(git(root, 'log', '-1', '--format=%B')).toContain('not committed before');
    expect((await commitEdit(root, () => addShot(root, '01/01', { description: 'Ice' }))).commit).toEqual({
      state: 'committed',
    });
  });

  test('in a file with changes of the user’s are left to the user', async () => {
    const { root } = await testFilm();
    change(root, list);
    await withoutGit(() => rain(root));
    expect((await commitEdit(root, () => addChapter(root, 'Four'))).commit).toEqual({ state: 'committed' });
    expect(git(root, 'show', '--format=', '--name-only', 'HEAD')).toBe('project.json\n');
    expect((await rain(root)).commit).toMatchObject({ state: 'pending' });
    expect(git(root, 'status', '--porcelain')).toBe(` M ${list}\n`);
  });

  test('in a file that the user has staged, or changes afterwards, are left to the user', async () => {
    const { root } = await testFilm();
    const clean = readFileSync(join(root, list), 'utf8');
    change(root, list);
    git(root, 'add', list);
    writeFileSync(join(root, list), clean);
    await withoutGit(() => rain(root));
    await withoutGit(() => commitEdit(root, () => addChapter(root, 'Four')));
    const manifest = join(root, 'project.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"Four"', '"Mine"'));
    const head = git(root, 'rev-parse', 'HEAD');
    await commitEdit(root, () => addShot(root, '01/01', { description: 'Ice' }));
    await commitEdit(root, () => addChapter(root, 'Five'));
    expect(git(root, 'rev-parse', 'HEAD')).toBe(head);
  });

  test('of a file that Git writes with other line ends are ours too', async () => {
    const { root } = await testFilm();
    writeFileSync(join(root, '.git', 'info', 'attributes'), '*.json text eol=crlf\n');
    rmSync(join(root, list));
    git(root, 'checkout', '--quiet', '--', list);
    expect(readFileSync(join(root, list), 'utf8')).toContain('\r\n');
    await withoutGit(() => rain(root));
    expect(await commitWaiting(root)).toEqual({ files: [list], commit: { state: 'committed' } });
    expect(git(root, 'show', 'HEAD')).toContain('Rain');
  });

  test('are told once more where Git is still not found, and then committed when asked for', async () => {
    const { root } = await testFilm();
    await withoutGit(() => rain(root));
    await withoutGit(async () => {
      expect(await commitWaiting(root)).toMatchObject({ files: [list], commit: { state: 'pending' } });
    });
    expect(await commitWaiting(root)).toEqual({ files: [list], commit: { state: 'committed' } });
    expect(await commitWaiting(root)).toBeUndefined();
  });

  test('of new files and of files that are gone are ours too', async () => {
    const { root } = await testFilm();
    await withoutGit(async () => {
      await commitEdit(root, () => addScene(root, '02', 'Elsewhere'));
      await commitEdit(root, () => addShot(root, '02/02', { description: 'Far away' }));
    });
    expect(git(root, 'status', '--porcelain')).toContain('??');
    expect((await commitWaiting(root))?.commit).toEqual({ state: 'committed' });
    expect(git(root, 'status', '--porcelain')).toBe('');
  });
});
