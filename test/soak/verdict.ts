import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { JobView } from '../../src/core/protocol/views.ts';
import { readFolder } from '../../src/core/storage/locate.ts';
import { isAlive } from '../../src/core/storage/projectLock.ts';
import { auteur } from '../cli/auteur.ts';
import { recover } from '../faults/film.ts';
import { releaseGitLocks } from '../faults/gitLocks.ts';
import { inspect } from '../faults/inspect.ts';
import type { Stage } from './stage.ts';

/** What a job may end with beside a take: its own fault, or what was done to it. */
const allowedErrors = ['container-failed', 'container-killed', 'job-killed-runner', 'comfyui-forgotten'];

/** Everything that must hold when all has ended; what does not. */
export async function problemsOf(stage: Stage, jobs: readonly JobView[], asked: number): Promise<string[]> {
  const checks: readonly (readonly [string, () => Promise<string>])[] = [
    [
      'jobs',
      async () => (jobs.length === asked ? '' : `${asked} were accepted, and there are ${jobs.length}`),
    ],
    ['endings', () => endings(stage)],
    ['auteur validate', () => validated(stage)],
    ['containers', () => stage.engine.docker('ps', '-aq')],
    ['folders', () => foldersLeft(stage)],
    ['leases', async () => leasesLeft(stage)],
  ];
  const problems: string[] = [];
  for (const [what, check] of checks) {
    const found = await check();
    if (found !== '') problems.push(`${what}: ${found}`);
  }
  return problems;
}

/** What the user does next: deletes the lock that a killed Git has left, and starts the program again. */
export async function takeUp({ film }: Stage): Promise<void> {
  await releaseGitLocks(film);
  await recover(film);
}

async function endings({ film }: Stage): Promise<string> {
  try {
    await inspect(film, { errors: allowedErrors });
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function validated({ film }: Stage): Promise<string> {
  const { code, stdout } = await auteur(film, 'validate');
  return code === 0 && stdout.startsWith('No problems') ? '' : stdout;
}

async function foldersLeft({ film }: Stage): Promise<string> {
  const folders = [
    join(film.root, '.auteur/work'),
    join(film.root, '.auteur/outbox'),
    join(film.home.state, 'containers'),
    join(film.home.state, 'comfyui'),
  ];
  const left = await Promise.all(
    folders.map(async (folder) =>
      (await readFolder(folder)).filter(isKept).map((name) => join(folder, name)),
    ),
  );
  return left.flat().join(', ');
}

/** A file that was being written when its process was killed has a name of its own, and is read by nobody. */
function isKept(name: string): boolean {
  return !name.startsWith('.save-');
}

/** Cards, jobs and recorders that are held though nobody is at work. */
function leasesLeft({ film }: Stage): string {
  const database = new DatabaseSync(join(film.home.state, 'auteur.db'), { readOnly: true });
  try {
    const jobs = database
      .prepare('SELECT id, status, device FROM jobs WHERE device IS NOT NULL OR lease_until IS NOT NULL')
      .all();
    // That of a runner that was killed holds nobody up.
    const leases = database
      .prepare('SELECT name, pid FROM leases WHERE until > ?')
      .all(Date.now())
      .filter(({ pid }) => isAlive(Number(pid)));
    return [...jobs, ...leases].map((row) => JSON.stringify(row)).join(', ');
  } finally {
    database.close();
  }
}
