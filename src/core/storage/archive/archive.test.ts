import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packTar, unpackTar, type ParsedTarEntryWithData } from 'modern-tar';
import { expect, test } from 'vitest';
import { quiet, shotsIn, writeTake } from '../../../../test/lib/recordedTake.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { testFilm } from '../../../../test/lib/testFilm.ts';
import { commitPaths } from '../commit.ts';
import { readProject } from '../projectFiles.ts';
import { validateProject } from '../validate.ts';
import { packProject } from './packProject.ts';
import { unpackProject } from './unpackProject.ts';

function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A film with a committed take, one that waits for its commit, changed and new text, and a deleted document. */
async function liveFilm() {
  const { root } = await testFilm({ shots: 2 });
  const [first, second] = await shotsIn(root);
  if (first === undefined || second === undefined) throw new Error('no shots');
  const committed = await writeTake(root, { placed: first, number: 1 });
  const notes = '02_Source_Creative/Scripts/old.md';
  writeFileSync(join(root, notes), 'old');
  const paths = [committed.media, committed.sidecar, notes];
  await commitPaths(root, { paths, media: [committed.media], message: 'A take' });
  const pending = await writeTake(root, { placed: second, number: 1 });
  writeFileSync(join(root, '02_Source_Creative/Scripts/Ünder draft.md'), 'draft');
  rmSync(join(root, notes));
  writeFileSync(join(root, '.git', 'hooks', 'post-checkout'), '#!/bin/sh\ntouch /tmp/was-run\n');
  for (const ignored of ['.auteur/outbox/x', '05_Cache/x', '06_Exports/x']) {
    mkdirSync(dirname(join(root, ignored)), { recursive: true });
    writeFileSync(join(root, ignored), 'of this machine');
  }
  return { root, committed, pending, notes };
}

async function packed(root: string): Promise<string> {
  const file = join(tempFolder(), 'film.tar');
  const { bytes } = await packProject(root, file, quiet());
  expect(readFileSync(file).length).toBe(bytes);
  return file;
}

test('a film is packed and unpacked elsewhere with its history, media and what was not committed', async () => {
  const { root, committed, pending, notes } = await liveFilm();
  const file = await packed(root);
  const workspace = join(tempFolder(), 'elsewhere');
  const copy = await unpackProject({ file, workspace }, quiet());
  expect(copy).toBe(join(workspace, 'Projects', 'Test_Film'));
  expect((await readProject(copy)).text).toBe((await readProject(root)).text);
  for (const { media, sidecar } of [committed, pending])
    for (const path of [media, sidecar])
      expect(readFileSync(join(copy, path))).toEqual(readFileSync(join(root, path)));
  expect(git(copy, 'log', '--format=%H %s')).toBe(git(root, 'log', '--format=%H %s'));
  expect(git(copy, 'status', '--porcelain', '-z', '-uall')).toBe(
    git(root, 'status', '--porcelain', '-z', '-uall'),
  );
  expect(git(copy, 'lfs', 'fsck')).toContain('OK');
  expect(git(copy, 'fsck', '--strict')).not.toContain('error');
  expect(await validateProject(copy, { git: true })).toEqual(await validateProject(root, { git: true }));
  expect(existsSync(join(copy, notes))).toBe(false);
  for (const ignored of ['.auteur/outbox', '05_Cache/x', '06_Exports/x', '.git/auteur-unpack'])
    expect(existsSync(join(copy, ignored))).toBe(false);
  expect(readFileSync(join(copy, '.git/hooks/post-checkout'), 'utf8')).not.toContain('was-run');
  await expect(unpackProject({ file, workspace }, quiet())).rejects.toMatchObject({ code: 'project-there' });
});

test('nothing is overwritten, and what cannot be packed leaves nothing', async () => {
  const { root } = await testFilm();
  const folder = tempFolder();
  const file = join(folder, 'film.tar');
  writeFileSync(file, 'mine');
  await expect(packProject(root, file, quiet())).rejects.toMatchObject({ code: 'file-exists' });
  for (const missing of [join(folder, 'nowhere'), file])
    await expect(packProject(root, join(missing, 'c.tar'), quiet())).rejects.toMatchObject({
      code: 'folder-missing',
      data: { path: missing },
    });
  expect(readFileSync(file, 'utf8')).toBe('mine');
  writeFileSync(join(root, 'NUL.md'), '');
  await expect(packProject(root, join(folder, 'b.tar'), quiet())).rejects.toMatchObject({
    code: 'path-not-portable',
  });
  expect(readdirSync(folder)).toEqual(['film.tar']);
});

test('media that were not downloaded are named', async () => {
  const { root, committed } = await liveFilm();
  writeFileSync(join(root, committed.media), git(root, 'show', `HEAD:${committed.media}`));
  rmSync(join(root, '.git/lfs/objects'), { recursive: true });
  await expect(packProject(root, join(tempFolder(), 'a.tar'), quiet())).rejects.toMatchObject({
    code: 'media-not-here',
    data: { path: committed.media },
  });
});

test('media that are not what was recorded are named, and not packed', async () => {
  const { root, pending } = await liveFilm();
  writeFileSync(join(root, pending.media), 'another');
  await expect(packProject(root, join(tempFolder(), 'a.tar'), quiet())).rejects.toMatchObject({
    code: 'media-not-recorded',
    data: { path: pending.media },
  });
});

test.each(['packing', 'unpacking'])('cancelled while %s, it leaves nothing', async (when) => {
  const { root } = await liveFilm();
  const controller = new AbortController();
  const tell = ({ step }: { step: string }) => {
    if (step === when) controller.abort();
  };
  const watch = { signal: controller.signal, tell };
  const [folder, workspace] = [tempFolder(), tempFolder()];
  const file = join(folder, 'film.tar');
  const work = async () => {
    await packProject(root, file, watch);
    await unpackProject({ file, workspace }, watch);
  };
  await expect(work()).rejects.toMatchObject({ code: 'work-cancelled' });
  expect(readdirSync(folder)).toEqual(when === 'packing' ? [] : ['film.tar']);
  expect(readdirSync(workspace).includes('Projects') ? readdirSync(join(workspace, 'Projects')) : []).toEqual(
    [],
  );
});

let archive: Buffer | undefined;

/** Packing it anew for each test would take a second each. */
async function packedOnce(): Promise<Buffer> {
  archive ??= readFileSync(await packed((await liveFilm()).root));
  return archive;
}

type Entries = ParsedTarEntryWithData[];
const text = (value: string) => new TextEncoder().encode(value);
const entry = (name: string, data = text('x')) => ({
  header: { name, size: data.length, type: 'file' as const },
  data,
});
const link = (name: string, type: 'symlink' | 'link') => ({
  header: { name, size: 0, type, linkname: '/etc/passwd' },
});

test.each<[what: string, code: string, change: (entries: Entries) => Entries]>([
  ['a path that leads out', 'path-outside', (all) => [...all, entry('film/../../../out.md')]],
  ['an absolute path', 'path-outside', (all) => [...all, entry('film//etc/out.md')]],
  ['a path into .git', 'path-outside', (all) => [...all, entry('film/.git/hooks/post-checkout')]],
  ['a path into .GIT', 'path-outside', (all) => [...all, entry('film/a/.GIT/config')]],
  ['a path into what belongs to one machine', 'path-outside', (all) => [...all, entry('film/.auteur/lock')]],
  ['a link', 'archive-invalid', (all) => [...all, link('film/a.md', 'symlink')]],
  ['a hard link', 'archive-invalid', (all) => [...all, link('film/a.md', 'link')]],
  ['a reserved name', 'path-not-portable', (all) => [...all, entry('film/con.md')]],
  ['two names for one file', 'paths-clash', (all) => [...all, entry('film/a.md'), entry('film/A.md')]],
  [
    'a name of a committed file in another case',
    'paths-clash',
    (all) => [...all, entry('film/Project.json')],
  ],
  ['one name twice', 'archive-invalid', (all) => [...all, entry('film/a.md'), entry('film/a.md')]],
  ['what belongs to no film', 'archive-invalid', (all) => [...all, entry('setup.exe')]],
  [
    'damaged media',
    'archive-invalid',
    (all) => all.map((one) => (isMedia(one) ? entry(one.header.name) : one)),
  ],
  [
    'damaged media of a take that was not committed',
    'archive-invalid',
    (all) => all.map((one) => (isWaitingMedia(one) ? entry(one.header.name) : one)),
  ],
  ['missing media', 'archive-invalid', (all) => all.filter((one) => !isMedia(one))],
  ['no history', 'archive-invalid', (all) => all.filter(({ header }) => header.name !== 'repository.bundle')],
  [
    'a damaged history',
    'archive-invalid',
    (all) => all.map((one) => (isBundle(one) ? entry('repository.bundle') : one)),
  ],
  ['a broken manifest of the film', 'archive-invalid', (all) => [...all, entry('film/project.json')]],
  ['no description', 'archive-invalid', (all) => all.slice(1)],
  ['a newer form', 'archive-newer', (all) => [entry('auteur.json', text('{"format":99}')), ...all.slice(1)]],
])('an archive with %s is refused, and nothing is left', async (_, code, change) => {
  const file = join(tempFolder(), 'film.tar');
  await writeFile(file, await packTar(change(await unpackTar(await packedOnce()))));
  const workspace = tempFolder();
  await expect(unpackProject({ file, workspace }, quiet())).rejects.toMatchObject({ code });
  const projects = join(workspace, 'Projects');
  expect(existsSync(projects) ? readdirSync(projects) : []).toEqual([]);
  expect(readdirSync(workspace).filter((name) => !['Projects', 'Library'].includes(name))).toEqual([]);
});

function isMedia({ header }: ParsedTarEntryWithData): boolean {
  return header.name.startsWith('lfs/');
}

function isWaitingMedia({ header }: ParsedTarEntryWithData): boolean {
  return header.name === 'film/03_Renders/Chapter_01/Scene_01/Shot_02/S01_S02_take01.png';
}

function isBundle({ header }: ParsedTarEntryWithData): boolean {
  return header.name === 'repository.bundle';
}

test('a history that holds a link is refused, wherever it leads', async () => {
  const { root } = await testFilm();
  execFileSync('ln', ['-s', '/etc', join(root, 'out')]);
  git(root, 'add', 'out');
  git(root, 'commit', '--quiet', '--message', 'A link');
  await expect(packProject(root, join(tempFolder(), 'a.tar'), quiet())).rejects.toMatchObject({
    code: 'film-holds-link',
  });
});

test.each(['', 'no tar at all', '\0'.repeat(2048)])('%j is no archive', async (content) => {
  const file = join(tempFolder(), 'film.tar');
  writeFileSync(file, content);
  const unpacking = unpackProject({ file, workspace: tempFolder() }, quiet());
  await expect(unpacking).rejects.toMatchObject({ code: 'archive-invalid' });
});

test('an archive that is not there, and a folder, are named as what they are', async () => {
  const folder = tempFolder();
  for (const [file, code] of [
    [join(folder, 'nope.tar'), 'archive-missing'],
    [folder, 'archive-invalid'],
  ] as const) {
    const unpacking = unpackProject({ file, workspace: tempFolder() }, quiet());
    await expect(unpacking).rejects.toMatchObject({ code });
  }
});

test('a torn archive is refused', async () => {
  const { root } = await liveFilm();
  const file = await packed(root);
  const whole = readFileSync(file);
  for (const share of [0.3, 0.6, 0.9]) {
    writeFileSync(file, whole.subarray(0, Math.floor(whole.length * share)));
    const workspace = tempFolder();
    await expect(unpackProject({ file, workspace }, quiet())).rejects.toMatchObject({
      code: 'archive-invalid',
    });
    expect(existsSync(join(workspace, 'Projects', 'Test_Film'))).toBe(false);
  }
});
