import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { takeOf, writeTake } from '../../test/lib/bigFilm.ts';
import { tempFolder } from '../../test/lib/tempFolder.ts';
import { testFilm } from '../../test/lib/testFilm.ts';
import { takePrefix } from '../core/domain/numbering.ts';
import { newId, ProjectId } from '../core/model/ids.ts';
import type { Take } from '../core/model/take.ts';
import { TakeFinder } from '../core/storage/takes.ts';
import { openDatabase } from './queue/database.ts';
import { LocalQueue } from './queue/localQueue.ts';
import { TakeCommitter, type EarlierTakes } from './takeCommitter.ts';

const folder = '03_Renders/Chapter_01/Scene_01/Shot_01';

/** A film with takes that nobody has committed, and a committer of them. */
async function filmWithTakes(count: number) {
  const { root, shots } = await testFilm();
  const shot = shots[0];
  if (shot === undefined) throw new Error('no shot');
  mkdirSync(join(root, folder), { recursive: true });
  const of = { projectId: newId(ProjectId), shotId: shot.id, address: shot.address, folder };
  const makeTake = (number: number): Take => {
    const take = takeOf(of, number);
    const prefix = takePrefix(folder, { scene: 1, shot: 1 });
    writeTake(root, { id: shot.id, number: 1, folder, prefix }, take);
    return take;
  };
  for (let number = 1; number <= count; number++) makeTake(number);
  const queue = new LocalQueue(openDatabase(join(tempFolder(), 'auteur.db')));
  onTestFinished(() => queue.close());
  const told: EarlierTakes[] = [];
  const lines: string[] = [];
  const hurry = new AbortController();
  const committer = (signal = hurry.signal) =>
    new TakeCommitter({
      root,
      queue,
      takes: new TakeFinder(),
      log: (line) => lines.push(line),
      hurry: signal,
      onEarlier: (progress) => told.push(progress),
    });
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8' });
  return { root, makeTake, told, lines, hurry, committer, git };
}

function hook(root: string, script: string): void {
  const path = join(root, '.git', 'hooks', 'pre-commit');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

test('takes recorded earlier are committed in large batches, one a round, and told', async () => {
  const { committer, told, git } = await filmWithTakes(600);
  const one = committer();
  expect(await one.flush(false)).toBe(true);
  expect(git('log', '-1', '--format=%s')).toBe('Record 500 takes\n');
  expect(await one.flush(false)).toBe(false);
  expect(git('status', '--porcelain')).toBe('');
  expect(told).toEqual([
    { done: 0, total: 600 },
    { done: 500, total: 600 },
    { done: 500, total: 600 },
    { done: 600, total: 600 },
  ]);
});

test('a take recorded now goes first, and is all that is committed in a hurry', async () => {
  const { committer, makeTake, hurry, git, lines } = await filmWithTakes(3);
  const one = committer();
  hurry.abort();
  one.add(folder, makeTake(4), '01/01/01');
  expect(await one.flush(true)).toBe(false);
  expect(git('log', '-1', '--format=%s')).toBe('Record take 04 of 01/01/01\n');
  expect(git('status', '--porcelain').trim().split('\n')).toHaveLength(6);
  expect(lines).toEqual([]);
});

test('a hurry ends the commit that is being made within a moment, and nothing is lost', async () => {
  const { root, committer, hurry, git, lines } = await filmWithTakes(3);
  const begun = join(root, '.git', 'begun');
  hook(root, `touch '${begun}'; sleep 60`);
  const flushed = committer().flush(true);
  await vi.waitFor(() => expect(existsSync(begun)).toBe(true), { timeout: 15_000, interval: 20 });
  const since = performance.now();
  hurry.abort();
  expect(await flushed).toBe(false);
  expect(performance.now() - since).toBeLessThan(4_000);
  expect(lines).toEqual([]);
  expect(existsSync(join(root, '.git', 'index.lock'))).toBe(false);
  hook(root, 'exit 0');
  expect(git('log', '-1', '--format=%s')).toBe('Write a scene\n');
  await committer(new AbortController().signal).flush(true);
  expect(git('log', '-1', '--format=%s')).toBe('Record 3 takes\n');
  expect(git('status', '--porcelain')).toBe('');
});

test('what keeps takes recorded earlier from being committed says nothing of one recorded now, and is not asked twice', async () => {
  const { root, committer, makeTake, git, lines } = await filmWithTakes(2);
  hook(root, "git diff --cached --name-only | grep -q take01 && { echo 'not take 1' >&2; exit 1; }; exit 0");
  const one = committer(new AbortController().signal);
  expect(await one.flush(false)).toBe(false);
  expect(lines).toEqual([expect.stringContaining('not take 1')]);
  one.add(folder, makeTake(3), '01/01/01');
  expect(await one.flush(true)).toBe(false);
  expect(git('log', '-1', '--format=%s')).toBe('Record take 03 of 01/01/01\n');
  expect(lines).toHaveLength(1);
});

test('the last chance does not try again what was refused just now', async () => {
  const { root, committer, git } = await filmWithTakes(1);
  const tried = join(root, '.git', 'tried');
  hook(root, `echo x >> '${tried}'; exit 1`);
  const one = committer(new AbortController().signal);
  expect(await one.flush(false)).toBe(false);
  expect(await one.flush(true)).toBe(false);
  expect(readFileSync(tried, 'utf8')).toBe('x\n');
  expect(git('log', '-1', '--format=%s')).toBe('Write a scene\n');
});
