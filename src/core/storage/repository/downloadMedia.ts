import { join } from 'node:path';
import { AuteurError } from '../../errors.ts';
import type { JobId } from '../../model/ids.ts';
import type { Take } from '../../model/take.ts';
import { readWholeFilm } from '../export/filmShots.ts';
import { Git, GitFailure } from '../git.ts';
import { lfsVersion } from '../gitTools.ts';
import { mediaState } from '../lfs.ts';
import { requireStockLfs } from '../lfsFilters.ts';
import { requireWanted, type Watch } from '../watch.ts';
import { lfsFailure } from './pushFailure.ts';
import { remoteCall } from './remoteProgress.ts';

export interface Downloading {
  readonly root: string;
  /** Chapters, scenes or shots; none means the whole film, with its assets. */
  readonly addresses: readonly string[];
  readonly takes?: readonly JobId[] | undefined;
}

/** A command line holds only so much. */
const atOnce = 200;

/**
 * Fetches media that are only there as LFS pointers, and no others.
 * @returns how many files came
 * @throws AuteurError `push-no-remote`, `push-authentication`, `download-failed`, `work-cancelled`
 */
export async function downloadMedia(wanted: Downloading, watch: Watch): Promise<number> {
  const git = new Git(wanted.root);
  await git.requireRepository();
  await requireStockLfs(git);
  await lfsVersion(wanted.root);
  const pointers = await pointersOf(wanted, watch);
  if (pointers.length === 0) return 0;
  const remote = (await git.run(['remote'])).split('\n').find((name) => name !== '');
  if (remote === undefined) throw new AuteurError('download-no-remote', { root: wanted.root });
  for (let start = 0; start < pointers.length; start += atOnce) {
    requireWanted(watch);
    watch.tell({ step: 'downloading', done: start, total: pointers.length });
    await pull(git, pointers.slice(start, start + atOnce), watch);
  }
  return countOfPresent(wanted.root, pointers);
}

async function pointersOf({ root, addresses, takes }: Downloading, watch: Watch): Promise<readonly string[]> {
  const chosen = new Set<string>(takes);
  const isChosen = (take: Take): boolean => takes === undefined || chosen.has(take.id);
  const within = (address: string): boolean =>
    addresses.length === 0 || addresses.some((one) => address === one || address.startsWith(`${one}/`));
  const { shots } = await readWholeFilm(root, watch, within);
  const paths = shots.flatMap((shot) =>
    shot.takes
      .filter(isChosen)
      .flatMap((take) => take.files.map(({ name }) => `${shot.placed.shot.folder}/${name}`)),
  );
  const all = addresses.length === 0 && takes === undefined ? [...paths, ...(await assetsOf(root))] : paths;
  const found: string[] = [];
  for (const path of all) {
    requireWanted(watch);
    if ((await mediaState(join(root, path))) === 'pointer') found.push(path);
  }
  return found;
}

async function assetsOf(root: string): Promise<readonly string[]> {
  const printed = await new Git(root).run([
    'ls-files',
    '-z',
    '--',
    '01_Assets',
    '02_Source_Creative',
    '04_Project_Files',
  ]);
  return printed.split('\0').filter((path) => path !== '');
}

async function pull(git: Git, paths: readonly string[], watch: Watch): Promise<void> {
  const include = paths.map(asPattern).join(',');
  try {
    await git.remote(['lfs', 'pull', `--include=${include}`, '--exclude='], remoteCall(watch, 'downloading'));
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    const failure = lfsFailure(error, { remote: '', branch: '', root: git.root });
    if (failure.code === 'push-authentication') throw failure;
    throw new AuteurError('download-failed', { reason: failure.data['reason'] ?? '' }, { cause: error });
  }
}

/** Git LFS reads patterns; a comma would end one, so that one sign of any kind stands for it. */
function asPattern(path: string): string {
  return `/${path.replace(/[\\*?[\]{},!#]/g, '?')}`;
}

async function countOfPresent(root: string, paths: readonly string[]): Promise<number> {
  const states = await Promise.all(paths.map((path) => mediaState(join(root, path))));
  const missing = paths.find((_, index) => states[index] !== 'present');
  if (missing === undefined) return paths.length;
  throw new AuteurError('download-failed', { reason: `${missing} did not come` });
}
