import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { testFilm } from '../../test/lib/testFilm.ts';
import { addShot } from '../core/storage/filmEdits.ts';
import { FilmDesk } from './filmDesk.ts';

afterEach(() => vi.unstubAllEnvs());

const shotList = '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json';
const committed = { state: 'committed' };
const newShot = { description: 'A kettle', size: 'CU' } as const;

function git(root: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function desk(): FilmDesk {
  return new FilmDesk({ trusted: true, edits: 'commit' });
}

function withoutIdentity(root: string): void {
  for (const role of ['AUTHOR', 'COMMITTER'])
    for (const part of ['NAME', 'EMAIL']) vi.stubEnv(`GIT_${role}_${part}`, undefined);
  git(root, 'config', 'user.useConfigOnly', 'true');
}

test('edits made at once are all committed, one by one', async () => {
  const { root } = await testFilm();
  const desks = [desk(), desk()];
  const edits = Array.from({ length: 10 }, () => desks.map((one) => one.addShot(root, '01/01', newShot)));
  const commits = (await Promise.all(edits.flat())).map(({ commit }) => commit);
  expect(commits).toEqual(Array(20).fill(committed));
  expect(git(root, 'status', '--porcelain')).toBe('');
});

test('processes that edit at once commit every edit', { timeout: 180_000 }, async () => {
  const { root } = await testFilm();
  const processes = 16;
  const script = `
    import { FilmDesk } from ${JSON.stringify(join(import.meta.dirname, 'filmDesk.ts'))};
    const desk = new FilmDesk({ trusted: true, edits: 'commit' });
    const { commit } = await desk.addShot(${JSON.stringify(root)}, '01/01', { description: 'A', size: 'CU' });
    process.stdout.write(JSON.stringify(commit));`;
  const ended = Array.from({ length: processes }, async () => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    await once(child, 'close');
    return printed;
  });
  expect(new Set(await Promise.all(ended))).toEqual(new Set([JSON.stringify(committed)]));
  expect(git(root, 'status', '--porcelain')).toBe('');
  const made = git(root, 'log', '--format=%s', '--grep', '^Add shot').trim().split('\n');
  expect(new Set(made).size).toBe(processes);
});

test('an edit that could not be committed is committed with the next', async () => {
  const { root } = await testFilm();
  withoutIdentity(root);
  const left = await desk().addShot(root, '01/01', newShot);
  expect(left.commit).toMatchObject({ hint: expect.stringContaining('user.name') as string });
  await desk().addChapter(root, 'Another');
  vi.unstubAllEnvs();
  expect((await desk().addShot(root, '01/01', newShot)).commit).toEqual(committed);
  expect(git(root, 'status', '--porcelain')).toBe('');
  const message = git(root, 'show', '--no-patch', '--format=%B');
  expect(message.split('\n')[0]).toBe('Add shot 01/01/03');
  expect(message).toContain('- Add shot 01/01/02');
  expect(message).toContain('- Add chapter 04: Another');
  expect(existsSync(join(root, '.auteur', 'edits.json'))).toBe(false);
});

test('an edit made during a merge is committed after it', async () => {
  const { root } = await testFilm();
  git(root, 'checkout', '--quiet', '-b', 'other');
  git(root, 'commit', '--quiet', '--allow-empty', '-m', 'other');
  git(root, 'checkout', '--quiet', '-');
  git(root, 'merge', '--no-ff', '--no-commit', '--quiet', 'other');
  for (let times = 0; times < 2; times++) {
    const { commit } = await desk().addShot(root, '01/01', newShot);
    expect(commit).toMatchObject({ reason: expect.stringContaining('merge') as string });
  }
  git(root, 'commit', '--quiet', '-m', 'merged');
  expect((await desk().addShot(root, '01/01', newShot)).commit).toEqual(committed);
  expect(git(root, 'status', '--porcelain')).toBe('');
});

test('what the user has changed stays the user’s, also on top of an edit of ours', async () => {
  const { root } = await testFilm();
  withoutIdentity(root);
  await desk().addShot(root, '01/01', newShot);
  vi.unstubAllEnvs();
  const text = readFileSync(join(root, shotList), 'utf8');
  writeFileSync(join(root, shotList), text.replace('A kettle', 'Two kettles'));
  const head = git(root, 'rev-parse', 'HEAD');
  const { commit } = await desk().addShot(root, '01/01', newShot);
  expect(commit).toMatchObject({ reason: expect.stringContaining('changes of your own') as string });
  expect(git(root, 'rev-parse', 'HEAD')).toBe(head);
  expect((await desk().addChapter(root, 'Another')).commit).toEqual(committed);
  expect(git(root, 'show', '--name-only', '--format=').trim()).toBe('project.json');
});

test('an edit by other means is the user’s', async () => {
  const { root } = await testFilm();
  await addShot(root, '01/01', newShot);
  const { commit } = await desk().addShot(root, '01/01', newShot);
  expect(commit).toMatchObject({ reason: expect.stringContaining('changes of your own') as string });
});

test('a new scene’s shot list is ours although the manifest waits for the user', async () => {
  const { root } = await testFilm();
  writeFileSync(join(root, 'project.json'), ' \n', { flag: 'a' });
  const { address, commit } = await desk().addScene(root, '01', 'Kitchen');
  expect(commit).toMatchObject({ reason: expect.stringContaining('project.json') as string });
  expect((await desk().addShot(root, address, newShot)).commit).toEqual(committed);
  expect(git(root, 'status', '--porcelain').trim()).toBe('M project.json');
});

test('where there is no repository the edit is made and the reason said', async () => {
  const { root } = await testFilm();
  rmSync(join(root, '.git'), { recursive: true });
  const { commit } = await desk().addShot(root, '01/01', newShot);
  expect(commit).toMatchObject({ hint: expect.stringContaining('git init') as string });
});

test('an undone edit is committed like the edit, also where it takes a file away', async () => {
  const { root } = await testFilm();
  await desk().addScene(root, '01', 'Kitchen');
  const { summary, files, commit } = await desk().undoEdit(root);
  expect(summary).toBe('Add scene 01/02: Kitchen');
  expect(files).toContain('02_Source_Creative/ShotLists/Chapter_01_Scene_02.shotlist.json');
  expect(commit).toEqual(committed);
  expect(git(root, 'show', '--no-patch', '--format=%s').trim()).toBe('Undo: Add scene 01/02: Kitchen');
  expect((await desk().redoEdit(root)).commit).toEqual(committed);
  expect(git(root, 'status', '--porcelain')).toBe('');
});

test('a removal that could not be committed is committed with the next edit', async () => {
  const { root } = await testFilm();
  await desk().addScene(root, '01', 'Kitchen');
  withoutIdentity(root);
  expect((await desk().undoEdit(root)).commit).toMatchObject({ state: 'pending' });
  vi.unstubAllEnvs();
  await desk().addShot(root, '01/01', newShot);
  expect(git(root, 'status', '--porcelain')).toBe('');
});

test('in the editor an undone edit waits for the user’s commit', async () => {
  const { root } = await testFilm();
  const editor = new FilmDesk({ trusted: true, edits: 'leave' });
  await editor.addShot(root, '01/01', newShot);
  expect(await editor.undoEdit(root)).toEqual({ summary: 'Add shot 01/01/02', files: [shotList] });
  expect(git(root, 'status', '--porcelain').trim()).toBe(`M ${shotList}`);
  const reader = new FilmDesk({ trusted: false, edits: 'leave' });
  expect(await reader.editHistory(root)).toEqual({ undo: 'Add shot 01/01/01', redo: 'Add shot 01/01/02' });
  await expect(reader.undoEdit(root)).rejects.toMatchObject({ code: 'untrusted' });
});
