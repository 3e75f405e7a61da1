import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { withProjectLock } from './projectLock.ts';

const mark = (pid: number, host = hostname()) => JSON.stringify({ pid, host, nonce: 'n' });

async function lockedBy(content: string, ageSeconds: number): Promise<string> {
  const root = tempFolder();
  await mkdir(join(root, '.auteur'));
  const lock = join(root, '.auteur', 'lock');
  await writeFile(lock, content);
  const then = Date.now() / 1000 - ageSeconds;
  await utimes(lock, then, then);
  return root;
}

/** Whether the lock was given within a second. */
async function isGiven(root: string): Promise<boolean> {
  const taken = withProjectLock(root, () => Promise.resolve(true));
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 1000));
  taken.catch(() => false);
  return Promise.race([taken, late]);
}

const deadPid = spawnSync('true').pid;

test.each([
  ['of a process that lives here is kept, however old', mark(process.ppid), 3600, false],
  ['of a process that died is cleared', mark(deadPid), 0, true],
  ['of another machine is kept while young', mark(1, 'elsewhere'), 10, false],
  ['of another machine is cleared when old', mark(1, 'elsewhere'), 60, true],
  ['that is empty is kept while its maker may be writing it', '', 0, false],
  ['that is empty is cleared after a moment', '', 3, true],
  ['of an earlier process with our number is cleared', mark(process.pid), 3600 * 24 * 365, true],
] as const)('a lock %s', async (_, content, age, given) => {
  const root = await lockedBy(content, age);
  // An empty lock grows old while we wait, so it is looked at from just before.
  if (content === '' && !given)
    await utimes(join(root, '.auteur', 'lock'), new Date(), new Date(Date.now() + 5000));
  expect(await isGiven(root)).toBe(given);
});

test('many at once take turns, and nothing is left', async () => {
  const root = tempFolder();
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setTimeout(resolve, 2));
    inside--;
  };
  await Promise.all(Array.from({ length: 20 }, () => withProjectLock(root, work)));
  expect(most).toBe(1);
  expect(readdirSync(join(root, '.auteur'))).toEqual([]);
});
