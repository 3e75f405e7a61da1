import { basename, dirname, join } from 'node:path';
import { AuteurError } from '../../errors.ts';
import { fromStdin } from '../commitStaged.ts';
import { GitFailure, inChunks, nulSeparated, type Git } from '../git.ts';
import { objectFile, objectFolder, pointedTo, stagedFiles, type StagedFile } from '../lfs.ts';
import { isThere } from '../locate.ts';
import { kindOf } from '../ownFolder.ts';
import { withProjectLock } from '../projectLock.ts';
import { scanTakes } from '../takes.ts';

/** A file that is gone from the folder of the film, and that Git has. */
export interface KeptFile {
  readonly path: string;
  readonly from: 'index' | 'commit';
  /** What its pointer names; undefined of one that Git has whole. */
  readonly sha256: string | undefined;
}

/** Which of the files Git has, staged or in the last commit. Of one in whose place something else lies it is not asked. */
export async function keptFiles(git: Git, paths: readonly string[]): Promise<readonly KeptFile[]> {
  const kinds = await Promise.all(paths.map((path) => kindOf(join(git.root, path))));
  const free = paths.filter((_, index) => kinds[index] === 'nothing');
  if (free.length === 0) return [];
  const staged = await stagedFiles(git, free);
  const isStaged = new Set(staged.map(({ path }) => path));
  const unstaged = free.filter((path) => !isStaged.has(path));
  const committed = await committedFiles(git, unstaged);
  const pointers = await pointedTo(git, [...staged, ...committed]);
  const keptFrom = (from: KeptFile['from']) => (file: StagedFile) => ({
    path: file.path,
    from,
    sha256: pointers.get(file.blob),
  });
  return [...staged.map(keptFrom('index')), ...committed.map(keptFrom('commit'))];
}

async function committedFiles(git: Git, paths: readonly string[]): Promise<readonly StagedFile[]> {
  const printed = await inChunks(paths, (some) => git.run(['ls-tree', '-z', 'HEAD', '--', ...some]));
  return printed.flatMap((text) =>
    [...text.matchAll(/\d+ blob ([0-9a-f]+)\t([^\0]*)\0/g)].map(([, blob = '', path = '']) => ({
      path,
      blob,
    })),
  );
}

/**
 * Puts back those that are on this machine, in the store of Git LFS or in Git itself, and nobody has put there or deleted
 * meanwhile. Nothing that is there is overwritten.
 * @throws AuteurError `git-failed`, `project-locked`, `film-read-only`
 */
export async function restoreMedia(git: Git, kept: readonly KeptFile[]): Promise<void> {
  const here = await onThisMachine(git, kept);
  if (here.length === 0) return;
  await withProjectLock(git.root, async () => {
    const wanted: KeptFile[] = [];
    for (const file of here) if (await isStillGone(git.root, file)) wanted.push(file);
    const pathsFrom = (from: KeptFile['from']) =>
      nulSeparated(wanted.filter((file) => file.from === from).map(({ path }) => path));
    await checkOut(git, ['checkout-index', '--quiet', '--index', '-z', '--stdin'], pathsFrom('index'));
    // Whoever has staged their removal finds that as it was.
    await checkOut(git, ['restore', '--source=HEAD', '--worktree', ...fromStdin], pathsFrom('commit'));
  });
}

async function onThisMachine(git: Git, kept: readonly KeptFile[]): Promise<readonly KeptFile[]> {
  if (kept.length === 0) return [];
  const store = await objectFolder(git);
  const here: KeptFile[] = [];
  for (const file of kept) {
    const { sha256 } = file;
    if (sha256 === undefined || (await isThere(objectFile(store, sha256)))) here.push(file);
  }
  return here;
}

/** Neither put there by somebody else, nor of a take that was deleted. */
async function isStillGone(root: string, { path }: KeptFile): Promise<boolean> {
  if ((await kindOf(join(root, path))) !== 'nothing') return false;
  const { takes } = await scanTakes(join(root, dirname(path)));
  const name = basename(path);
  return takes.some(
    ({ deleted, files }) => deleted === undefined && files.some((file) => file.name === name),
  );
}

async function checkOut(git: Git, command: readonly string[], paths: string): Promise<void> {
  if (paths === '') return;
  try {
    await git.run(command, paths);
  } catch (error) {
    if (!(error instanceof GitFailure) || error.code !== undefined) throw error;
    const [reason = ''] = error.output.split('\n');
    throw new AuteurError('git-failed', { action: 'check out', reason, root: git.root }, { cause: error });
  }
}
