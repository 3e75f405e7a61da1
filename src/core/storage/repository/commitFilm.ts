import { AuteurError } from '../../errors.ts';
import type { CommitState } from '../../model/job.ts';
import { commitPaths } from '../commit.ts';
import { Git } from '../git.ts';
import { withProjectLock } from '../projectLock.ts';
import type { Watch } from '../watch.ts';
import { filmChanges } from './filmChanges.ts';
import { statusOf } from './workTreeStatus.ts';

/** As the commits of edits have it. */
const commitLock = { name: 'commit.lock', patienceMs: 60_000 };

export interface FilmCommit {
  readonly files: number;
  readonly commit: CommitState;
}

/**
 * Commits what has changed of the film's text, its assets and its recorded takes, and nothing else: whatever else the
 * user has staged stays staged.
 * @throws AuteurError `nothing-to-commit`, `film-in-conflict`
 */
export async function commitFilm(root: string, message: string, watch: Watch): Promise<FilmCommit> {
  watch.tell({ step: 'committing' });
  return withProjectLock(
    root,
    async () => {
      const { files } = await statusOf(new Git(root));
      const { paths, media } = await filmChanges(root, files);
      const conflict = files.find(({ isConflict, path }) => isConflict && paths.includes(path));
      if (conflict !== undefined) throw new AuteurError('film-in-conflict', { path: conflict.path });
      if (paths.length === 0) throw new AuteurError('nothing-to-commit');
      return { files: paths.length, commit: await commitPaths(root, { paths, media, message }) };
    },
    commitLock,
  );
}
