import { AuteurError } from '../../errors.ts';
import { Git, GitFailure } from '../git.ts';
import { lfsVersion } from '../gitTools.ts';
import { requireStockLfs } from '../lfsFilters.ts';
import type { Watch } from '../watch.ts';
import { lfsFailure, remoteFailure } from './pushFailure.ts';
import { remoteCall } from './remoteProgress.ts';

export interface Pushing {
  readonly root: string;
  /** Makes the branch at the remote where it has none there. */
  readonly publish?: boolean | undefined;
}

interface Destination {
  readonly branch: string;
  readonly remote: string;
  /** What the branch is called there; undefined where it is not there yet. */
  readonly merge: string | undefined;
}

/**
 * Pushes the checked-out branch: first its takes to the LFS server, then its commits.
 * @throws AuteurError `push-no-branch`, `push-no-remote`, `push-no-upstream`, `push-rejected`, `push-declined`,
 *   `push-authentication`, `push-unreachable`, `push-lfs`, `push-failed`, `work-cancelled`
 */
export async function pushFilm(
  { root, publish = false }: Pushing,
  watch: Watch,
): Promise<{ branch: string; remote: string }> {
  const git = new Git(root);
  await git.requireRepository();
  await requireStockLfs(git);
  await lfsVersion(root);
  const destination = await destinationOf(git);
  const { branch, remote, merge } = destination;
  if (merge === undefined && !publish) throw new AuteurError('push-no-upstream', { branch, remote });
  const about = { root, branch, remote };
  // Whatever hook the project has: a push that leaves its takes behind is worth nothing to others.
  await telling(
    () => git.remote(['lfs', 'push', remote, branch], remoteCall(watch, 'uploading')),
    (error) => lfsFailure(error, about),
  );
  const target = `refs/heads/${branch}:${merge ?? `refs/heads/${branch}`}`;
  const how = ['push', '--progress', ...(merge === undefined ? ['--set-upstream'] : [])];
  await telling(
    () => git.remote([...how, '--', remote, target], remoteCall(watch, 'pushing')),
    (error) => remoteFailure(error, about),
  );
  return { branch, remote };
}

async function destinationOf(git: Git): Promise<Destination> {
  const branch = await ask(git, 'symbolic-ref', '--quiet', '--short', 'HEAD');
  if (branch === undefined) throw new AuteurError('push-no-branch', { root: git.root });
  const remotes = (await git.run(['remote'])).split('\n').filter((name) => name !== '');
  const chosen = await ask(git, 'config', '--get', `branch.${branch}.remote`);
  const merge = await ask(git, 'config', '--get', `branch.${branch}.merge`);
  const remote = chosen ?? (remotes.includes('origin') ? 'origin' : remotes[0]);
  // A dot stands for the repository itself, where a branch follows another one.
  if (remote === undefined || remote === '.' || !remotes.includes(remote))
    throw new AuteurError('push-no-remote', { root: git.root });
  return { branch, remote, merge: chosen === undefined ? undefined : merge };
}

async function ask(git: Git, ...args: readonly string[]): Promise<string | undefined> {
  const printed = (await git.query(args))?.trim();
  return printed === '' ? undefined : printed;
}

async function telling(
  work: () => Promise<unknown>,
  told: (error: GitFailure) => AuteurError,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw error instanceof GitFailure ? told(error) : error;
  }
}
