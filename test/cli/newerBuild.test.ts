import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { schemaVersion } from '../../src/runner/queue/schema.ts';
import { createTestHome, type TestHome } from '../lib/testHome.ts';
import { auteur, auteurJson, git, makeFilm, printed, start, type Place } from './auteur.ts';
import { ErrorReply, GenerateReply, JobsReply } from './shapes.ts';

let home: TestHome;

beforeEach(async () => {
  home = await createTestHome();
});
afterEach(() => home.dispose());

function setVersion(version: number): void {
  const database = new DatabaseSync(join(home.state, 'auteur.db'), { timeout: 10_000 });
  database.exec(`PRAGMA user_version = ${String(version)}`);
  database.close();
}

async function setSchemaVersion(file: string, version: number): Promise<string> {
  const text = (await readFile(file, 'utf8')).replace(/"schemaVersion": \d+/, `"schemaVersion": ${version}`);
  await writeFile(file, text);
  return text;
}

async function errorOf(film: Place, ...args: readonly string[]): Promise<string> {
  const { code, stdout } = await auteur(film, ...args, '--json');
  expect(code).toBe(1);
  return ErrorReply.parse(JSON.parse(stdout)).error.code;
}

describe('a queue that a newer build has written', () => {
  test('is left as it is, byte for byte, and every command that needs it says what to do', async () => {
    const film = await makeFilm(home, 1);
    await auteur(film, 'generate', '01/01/01');
    setVersion(99);
    const before = await readFile(join(home.state, 'auteur.db'));
    for (const args of [['generate', '--all'], ['jobs'], ['cancel', '--all'], ['worker', '--once']])
      expect(await errorOf(film, ...args)).toBe('database-newer');
    const { stderr } = await auteur(film, 'generate', '--all');
    expect(stderr).toMatch(/^error: .*newer version of Auteur\.\nhint: Update .*\n$/);
    expect((await auteur(film, 'show')).stdout).toContain('A kettle');
    expect((await auteur(film, 'add', 'shot', '01/01', 'A cup', '--size', 'MS')).code).toBe(0);
    expect(before.equals(await readFile(join(home.state, 'auteur.db')))).toBe(true);
    expect(await readdir(home.state)).not.toContain('auteur.db-wal');
    setVersion(schemaVersion);
    expect((await auteur(film, 'generate', '01/01/02')).code).toBe(0);
  });

  test('is no longer served by a call that waits for its takes, and loses none of them', async () => {
    const film = await makeFilm(home, 1);
    const running = start(film, ['generate', '01/01/01', '--takes', '12']);
    await printed(running, 'take 1');
    setVersion(99);
    const { code, stderr } = await running.ended;
    expect(stderr).toContain('newer version of Auteur');
    expect(code).toBe(1);
    setVersion(schemaVersion);
    expect((await auteur(film, 'worker', '--once')).code).toBe(0);
    const { jobs } = JobsReply.parse(await auteurJson(film, 'jobs'));
    expect(jobs.map(({ status }) => status)).toEqual(Array<string>(12).fill('completed'));
    const takes = (await git(film, 'lfs', 'ls-files', '--name-only')).trim().split('\n');
    expect(takes).toHaveLength(12);
    expect((await auteur(film, 'validate')).code).toBe(0);
    expect(await git(film, 'status', '--porcelain')).toBe('');
  });
});

describe('a project that a newer build has written', () => {
  const shotList = '02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json';

  test.each(['project.json', shotList])('is read and not changed: %s', async (name) => {
    const film = await makeFilm(home, 1);
    GenerateReply.parse(await auteurJson(film, 'generate', '01/01/01'));
    const file = join(film.cwd, name);
    const text = await setSchemaVersion(file, 2);
    expect((await auteur(film, 'show', '01/01/01')).stdout).toContain('A kettle');
    expect(await errorOf(film, 'generate', '01/01/01')).toBe('schema-newer');
    expect(await errorOf(film, 'add', 'shot', '01/01', 'A cup', '--size', 'MS')).toBe('schema-newer');
    expect(await errorOf(film, 'take', 'activate', '01/01/01', '1')).toBe('schema-newer');
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  test.each(['project.json', shotList])(
    'in a form that cannot be read, is named as such: %s',
    async (name) => {
      const film = await makeFilm(home, 1);
      const file = join(film.cwd, name);
      const text = JSON.stringify({ schemaVersion: 2, acts: [] });
      await writeFile(file, text);
      expect(await errorOf(film, 'generate', '01/01/01')).toBe('schema-too-new');
      expect(await errorOf(film, 'add', 'shot', '01/01', 'A cup', '--size', 'MS')).toBe('schema-too-new');
      expect(await readFile(file, 'utf8')).toBe(text);
    },
  );
});

test('a worker tells of a job that it could not even read', async () => {
  const film = await makeFilm(home, 1);
  await auteur(film, 'generate', '01/01/01');
  const database = new DatabaseSync(join(home.state, 'auteur.db'), { timeout: 10_000 });
  database.exec(
    "UPDATE jobs SET status = 'pending', delivered = 0, take = NULL; UPDATE requests SET request = '{'",
  );
  database.close();
  const { jobs } = JobsReply.parse(await auteurJson(film, 'worker', '--once'));
  expect(jobs).toMatchObject([{ status: 'error', error: { code: 'job-unreadable' } }]);
});
