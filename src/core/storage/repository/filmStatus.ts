import { basename } from 'node:path/posix';
import { parseTakeFileName } from '../../domain/numbering.ts';
import type { GitStatus } from '../../protocol/gitStatus.ts';
import { Git } from '../git.ts';
import { textKindOf } from '../merges/unmergedTexts.ts';
import { filmChanges } from './filmChanges.ts';
import { takesInUnpushedCommits } from './unpushedTakes.ts';
import { statusOf } from './workTreeStatus.ts';

/**
 * Where a film stands in Git.
 * @throws AuteurError `no-repository`, `repository-elsewhere`, `lfs-filter-replaced`
 */
export async function filmStatus(root: string): Promise<GitStatus> {
  const git = new Git(root);
  const { branch, files } = await statusOf(git);
  const { paths, takes, waiting, deleted, summary } = await filmChanges(root, files);
  const gone = new Set(deleted);
  const unpushed = [...(await takesInUnpushedCommits(git)), ...waiting].filter((path) => !gone.has(path));
  const operation = await git.operationInProgress();
  const own = new Set(paths);
  const unmergedTakes = files.filter(({ isConflict, path }) => isConflict && isSidecar(path));
  const unmergedTexts = files.filter(({ isConflict, path }) => isConflict && textKindOf(path) !== undefined);
  return {
    ...(branch.name === undefined ? {} : { branch: branch.name }),
    ...(branch.upstream === undefined ? {} : { upstream: branch.upstream }),
    ahead: branch.ahead ?? 0,
    behind: branch.behind ?? 0,
    unpushed: branch.ahead ?? (await unpushedOf(git)),
    unpushedTakes: new Set(unpushed).size,
    changed: own.size,
    others: files.filter(({ path }) => !own.has(path)).length,
    takes,
    conflicts: files.filter(({ isConflict }) => isConflict).length,
    ...(unmergedTakes.length === 0 ? {} : { unmergedTakes: unmergedTakes.length }),
    ...(unmergedTexts.length === 0 ? {} : { unmergedTexts: unmergedTexts.length }),
    ...(operation === undefined ? {} : { operation }),
    summary,
  };
}

function isSidecar(path: string): boolean {
  return parseTakeFileName(basename(path))?.extension === 'json';
}

/** Commits that no remote has; without one, all of them. */
async function unpushedOf(git: Git): Promise<number> {
  const counted = await git.query(['rev-list', '--count', 'HEAD', '--not', '--remotes']);
  return Number(counted?.trim() ?? 0);
}
