import { join } from 'node:path';
import { AuteurError } from '../../errors.ts';
import { Git, GitFailure } from '../git.ts';
import { lfsVersion } from '../gitTools.ts';
import { mediaState, type MediaState } from '../lfs.ts';
import { requireStockLfs } from '../lfsFilters.ts';
import { kindOf } from '../ownFolder.ts';
import { requireWanted, type Watch } from '../watch.ts';
import { lfsFailure } from './pushFailure.ts';
import { remoteCall } from './remoteProgress.ts';
import { keptFiles, restoreMedia, type KeptFile } from './restoreMedia.ts';
import { wantedMedia, type Downloading } from './wantedMedia.ts';

/** What a server, or a folder in its place, says of a file that it was never given. */
const lacking = /missing object|object (does not exist|not found)/i;

/** A command line holds only so much. */
const atOnce = 200;

/**
 * Brings what is asked for and not here: media that are only there as LFS pointers from the remote, and files of takes that
 * are gone from what is committed, where nothing else has come in their place.
 * @returns how many files came
 * @throws AuteurError `download-no-remote`, `push-authentication`, `download-failed`, `download-incomplete`,
 *   `download-gone`, `work-cancelled`, and what finding the addresses and assets throws
 */
export async function downloadMedia(wanted: Downloading, watch: Watch): Promise<number> {
  const git = new Git(wanted.root);
  await git.requireRepository();
  await requireStockLfs(git);
  await lfsVersion(wanted.root);
  const { pointers, missing } = await wantedMedia(wanted, watch);
  const total = pointers.length + missing.length;
  const known = await keptFiles(git, missing);
  // What needs no remote comes first: it comes wherever the remote is.
  await restoreMedia(git, known);
  const kept = new Set(known.map(({ path }) => path));
  const away = await awayOf(git.root, [...pointers, ...kept]);
  if (away.length > 0) await fetchAway(git, { away, known, total }, watch);
  const gone = missing.filter((path) => !kept.has(path));
  const [path] = gone;
  if (path === undefined) return total;
  const reason =
    (await kindOf(join(git.root, path))) === 'nothing'
      ? 'the last commit does not have it.'
      : 'something else lies in its place.';
  throw new AuteurError('download-gone', { path, total, left: gone.length, reason });
}

interface Away {
  readonly away: readonly string[];
  /** Of those that are not even there as pointers. */
  readonly known: readonly KeptFile[];
  readonly total: number;
}

async function fetchAway(git: Git, { away, known, total }: Away, watch: Watch): Promise<void> {
  const { root } = git;
  const remote = (await git.run(['remote'])).split('\n').find((name) => name !== '');
  if (remote === undefined) throw new AuteurError('download-no-remote', { root });
  const missing = await inState(root, away, 'missing');
  const unfetched = await eachBatch(git, { verb: 'fetch', paths: missing, remote }, watch);
  await restoreMedia(git, known);
  const pointers = await inState(root, away, 'pointer');
  const unpulled = await eachBatch(git, { verb: 'pull', paths: pointers, remote }, watch);
  const left = await awayOf(root, away);
  const [path] = left;
  if (path === undefined) return;
  const reason = unfetched ?? unpulled ?? 'Git LFS did not say why.';
  throw new AuteurError('download-incomplete', { path, total, left: left.length, reason });
}

interface Batches {
  /** `fetch` brings them into the store of Git LFS, `pull` also to where pointers are. */
  readonly verb: 'fetch' | 'pull';
  readonly paths: readonly string[];
  readonly remote: string;
}

/**
 * What one file lacks keeps no other from coming; of a remote that cannot be asked nothing more is asked.
 * @returns why some of them did not come, where some did not
 */
async function eachBatch(
  git: Git,
  { verb, paths, remote }: Batches,
  watch: Watch,
): Promise<string | undefined> {
  let isLacking = false;
  for (let start = 0; start < paths.length; start += atOnce) {
    requireWanted(watch);
    const include = paths
      .slice(start, start + atOnce)
      .map(asPattern)
      .join(',');
    watch.tell({ step: 'downloading', done: start, total: paths.length });
    try {
      const call = remoteCall(countedOn(watch, start, paths.length), 'downloading');
      await git.remote(['lfs', verb, `--include=${include}`, '--exclude='], call);
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      if (!lacking.test(error.output)) throw failureOf(error, git.root, remote);
      isLacking = true;
    }
  }
  return isLacking ? `${remote} does not have it.` : undefined;
}

/** Each call counts its own files alone. */
function countedOn(watch: Watch, start: number, total: number): Watch {
  return {
    ...watch,
    tell: (progress) => {
      watch.tell(
        progress.done === undefined ? progress : { ...progress, done: start + progress.done, total },
      );
    },
  };
}

function failureOf(error: GitFailure, root: string, remote: string): AuteurError {
  const failure = lfsFailure(error, { remote, branch: '', root });
  if (failure.code === 'push-authentication') return failure;
  const reason = failure.data['reason'] ?? '';
  return new AuteurError('download-failed', { root, remote, reason }, { cause: error });
}

/** Git LFS reads patterns; a comma would end one, so that one sign of any kind stands for it. */
function asPattern(path: string): string {
  return `/${path.replace(/[\\*?[\]{},!#]/g, '?')}`;
}

function awayOf(root: string, paths: readonly string[]): Promise<readonly string[]> {
  return inState(root, paths, 'pointer', 'missing');
}

async function inState(
  root: string,
  paths: readonly string[],
  ...wanted: readonly MediaState[]
): Promise<readonly string[]> {
  const states = await Promise.all(paths.map((path) => mediaState(join(root, path))));
  return paths.filter((_, index) => wanted.some((state) => state === states[index]));
}
