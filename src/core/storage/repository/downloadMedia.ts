import { join } from 'node:path';
import { AuteurError } from '../../errors.ts';
import type { JobId } from '../../model/ids.ts';
import { parseAddress, slateCode } from '../../model/address.ts';
import type { Project } from '../../model/project.ts';
import type { Take } from '../../model/take.ts';
import { findAnyAsset } from '../edits/findAnyAsset.ts';
import { readWholeFilm } from '../export/filmShots.ts';
import { Git, GitFailure } from '../git.ts';
import { lfsVersion } from '../gitTools.ts';
import { mediaState } from '../lfs.ts';
import { requireStockLfs } from '../lfsFilters.ts';
import { findChapter, findScene, findShot, readProject } from '../projectFiles.ts';
import { requireWanted, type Watch } from '../watch.ts';
import { lfsFailure } from './pushFailure.ts';
import { remoteCall } from './remoteProgress.ts';

export interface Downloading {
  readonly root: string;
  /** Chapters, scenes or shots; none, where no assets are named either, means the whole film. */
  readonly addresses: readonly string[];
  /** By name or id. */
  readonly assets?: readonly string[] | undefined;
  readonly takes?: readonly JobId[] | undefined;
}

/** What a server, or a folder in its place, says of a file that it was never given. */
const lacking = /missing object|object (does not exist|not found)/i;

/** A command line holds only so much. */
const atOnce = 200;

/**
 * Fetches media that are only there as LFS pointers, and no others.
 * @returns how many files came
 * @throws AuteurError `download-no-remote`, `push-authentication`, `download-failed`, `download-incomplete`,
 *   `work-cancelled`, and what finding the addresses and assets throws
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
  const reason = await pullAll(git, { pointers, remote }, watch);
  const missing = await missingOf(wanted.root, pointers);
  const [path] = missing;
  if (path === undefined) return pointers.length;
  const [total, left] = [pointers.length, missing.length];
  throw new AuteurError('download-incomplete', { path, total, left, reason });
}

/**
 * What one file lacks keeps no other from coming; of a remote that cannot be asked nothing more is asked.
 * @returns why some of them did not come, where some did not
 */
async function pullAll(
  git: Git,
  { pointers, remote }: { pointers: readonly string[]; remote: string },
  watch: Watch,
): Promise<string> {
  let isLacking = false;
  for (let start = 0; start < pointers.length; start += atOnce) {
    requireWanted(watch);
    const some = pointers.slice(start, start + atOnce);
    watch.tell({ step: 'downloading', done: start, total: pointers.length });
    try {
      await pull(git, some, countedOn(watch, start, pointers.length));
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      if (!lacking.test(error.output)) throw failureOf(error, git.root, remote);
      isLacking = true;
    }
  }
  return isLacking ? `${remote} does not have it.` : 'Git LFS did not say why.';
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

async function pointersOf(wanted: Downloading, watch: Watch): Promise<readonly string[]> {
  const { root } = wanted;
  const { value: project } = await readProject(root);
  const folders = (wanted.assets ?? []).map((name) => `${findAnyAsset(project, name).ref.folder}/`);
  const isWhole = wanted.addresses.length === 0 && wanted.takes === undefined && folders.length === 0;
  const all = [
    ...(isWhole || wanted.addresses.length > 0 || wanted.takes !== undefined
      ? await takeMediaOf(wanted, project, watch)
      : []),
    ...(isWhole ? await trackedBelow(root, ['01_Assets', '02_Source_Creative', '04_Project_Files']) : []),
    ...(folders.length === 0 ? [] : await trackedBelow(root, folders)),
  ];
  const found: string[] = [];
  for (const path of new Set(all)) {
    requireWanted(watch);
    if ((await mediaState(join(root, path))) === 'pointer') found.push(path);
  }
  return found;
}

async function takeMediaOf(
  { root, addresses: named, takes }: Downloading,
  project: Project,
  watch: Watch,
): Promise<readonly string[]> {
  const addresses = await Promise.all(named.map((one) => addressIn(root, project, one)));
  const chosen = new Set<string>(takes);
  const isChosen = (take: Take): boolean => takes === undefined || chosen.has(take.id);
  const within = (address: string): boolean =>
    addresses.length === 0 || addresses.some((one) => address === one || address.startsWith(`${one}/`));
  const { shots } = await readWholeFilm(root, watch, within);
  return shots.flatMap((shot) =>
    shot.takes
      .filter(isChosen)
      .flatMap((take) => take.files.map(({ name }) => `${shot.placed.shot.folder}/${name}`)),
  );
}

/** The address as the film writes it. */
async function addressIn(root: string, project: Project, text: string): Promise<string> {
  const address = parseAddress(text);
  if (address === undefined) throw new AuteurError('address-invalid', { address: text });
  if (address.shot !== undefined) return (await findShot(root, project, text)).address;
  if (address.scene !== undefined) return findScene(project, text).address;
  return slateCode(findChapter(project, text).chapter.number);
}

async function trackedBelow(root: string, folders: readonly string[]): Promise<readonly string[]> {
  const printed = await new Git(root).run(['ls-files', '-z', '--', ...folders]);
  return printed.split('\0').filter((path) => path !== '');
}

/** @throws GitFailure */
async function pull(git: Git, paths: readonly string[], watch: Watch): Promise<void> {
  const include = paths.map(asPattern).join(',');
  await git.remote(['lfs', 'pull', `--include=${include}`, '--exclude='], remoteCall(watch, 'downloading'));
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

async function missingOf(root: string, paths: readonly string[]): Promise<readonly string[]> {
  const states = await Promise.all(paths.map((path) => mediaState(join(root, path))));
  return paths.filter((_, index) => states[index] !== 'present');
}
