import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WorkerPresence, workerLives } from './workerPresence.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'auteur-presence-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

test('a worker lives from its announcement to its withdrawal', async () => {
  const presence = new WorkerPresence(home);
  expect(await workerLives(home)).toBe(false);
  await presence.announce();
  expect(await workerLives(home)).toBe(true);
  await presence.withdraw();
  expect(await workerLives(home)).toBe(false);
});

test('a process that is gone, or silent for long, is no worker', async () => {
  const folder = join(home, 'workers');
  await mkdir(folder);
  await writeFile(join(folder, '4194399'), '');
  expect(await workerLives(home)).toBe(false);
  const silent = join(folder, String(process.pid));
  await writeFile(silent, '');
  const long = new Date(Date.now() - 60_000);
  await utimes(silent, long, long);
  expect(await workerLives(home)).toBe(false);
});
