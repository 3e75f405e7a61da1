import { AuteurError } from '../../errors.ts';
import { commitPaths, requireNoOperation } from '../commit.ts';
import { fromStdin } from '../commitStaged.ts';
import { Git, inChunks, nulSeparated } from '../git.ts';
import { lfsVersion } from '../gitTools.ts';
import { plainMedia } from '../lfs.ts';
import { requireStockLfs } from '../lfsFilters.ts';
import { withProjectLock } from '../projectLock.ts';
import type { Watch } from '../watch.ts';

/**
 * Commits media that are plain files in Git anew, as LFS objects. Earlier commits stay as they are.
 * What `git lfs migrate import --no-rewrite` would do, but for its checkout, which overrides what is not committed.
 * @returns the files
 * @throws AuteurError `convert-changed` where one of them differs from the last commit, `git-busy`, `convert-pending`
 */
export async function convertMedia(root: string, watch: Watch): Promise<readonly string[]> {
  const git = new Git(root);
  await git.requireRepository();
  await requireNoOperation(git);
  await requireStockLfs(git);
  await lfsVersion(root);
  watch.tell({ step: 'mending' });
  return withProjectLock(root, () => convert(git), { name: 'commit.lock', patienceMs: 60_000 });
}

async function convert(git: Git): Promise<readonly string[]> {
  const paths = await plainMedia(git);
  if (paths.length === 0) return [];
  await requireAsCommitted(git, paths);
  // Git would not look again at files that have not changed since they were added.
  await git.run(['add', '--renormalize', ...fromStdin], nulSeparated(paths));
  const commit = await commitPaths(git.root, { paths, media: paths, message: messageOf(paths) });
  if (commit.state === 'committed') return paths;
  throw new AuteurError('convert-pending', { reason: commit.reason ?? '' });
}

/** Without any filter, so that only a change of the user's own counts. */
async function requireAsCommitted(git: Git, paths: readonly string[]): Promise<void> {
  const committed = new Map<string, string>();
  for (const printed of await inChunks(paths, (some) => git.run(['ls-tree', '-z', 'HEAD', '--', ...some]))) {
    for (const [, blob = '', path = ''] of printed.matchAll(/\d+ blob ([0-9a-f]+)\t([^\0]*)\0/g))
      committed.set(path, blob);
  }
  const hashes = await inChunks(paths, (some) => git.run(['hash-object', '--no-filters', '--', ...some]));
  const now = hashes.flatMap((text) => text.trim().split('\n'));
  const changed = paths.find((path, index) => committed.get(path) !== now[index]);
  if (changed !== undefined) throw new AuteurError('convert-changed', { path: changed });
}

function messageOf(paths: readonly string[]): string {
  const [only] = paths;
  const what = paths.length === 1 && only !== undefined ? only : `${paths.length} media files`;
  return `Store ${what} in Git LFS`;
}
