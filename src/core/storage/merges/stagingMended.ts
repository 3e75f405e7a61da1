import type { FilmEdit } from '../edits/editFilm.ts';
import { Git } from '../git.ts';
import { requireStockLfs } from '../lfsFilters.ts';
import { stageKnown } from './stagePaths.ts';

/** Mends during a merge, and stages what was mended; files with changes that the user has not staged are left to him. */
export async function stagingMended<E extends FilmEdit>(root: string, mend: () => Promise<E>): Promise<E> {
  const git = new Git(root);
  await requireStockLfs(git);
  const texts = ['project.json', '02_Source_Creative'];
  const diff = ['diff', '--no-ext-diff', '--no-textconv', '--no-renames', '--name-only', '-z'];
  const printed = await git.run([...diff, '--', ...texts]);
  const changed = new Set(printed.split('\0'));
  const mended = await mend();
  await stageKnown(
    git,
    mended.files.filter((path) => !changed.has(path)),
  );
  return mended;
}
