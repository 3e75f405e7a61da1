import { join } from 'node:path';
import { fromStdin } from '../commitStaged.ts';
import { inChunks, nulSeparated, type Git } from '../git.ts';
import { requireStockLfs } from '../lfsFilters.ts';
import { isThere } from '../locate.ts';

/** Stages paths as they are on disk, those that are gone as removed; for Git they are merged with that. */
export async function stagePaths(git: Git, paths: readonly string[]): Promise<void> {
  if (paths.length > 0) await git.run(['add', '--all', '--verbose', ...fromStdin], nulSeparated(paths));
}

/** The same of files and folders, without what is neither on disk nor known to Git, for which it would refuse all. */
export async function stageKnown(git: Git, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  await requireStockLfs(git);
  const printed = await inChunks(paths, (some) => git.run(['ls-files', '-z', '--', ...some]));
  const tracked = printed.flatMap((names) => names.split('\0')).filter((name) => name !== '');
  const there = await Promise.all(paths.map((path) => isThere(join(git.root, path))));
  await stagePaths(git, [...tracked, ...paths.filter((_, index) => there[index])]);
}
