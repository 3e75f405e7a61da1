import { stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { parseTakeFileName } from '../domain/numbering.ts';
import { AuteurError, systemCode } from '../errors.ts';
import { Git, GitFailure } from './git.ts';
import { resolveInside } from './projectPath.ts';
import { nextTakeNumber } from './takes.ts';

interface Index {
  /** Changes with the file of the index. */
  stamp: string;
  readonly folders: Map<string, Set<number>>;
}

const indexes = new Map<string, Index>();

/**
 * The take numbers of a shot's folder that stand in Git's index, whether or not their files are on disk: somebody may
 * have deleted them by hand, or left the folder out of a sparse checkout.
 * @param folder relative to the project
 */
export async function givenNumbers(root: string, folder: string): Promise<ReadonlySet<number>> {
  const git = new Git(root);
  const stamp = await stampOf(git);
  if (stamp === undefined) return new Set();
  const index = indexes.get(root)?.stamp === stamp ? indexes.get(root) : undefined;
  const known = index ?? { stamp, folders: new Map<string, Set<number>>() };
  indexes.set(root, known);
  const numbers = known.folders.get(folder) ?? (await readNumbers(git, folder));
  known.folders.set(folder, numbers);
  return numbers;
}

/** The number that the next take of a shot gets, by its folder relative to the project. */
export async function freeTakeNumber(root: string, folder: string): Promise<number> {
  return nextTakeNumber(await resolveInside(root, folder), await givenNumbers(root, folder));
}

/**
 * Takes were committed, which changed the index by just that: it need not be read anew.
 * @param sidecars relative to the project
 */
export async function takesCommitted(root: string, sidecars: readonly string[]): Promise<void> {
  const known = indexes.get(root);
  const stamp = await stampOf(new Git(root));
  if (known === undefined || stamp === undefined) return;
  for (const path of sidecars) {
    const number = parseTakeFileName(posix.basename(path))?.number;
    if (number !== undefined) known.folders.get(posix.dirname(path))?.add(number);
  }
  known.stamp = stamp;
}

/** Undefined where there is no index: nothing is in Git then. */
async function stampOf(git: Git): Promise<string | undefined> {
  try {
    const { mtimeNs, size, ino } = await stat(join(await git.gitDir(), 'index'), { bigint: true });
    return [mtimeNs, size, ino].join(' ');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

/** Without a Git that answers nothing is committed either, and so nothing overwritten. */
async function readNumbers(git: Git, folder: string): Promise<Set<number>> {
  try {
    const printed = await git.run(['ls-files', '-z', '--', `${folder}/`]);
    const names = printed.split('\0').map((path) => posix.basename(path));
    return new Set(names.flatMap((name) => parseTakeFileName(name)?.number ?? []));
  } catch (error) {
    if (AuteurError.is(error) || error instanceof GitFailure) return new Set();
    throw error;
  }
}
