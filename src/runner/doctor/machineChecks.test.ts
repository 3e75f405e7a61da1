import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { aVisit } from '../../../test/lib/doctorVisit.ts';
import { programFolder } from '../../../test/lib/programFolder.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { wrappedProgram } from '../../../test/lib/wrappedProgram.ts';
import { doctor } from './doctor.ts';
import { projectRoom, roomFinding } from './stateChecks.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

function firstOnPath(folder: string): void {
  vi.stubEnv('PATH', folder + delimiter + (process.env['PATH'] ?? ''));
}

test('a new project on a machine that has everything is well', async () => {
  const visit = await aVisit();
  expect(await visit.troubles()).toEqual([]);
  expect((await visit.checks()).filter(({ level }) => level === 'skipped')).toEqual([]);
  expect((await visit.check('Node')).detail).toMatch(/^\d+\.\d+\.\d+, with SQLite 3\.\d+/);
});

test('without a project, and even without the folder, the machine is looked at', async () => {
  const checks = await doctor({ folder: join(tempFolder(), 'not', 'there'), home: tempFolder() });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks.filter(({ level }) => level === 'skipped').map(({ name }) => name)).toEqual([
    'VS Code',
    'Project',
  ]);
});

describe('a program', () => {
  test('Git that is missing is named once, with the command that installs it', async () => {
    const visit = await aVisit();
    vi.stubEnv('PATH', tempFolder());
    expect(await visit.troubles()).toEqual(['Git: failed']);
    expect((await visit.check('Git')).detail).toContain('not found');
    expect((await visit.check('Git')).command).toMatch(/git/i);
    expect((await visit.check('Repository')).level).toBe('skipped');
  });

  test('Git LFS that is missing', async () => {
    const visit = await aVisit();
    vi.stubEnv('PATH', programFolder(join(tempFolder(), 'programs'), ['git']));
    expect(await visit.troubles()).toEqual(['Git LFS: failed']);
    expect((await visit.check('Git LFS')).command).toMatch(/lfs/i);
  });

  test('a Git that is too old', async () => {
    const visit = await aVisit();
    const old = 'case "$*" in *--version) echo "git version 2.25.1"; exit;; esac';
    firstOnPath(wrappedProgram(tempFolder(), 'git', old));
    expect(await visit.check('Git')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('2.28') as string,
    });
  });

  test('a Git LFS that is too old', async () => {
    const visit = await aVisit();
    const old = 'if [ "$1" = version ]; then echo "git-lfs/1.5.6 (GitHub; linux amd64)"; exit; fi';
    firstOnPath(wrappedProgram(tempFolder(), 'git-lfs', old));
    expect(await visit.check('Git LFS')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('1.5.6') as string,
    });
  });

  test('an identity that is missing in the project', async () => {
    const visit = await aVisit();
    for (const role of ['AUTHOR', 'COMMITTER']) {
      vi.stubEnv(`GIT_${role}_NAME`, undefined);
      vi.stubEnv(`GIT_${role}_EMAIL`, undefined);
    }
    vi.stubEnv('EMAIL', undefined);
    visit.git('config', 'user.useConfigOnly', 'true');
    expect(await visit.troubles()).toEqual(['Git identity: failed']);
    vi.stubEnv('GIT_CONFIG_GLOBAL', join(tempFolder(), 'gitconfig'));
    await visit.mend('Git identity');
    expect((await visit.check('Git identity')).detail).toBe('Your Name <you@example.com>');
  });

  test('a VS Code that is too old for the extension is a warning: the command line works in it', async () => {
    const look = async (vscode: string | undefined) =>
      (await doctor({ folder: tempFolder(), home: tempFolder(), vscode })).find(
        ({ name }) => name === 'VS Code',
      );
    expect(await look('1.105.9')).toMatchObject({ level: 'warning', ok: true });
    expect(await look('1.106.0')).toMatchObject({ level: 'ok' });
    expect(await look('2.0.1-insider')).toMatchObject({ level: 'ok' });
  });
});

describe('the state folder', () => {
  test('that is a file', async () => {
    const visit = await aVisit();
    writeFileSync(visit.home, '');
    expect(await visit.troubles()).toEqual(['State folder: failed']);
    expect((await visit.check('State folder')).hint).toContain('AUTEUR_HOME');
  });

  test('in which nothing can be made', async () => {
    const checks = await doctor({ folder: tempFolder(), home: '/proc' });
    expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['State folder']);
  });

  test('with a queue of a newer build, which stays untouched', async () => {
    const visit = await aVisit();
    mkdirSync(visit.home);
    const path = join(visit.home, 'auteur.db');
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 99');
    database.close();
    const before = readFileSync(path);
    expect(await visit.troubles()).toEqual(['Queue: failed']);
    expect((await visit.check('Queue')).hint).toContain('Update');
    expect((await visit.check('Takes to commit')).level).toBe('skipped');
    expect(readFileSync(path)).toEqual(before);
  });

  test('with a queue that is no database, or a damaged one', async () => {
    const visit = await aVisit();
    mkdirSync(visit.home);
    const path = join(visit.home, 'auteur.db');
    writeFileSync(path, 'not a database at all, but long enough to be looked at as one'.repeat(100));
    expect((await visit.check('Queue')).level).toBe('failed');
    expect((await visit.check('Takes to commit')).level).toBe('skipped');
    await visit.mend('Queue');

    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE t (x); CREATE INDEX i ON t (x);');
    database.exec(
      `INSERT INTO t VALUES ${Array.from({ length: 500 }, () => "('a long enough value')").join()}`,
    );
    database.close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xff, 4096, bytes.length));
    expect((await visit.check('Queue')).level).toBe('failed');
  });
});

test('a disk that fills up is a warning, and one that is full a failure', () => {
  const gib = 1024 ** 3;
  const levels = [0.2, 2, 20].map((free) => roomFinding(free * gib, projectRoom).level);
  expect(levels).toEqual(['failed', 'warning', 'ok']);
  expect(roomFinding(0.2 * gib, projectRoom).detail).toBe(
    'only 205 MiB free; Git LFS keeps each take twice, in the folder and in .git/lfs',
  );
});
