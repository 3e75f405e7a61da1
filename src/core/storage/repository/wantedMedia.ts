import { join } from 'node:path';
import { AuteurError } from '../../errors.ts';
import type { JobId } from '../../model/ids.ts';
import { parseAddress, slateCode } from '../../model/address.ts';
import type { Project } from '../../model/project.ts';
import type { Take } from '../../model/take.ts';
import { findAnyAsset } from '../edits/findAnyAsset.ts';
import { readWholeFilm } from '../export/filmShots.ts';
import { Git } from '../git.ts';
import { mediaState } from '../lfs.ts';
import { findChapter, findScene, findShot, readProject } from '../projectFiles.ts';
import { requireWanted, type Watch } from '../watch.ts';

export interface Downloading {
  readonly root: string;
  /** Chapters, scenes or shots; none, where no assets are named either, means the whole film. */
  readonly addresses: readonly string[];
  /** By name or id. */
  readonly assets?: readonly string[] | undefined;
  readonly takes?: readonly JobId[] | undefined;
}

export interface WantedMedia {
  /** Those that are there as pointers of Git LFS. */
  readonly pointers: readonly string[];
  /** Files of takes that are not there at all. A file of an asset that is gone may have been deleted on purpose. */
  readonly missing: readonly string[];
}

/** What is not here of what is asked for, relative to the project. */
export async function wantedMedia(wanted: Downloading, watch: Watch): Promise<WantedMedia> {
  const { root } = wanted;
  const { value: project } = await readProject(root);
  const folders = (wanted.assets ?? []).map((name) => `${findAnyAsset(project, name).ref.folder}/`);
  const isWhole = wanted.addresses.length === 0 && wanted.takes === undefined && folders.length === 0;
  const ofTakes = new Set(
    isWhole || wanted.addresses.length > 0 || wanted.takes !== undefined
      ? await takeMediaOf(wanted, project, watch)
      : [],
  );
  const others = [
    ...(isWhole ? await trackedBelow(root, ['01_Assets', '02_Source_Creative', '04_Project_Files']) : []),
    ...(folders.length === 0 ? [] : await trackedBelow(root, folders)),
  ];
  const [pointers, missing]: [string[], string[]] = [[], []];
  for (const path of new Set([...ofTakes, ...others])) {
    requireWanted(watch);
    const state = await mediaState(join(root, path));
    if (state === 'pointer') pointers.push(path);
    if (state === 'missing' && ofTakes.has(path)) missing.push(path);
  }
  return { pointers, missing };
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
