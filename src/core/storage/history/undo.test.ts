import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aTake } from '../../../../test/builders/aTake.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { testFilm } from '../../../../test/lib/testFilm.ts';
import type { JobId } from '../../model/ids.ts';
import { addChapter, addScene, addShot, setActiveTake } from '../filmEdits.ts';
import { formatJson } from '../jsonFile.ts';
import { maxEntries } from './historyFiles.ts';
import { readHistory, redoEdit, undoEdit } from './undo.ts';

const list = '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json';
const idle = () => Promise.resolve(false);
const undo = (root: string) => undoEdit(root, idle);
const redo = (root: string) => redoEdit(root, idle);
const shot = { description: 'Rain', size: 'WS' } as const;

function read(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function edit(root: string, path: string, change: (text: string) => string): void {
  writeFileSync(join(root, path), change(read(root, path)));
}

/** The text with every counter as it was once raised. */
function raised(text: string, counter: string, to: number): string {
  return text.replace(new RegExp(`"${counter}": \\d+`), `"${counter}": ${to}`);
}

async function writeTake(root: string, number: number): Promise<JobId> {
  const folder = join(root, '03_Renders/Chapter_01/Scene_01/Shot_01');
  await mkdir(folder, { recursive: true });
  const take = aTake({ number });
  writeFileSync(join(folder, `S01_S01_take0${number}.json`), formatJson(take));
  return take.id;
}

test('each edit is taken back, newest first, byte for byte but for the numbers that were given', async () => {
  const { root } = await testFilm();
  const manifest = read(root, 'project.json');
  const shots = read(root, list);
  await addChapter(root, 'Epilogue');
  await addScene(root, '04', 'The sea');
  await addShot(root, '01/01', shot);
  await addShot(root, '01/01', { description: 'Snow' });
  for (const of of [
    'Add shot 01/01/03',
    'Add shot 01/01/02',
    'Add scene 04/02: The sea',
    'Add chapter 04: Epilogue',
  ])
    expect(await undo(root)).toMatchObject({ of, summary: `Undo: ${of}` });
  expect(read(root, list)).toBe(raised(shots, 'nextNumber', 4));
  expect(read(root, 'project.json')).toBe(raised(raised(manifest, 'nextNumber', 5), 'nextSceneNumber', 3));
  expect(existsSync(join(root, '02_Source_Creative/ShotLists/Chapter_04_Scene_02.shotlist.json'))).toBe(
    false,
  );
});

test('what was undone comes back byte for byte, until the next edit', async () => {
  const { root } = await testFilm();
  await addScene(root, '01', 'The sea');
  await addShot(root, '01/02', shot);
  const files = ['project.json', '02_Source_Creative/ShotLists/Chapter_01_Scene_02.shotlist.json'];
  const after = files.map((path) => read(root, path));
  await undo(root);
  await undo(root);
  expect(await readHistory(root)).toEqual({ undo: 'Add shot 01/01/01', redo: 'Add scene 01/02: The sea' });
  expect(await redo(root)).toMatchObject({ of: 'Add scene 01/02: The sea', address: '01/02' });
  expect(await redo(root)).toMatchObject({ of: 'Add shot 01/02/01', address: '01/02/01' });
  expect(files.map((path) => read(root, path))).toEqual(after);
  await expect(redo(root)).rejects.toMatchObject({ code: 'nothing-to-redo' });
  await undo(root);
  await addShot(root, '01/02', shot);
  await expect(redo(root)).rejects.toMatchObject({ code: 'nothing-to-redo' });
});

test('a number that was given is not given again', async () => {
  const { root } = await testFilm();
  await addShot(root, '01/01', shot);
  await undo(root);
  expect((await addShot(root, '01/01', shot)).address).toBe('01/01/03');
  await undo(root);
  await undo(root);
  await undo(root);
  expect((await addScene(root, '01', 'Again')).address).toBe('01/02');
});

test('in a file that was changed since, only what the edit did is taken back', async () => {
  const { root } = await testFilm();
  await addShot(root, '01/01', shot);
  edit(root, list, (text) => text.replace('Shot 1', 'A door').replace('{', '{\n  "mine": [1,2],'));
  const before = read(root, list);
  await undo(root);
  expect(read(root, list)).toContain('"mine": [1,2]');
  expect(read(root, list)).toContain('A door');
  expect(read(root, list)).not.toContain('Rain');
  await redo(root);
  expect(read(root, list)).toBe(before);
});

test('a chosen take gives way to the one that was chosen before', async () => {
  const { root } = await testFilm();
  const [first, second] = [await writeTake(root, 1), await writeTake(root, 2)];
  const none = read(root, list);
  await setActiveTake(root, '01/01/01', first);
  const chosen = read(root, list);
  await setActiveTake(root, '01/01/01', second);
  expect(await undo(root)).toMatchObject({ of: 'Choose the active take of 01/01/01' });
  expect(read(root, list)).toBe(chosen);
  await undo(root);
  expect(read(root, list)).toBe(none);
  await redo(root);
  expect(read(root, list)).toBe(chosen);
});

test('choosing the take that is chosen already is no edit', async () => {
  const { root } = await testFilm();
  const id = await writeTake(root, 1);
  await setActiveTake(root, '01/01/01', id);
  await setActiveTake(root, '01/01/01', id);
  await undo(root);
  expect(await readHistory(root)).toMatchObject({ undo: 'Add shot 01/01/01' });
});

test('a shot with takes is kept, and so is one whose takes are being made', async () => {
  const { root } = await testFilm();
  const before = read(root, list);
  await expect(undoEdit(root, () => Promise.resolve(true))).rejects.toMatchObject({
    code: 'undo-has-jobs',
    data: { address: '01/01/01' },
  });
  await writeTake(root, 1);
  await expect(undo(root)).rejects.toMatchObject({ code: 'undo-has-takes' });
  expect(read(root, list)).toBe(before);
  expect(await readHistory(root)).toEqual({ undo: 'Add shot 01/01/01' });
});

test('a shot whose job ends during the undo keeps the take it has just got', async () => {
  const { root } = await testFilm();
  const before = read(root, list);
  const endsNow = async () => {
    await writeTake(root, 1);
    return false;
  };
  await expect(undoEdit(root, endsNow)).rejects.toMatchObject({ code: 'undo-has-takes' });
  expect(read(root, list)).toBe(before);
});

test.each([
  [
    'shots',
    list,
    (text: string) =>
      text.replace('"shots": []', '"shots": [{"id":"mine","number":9,"folder":"x","description":""}]'),
    'undo-not-empty',
  ],
  [
    'a title of the user',
    'project.json',
    (text: string) => text.replace('A scene', 'My scene'),
    'undo-changed',
  ],
  ['an emotional beat', 'project.json', beatOnScene, 'undo-not-empty'],
  ['a note in its shot list', list, (text: string) => text.replace('{', '{ "note": "mine",'), 'undo-changed'],
])('a scene that has %s since is kept', async (_, path, change, code) => {
  const { root } = await testFilm({ shots: 0 });
  edit(root, path, change);
  const files = [read(root, list), read(root, 'project.json')];
  await expect(undo(root)).rejects.toMatchObject({ code });
  expect([read(root, list), read(root, 'project.json')]).toEqual(files);
});

function beatOnScene(text: string): string {
  const scene = /"scenes": \[\s*\{\s*"id": "([^"]+)"/.exec(text)?.[1] ?? '';
  return text.replace(/("emotionalBeats": \[\s*\{)/, `$1 "scene": "${scene}",`);
}

test('a shot that was changed since is kept', async () => {
  const { root } = await testFilm();
  edit(root, list, (text) => text.replace('Shot 1', 'A door'));
  await expect(undo(root)).rejects.toMatchObject({ code: 'undo-changed', data: { path: list } });
  expect(read(root, list)).toContain('A door');
});

test('an edit that was taken out by other means stands in nobody’s way', async () => {
  const { root } = await testFilm();
  const before = read(root, list);
  await addShot(root, '01/01', shot);
  execFileSync('git', ['checkout', '--quiet', '--', '.'], { cwd: root });
  await expect(undo(root)).rejects.toMatchObject({ code: 'undo-gone' });
  expect(read(root, list)).toBe(before);
  expect(await undo(root)).toMatchObject({ of: 'Add shot 01/01/01' });
});

test('what cannot be done again is refused, and the film stays as it is', async () => {
  const { root } = await testFilm();
  await addShot(root, '01/01', shot);
  await undo(root);
  edit(root, list, (text) => text.replace('"number": 1', '"number": 2'));
  const before = read(root, list);
  await expect(redo(root)).rejects.toMatchObject({
    code: 'redo-impossible',
    data: { reason: expect.stringContaining('another shot 01/01/02') as string },
  });
  expect(read(root, list)).toBe(before);
});

test('a shot list that does not parse is left alone', async () => {
  const { root } = await testFilm();
  edit(root, list, (text) => text.slice(0, -20));
  await expect(undo(root)).rejects.toMatchObject({ code: 'file-unreadable' });
  expect(await readHistory(root)).toEqual({ undo: 'Add shot 01/01/01' });
});

test('Git never sees the history, whatever the project’s .gitignore says', async () => {
  const { root } = await testFilm();
  writeFileSync(join(root, '.gitignore'), '');
  await addShot(root, '01/01', shot);
  const status = execFileSync('git', ['status', '--porcelain', '--untracked-files=all'], { cwd: root });
  expect(status.toString()).not.toContain('history');
});

test('the history is bounded, and one that is broken or gone keeps no edit from being made', async () => {
  const { root } = await testFilm();
  const folder = join(root, '.auteur/history');
  for (let id = 10; id < 10 + maxEntries; id++)
    writeFileSync(join(folder, `${String(id).padStart(6, '0')}.json`), '{');
  await addShot(root, '01/01', shot);
  expect(readdirSync(folder).filter((name) => name.endsWith('.json'))).toHaveLength(maxEntries);
  expect(await undo(root)).toMatchObject({ of: 'Add shot 01/01/02' });
  rmSync(folder, { recursive: true });
  await expect(undo(root)).rejects.toMatchObject({ code: 'nothing-to-undo' });
  await addShot(root, '01/01', shot);
  await undo(root);
});

test('the longest title is no hindrance', async () => {
  const { root } = await testFilm();
  const manifest = read(root, 'project.json');
  await addChapter(root, '👩‍👩‍👧‍👦'.repeat(200));
  await undo(root);
  expect(read(root, 'project.json')).toBe(raised(manifest, 'nextNumber', 5));
});

test('a history that leads out of the project is neither read nor written', async () => {
  const { root } = await testFilm();
  const elsewhere = tempFolder();
  rmSync(join(root, '.auteur/history'), { recursive: true });
  symlinkSync(elsewhere, join(root, '.auteur/history'));
  await expect(addShot(root, '01/01', shot)).rejects.toMatchObject({ code: 'path-outside' });
  expect(await readHistory(root)).toEqual({});
  expect(readdirSync(elsewhere)).toEqual([]);
});

test('an entry that is a link or a pipe is not opened', { timeout: 20_000 }, async () => {
  const { root } = await testFilm();
  const folder = join(root, '.auteur/history');
  const elsewhere = join(tempFolder(), 'entry.json');
  writeFileSync(elsewhere, read(root, '.auteur/history/000001.json').replace('"id": 1', '"id": 98'));
  symlinkSync(elsewhere, join(folder, '000098.json'));
  execFileSync('mkfifo', [join(folder, '000099.json')]);
  expect(await readHistory(root)).toEqual({ undo: 'Add shot 01/01/01' });
  expect(await undo(root)).toMatchObject({ of: 'Add shot 01/01/01' });
});

test('what stands in the history can lead no undo out of the project', async () => {
  const { root } = await testFilm();
  const entry = '.auteur/history/000001.json';
  const kept = read(root, entry);
  const around = readdirSync(join(root, '..'));
  for (const path of ['../outside.json', '.git/hooks/pre-commit', '/etc/passwd', 'project.json']) {
    edit(root, entry, () => kept.replaceAll(list, path));
    expect(await readHistory(root)).toEqual({ undo: 'Add shot 01/01/01' });
  }
  await undo(root);
  await expect(undo(root)).rejects.toMatchObject({ code: 'nothing-to-undo' });
  edit(root, entry, () => kept.replace(/"shotList": "[^"]*"/, '"shotList": "../outside.json"'));
  await expect(undo(root)).rejects.toMatchObject({ code: 'undo-changed' });
  edit(root, entry, (text) => text.replace('"state": "done"', '"state": "undone"'));
  rmSync(join(root, list));
  edit(root, 'project.json', (text) => text.replace(/"scenes": \[\s*\{[^}]*\}\s*\]/, '"scenes": []'));
  await expect(redo(root)).rejects.toMatchObject({ code: 'value-invalid' });
  expect(readdirSync(join(root, '..'))).toEqual(around);
});
