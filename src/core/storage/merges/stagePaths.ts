import { fromStdin } from '../commitStaged.ts';
import { nulSeparated, type Git } from '../git.ts';

/** Stages paths as they are on disk, those that are gone as removed; for Git they are merged with that. */
export async function stagePaths(git: Git, paths: readonly string[]): Promise<void> {
  if (paths.length > 0) await git.run(['add', '--all', '--verbose', ...fromStdin], nulSeparated(paths));
}
