import { basename, dirname } from 'node:path/posix';
import { parseTakeFileName } from '../../domain/numbering.ts';
import type { Git } from '../git.ts';

const renders = '03_Renders';

/**
 * The takes in commits that no remote has, by the paths of their sidecars; a deleted one does not count.
 * Two calls of Git, whatever the number of takes.
 */
export async function takesInUnpushedCommits(git: Git): Promise<readonly string[]> {
  const isPushed = (await git.query(['for-each-ref', '--count=1', 'refs/remotes']))?.trim() !== '';
  return isPushed ? addedSincePush(git) : inLastCommit(git);
}

/** Without a remote that has anything, all of them. */
async function inLastCommit(git: Git): Promise<readonly string[]> {
  const printed = await git.query(['ls-tree', '-r', '-z', '--name-only', 'HEAD', '--', renders]);
  return wholeTakes((printed ?? '').split('\0').map((path) => ({ path, isThere: true })));
}

async function addedSincePush(git: Git): Promise<readonly string[]> {
  const how = ['--format=', '--name-status', '--no-renames', '--no-ext-diff', '--diff-filter=AD', '-z'];
  const printed = await git.query(['log', ...how, 'HEAD', '--not', '--remotes', '--', renders]);
  const fields = (printed ?? '').split('\0');
  const files: ChangedTakeFile[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2)
    files.push({ path: fields[index + 1] ?? '', isThere: (fields[index] ?? '').trim() === 'A' });
  return wholeTakes(files);
}

interface ChangedTakeFile {
  readonly path: string;
  readonly isThere: boolean;
}

/** Newest change first. A take whose media are gone was deleted; its sidecar stays. */
function wholeTakes(files: readonly ChangedTakeFile[]): readonly string[] {
  const latest = new Map<string, boolean>();
  for (const { path, isThere } of files) if (!latest.has(path)) latest.set(path, isThere);
  const withMedia = new Set<string>();
  const sidecars: string[] = [];
  for (const [path, isThere] of latest) {
    const take = isThere ? takeOf(path) : undefined;
    if (take?.isSidecar === true) sidecars.push(path);
    else if (take !== undefined) withMedia.add(take.key);
  }
  return sidecars.filter((path) => withMedia.has(takeOf(path)?.key ?? ''));
}

function takeOf(path: string): { readonly key: string; readonly isSidecar: boolean } | undefined {
  const name = parseTakeFileName(basename(path));
  return name && { key: `${dirname(path)}/${name.number}`, isSidecar: name.extension === 'json' };
}
