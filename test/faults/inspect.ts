import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Take } from '../../src/core/model/take.ts';
import type { JobView } from '../../src/core/protocol/views.ts';
import { sha256Of } from '../../src/core/storage/sha256.ts';
import { validateProject } from '../../src/core/storage/validate.ts';
import { prepareHome } from '../../src/runner/home.ts';
import { openDatabase } from '../../src/runner/queue/database.ts';
import { LocalQueue } from '../../src/runner/queue/localQueue.ts';
import { git } from '../cli/auteur.ts';
import type { Film } from './film.ts';

const renders = '03_Renders';

/** What a job may end with beside a take; every other ending is a loss. */
export interface Allowed {
  readonly errors: readonly string[];
  readonly cancelled?: boolean;
}

/** Everything that must hold once the work that was left has been taken up; throws at the first that does not. */
export async function inspect(film: Film, allowed: Allowed): Promise<{ takes: number }> {
  const jobs = await readJobs(film);
  const takes = await readTakes(film);
  requireEndings(jobs, allowed);
  requireOneTakeEach(jobs, takes, film.given);
  await requireIntact(film, takes);
  await requireCommitted(film, takes);
  await requireClean(film);
  return { takes: takes.length };
}

function requireEndings(jobs: readonly JobView[], { errors, cancelled = false }: Allowed): void {
  for (const { id, status, error } of jobs) {
    const isEnded =
      status === 'completed' ||
      (status === 'cancelled' && cancelled) ||
      (status === 'error' && errors.includes(error?.code ?? ''));
    require(isEnded, `job ${id} is ${status} ${error?.code ?? ''}`);
  }
}

function requireOneTakeEach(jobs: readonly JobView[], takes: readonly FoundTake[], given: number): void {
  const completed = jobs.filter(({ status }) => status === 'completed').map(({ id }) => id);
  const recorded = takes.map(({ take }) => String(take.id));
  const missing = completed.filter((id) => !recorded.includes(id));
  require(missing.length === 0, `completed jobs without a take: ${missing.join(', ')}`);
  require(new Set(recorded).size === recorded.length, `two takes of one job: ${recorded.join(', ')}`);
  require(recorded.length ===
    completed.length + given, `${recorded.length} takes of ${completed.length} jobs and ${given} given`);
  const slates = takes.map(({ take }) => `${take.shotId} ${take.number}`);
  require(new Set(slates).size === slates.length, `a number was given twice: ${slates.join(', ')}`);
}

/** Each take whole, and everything ever seen unchanged. */
async function requireIntact(film: Film, takes: readonly FoundTake[]): Promise<void> {
  const now = new Map<string, string>();
  for (const { folder, sidecar, take } of takes) {
    now.set(sidecar, await sha256Of(join(film.root, sidecar)));
    for (const { name, sha256 } of take.files) {
      const path = `${folder}/${name}`;
      const hash = await sha256Of(join(film.root, path));
      require(hash === sha256, `${path} is not what its sidecar says`);
      now.set(path, hash);
    }
  }
  for (const [path, hash] of film.recorded) {
    require(now.get(path) === hash, `${path} was ${now.has(path) ? 'overwritten' : 'lost'}`);
  }
  for (const [path, hash] of now) film.recorded.set(path, hash);
}

async function requireCommitted(film: Film, takes: readonly FoundTake[]): Promise<void> {
  const media = takes.flatMap(({ folder, take }) => take.files.map(({ name }) => `${folder}/${name}`));
  const inLfs = lines(await git(film, 'lfs', 'ls-files', '--name-only'));
  requireSame('pictures and files in Git LFS', inLfs, media);
  const tracked = lines(await git(film, 'ls-files', renders)).filter((path) => path.endsWith('.json'));
  requireSame(
    'sidecars and those in Git',
    tracked,
    takes.map(({ sidecar }) => sidecar),
  );
  require((await git(film, 'status', '--porcelain')) === '', await git(film, 'status', '--short'));
}

async function requireClean(film: Film): Promise<void> {
  await git(film, 'fsck', '--strict', '--no-dangling', '--no-progress');
  await git(film, 'lfs', 'fsck');
  const problems = await validateProject(film.root, { git: true });
  require(problems.length === 0, problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  const left = await readdir(join(film.root, '.auteur', 'outbox')).catch(() => []);
  require(left.length === 0, `left in the outbox: ${left.join(', ')}`);
}

interface FoundTake {
  readonly folder: string;
  readonly sidecar: string;
  readonly take: Take;
}

async function readJobs({ home }: Film): Promise<readonly JobView[]> {
  await prepareHome(home.state);
  const queue = new LocalQueue(openDatabase(join(home.state, 'auteur.db')));
  try {
    return queue.jobs({});
  } finally {
    queue.close();
  }
}

async function readTakes({ root }: Film): Promise<readonly FoundTake[]> {
  const entries = await readdir(join(root, renders), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /^S.*_take\d+\.json$/.test(entry.name));
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const folder = relative(root, parentPath).replaceAll('\\', '/');
      const take = Take.parse(JSON.parse(await readFile(join(parentPath, name), 'utf8')));
      return { folder, sidecar: `${folder}/${name}`, take };
    }),
  );
}

function requireSame(what: string, some: readonly string[], others: readonly string[]): void {
  const [one, other] = [some, others].map((names) => names.toSorted().join(', '));
  require(one === other, `${what} differ: ${one ?? ''}; ${other ?? ''}`);
}

function require(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}
