import { spawnSync } from 'node:child_process';
import fs, { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { join } from 'node:path';
import { syncBuiltinESMExports } from 'node:module';
import { expect, onTestFinished, test } from 'vitest';
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
  ['of a process that lives here is kept', mark(process.ppid), 0, false],
  ['from before the machine was started is cleared', mark(process.ppid), uptime() + 60, true],
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

test.runIf(process.platform === 'linux').each([
  ['is kept, however old', 0, 3600 * 24 * 365, false],
  ['that ended is cleared where another has got its number', 1, 0, true],
] as const)('a lock of a process %s', async (_, later, age, given) => {
  const { ppid } = process;
  const status = readFileSync(`/proc/${ppid}/stat`, 'utf8');
  const started = String(Number(status.slice(status.lastIndexOf(')')).split(' ')[20]) + later);
  const content = JSON.stringify({ pid: ppid, host: hostname(), started, nonce: 'n' });
  expect(await isGiven(await lockedBy(content, age))).toBe(given);
});

test('of two locks taken while a dead one is cleared, the one in place stays', async () => {
  const root = await lockedBy(mark(deadPid), 0);
  const lock = join(root, '.auteur', 'lock');
  const real = fs.promises.rename;
  const restore = () => {
    fs.promises.rename = real;
    syncBuiltinESMExports();
  };
  onTestFinished(restore);
  fs.promises.rename = async (from, to) => {
    restore();
    writeFileSync(lock, mark(process.ppid));
    await real(from, to);
    writeFileSync(lock, mark(process.ppid, 'elsewhere'));
  };
  syncBuiltinESMExports();
  const taken = withProjectLock(root, () => Promise.resolve(), { patienceMs: 200 });
  await expect(taken).rejects.toMatchObject({ code: 'project-locked' });
  expect(fs.promises.rename).toBe(real);
  expect(readFileSync(lock, 'utf8')).toBe(mark(process.ppid, 'elsewhere'));
  expect(readdirSync(join(root, '.auteur'))).toEqual(['lock']);
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

test.each(['EROFS', 'EACCES'])(
  'a film in which nothing can be written is called read-only: %s',
  async (code) => {
    const root = tempFolder();
    const { open, unlink } = fs.promises;
    onTestFinished(() => {
      Object.assign(fs.promises, { open, unlink });
      syncBuiltinESMExports();
    });
    const refuse = () => Promise.reject(Object.assign(new Error(`${code}: refused`), { code }));
    await mkdir(join(root, '.auteur'));
    // On such a disk even a file that is not there cannot be removed.
    Object.assign(fs.promises, { open: refuse, unlink: refuse });
    syncBuiltinESMExports();
    const taken = withProjectLock(root, () => Promise.resolve());
    await expect(taken).rejects.toMatchObject({ code: 'film-read-only', data: { root } });
  },
);
