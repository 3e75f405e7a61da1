import { basename, dirname, join, posix } from 'node:path';
import { lfsTypes } from '../gitTemplates.ts';
import { isThere } from '../locate.ts';
import { isOwnFolder } from '../ownFolder.ts';
import { changesSummary } from '../../domain/changesSummary.ts';
import { parseTakeFileName } from '../../domain/numbering.ts';
import { RelativePath } from '../../model/relativePath.ts';
import { scanTakes } from '../takes.ts';
import type { ChangedFile } from './workTreeStatus.ts';

const rendersFolder = '03_Renders/';
/** The text of a film, and the files of its assets. */
const own =
  /^(project\.json|\.gitattributes|\.gitignore|\.auteur\/[^/]+\.schema\.json|(01_Assets|02_Source_Creative)\/.+)$/;

export interface FilmChanges {
  readonly paths: readonly string[];
  /** Those of them that must be LFS pointers. */
  readonly media: readonly string[];
  readonly takes: number;
  /** The sidecars of recorded takes that wait for their first commit, and of those that were deleted since the last. */
  readonly waiting: readonly string[];
  readonly deleted: readonly string[];
  readonly summary: string;
}

/** Which of the changed files a commit of the film takes: its text, its assets and its recorded takes. */
export async function filmChanges(root: string, files: readonly ChangedFile[]): Promise<FilmChanges> {
  const text = files.map(({ path }) => path).filter((path) => own.test(path));
  const recorded = await recordedTakes(root, files);
  const paths = [...text, ...recorded.paths];
  return {
    paths,
    media: paths.filter(isMedia),
    takes: recorded.labels.length,
    waiting: recorded.waiting,
    deleted: recorded.deleted,
    summary: changesSummary(text, recorded.labels),
  };
}

const mediaExtensions = new Set(lfsTypes.flatMap(([, extensions]) => extensions));

/** By its name: where the attributes are gone, it must not become a plain file. */
function isMedia(path: string): boolean {
  return mediaExtensions.has(posix.extname(path).slice(1).toLowerCase());
}

interface RecordedTakes {
  readonly paths: readonly string[];
  readonly labels: readonly string[];
  readonly waiting: readonly string[];
  readonly deleted: readonly string[];
}

/** A take counts when all of it is there, or when it was marked as deleted: one that is being recorded does not. */
async function recordedTakes(root: string, files: readonly ChangedFile[]): Promise<RecordedTakes> {
  const changed = files.map(({ path }) => path).filter((path) => path.startsWith(rendersFolder));
  const folders = new Set(changed.map((path) => posix.dirname(path)));
  const found: RecordedTakes[] = [];
  for (const folder of folders) {
    const here = new Set(changed.filter((path) => posix.dirname(path) === folder));
    found.push(await takesIn(root, folder, here));
  }
  return {
    paths: found.flatMap(({ paths }) => paths),
    labels: found.flatMap(({ labels }) => labels),
    waiting: found.flatMap(({ waiting }) => waiting),
    deleted: found.flatMap(({ deleted }) => deleted),
  };
}

async function takesIn(root: string, folder: string, changed: ReadonlySet<string>): Promise<RecordedTakes> {
  if (!RelativePath.safeParse(folder).success || !(await isOwnFolder(root, ...folder.split('/'))))
    return { paths: [...changed].filter((path) => isOfTake(path)), labels: [], waiting: [], deleted: [] };
  const { sidecars } = await scanTakes(join(root, folder));
  const paths: string[] = [];
  const labels: string[] = [];
  const [waiting, deleted]: [string[], string[]] = [[], []];
  for (const { name, take } of sidecars) {
    const media = take.files.map((file) => `${folder}/${file.name}`);
    const mine = [`${folder}/${name}`, ...media].filter((path) => changed.has(path));
    const whole = await Promise.all(media.map((path) => isThere(join(root, path))));
    if (mine.length === 0 || (take.deleted === undefined && whole.includes(false))) continue;
    paths.push(...mine);
    labels.push(`take ${take.number} of ${take.address}`);
    const sidecar = `${folder}/${name}`;
    if (changed.has(sidecar)) (take.deleted === undefined ? waiting : deleted).push(sidecar);
  }
  return { paths, labels, waiting, deleted };
}

/** Of a folder that is gone, only what was a take. */
function isOfTake(path: string): boolean {
  return parseTakeFileName(basename(path)) !== undefined && dirname(path).startsWith(rendersFolder);
}
