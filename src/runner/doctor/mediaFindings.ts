import { join } from 'node:path';
import { AuteurError } from '../../core/errors.ts';
import type { Git } from '../../core/storage/git.ts';
import { mediaState, plainMedia, trackedMedia } from '../../core/storage/lfs.ts';
import { takesWithoutMedia, type TakeWithoutMedia } from '../../core/storage/repository/takesWithoutMedia.ts';
import { commandLine, gitIn } from './commands.ts';
import { fine, warning, type Finding } from './check.ts';

/** Media that were committed before Git LFS was set up make every clone as large as all of them together. */
export async function plainMediaFinding(git: Git): Promise<Finding> {
  const plain = await plainMedia(git);
  const [first] = plain;
  if (first === undefined) return fine('all of them are stored in Git LFS');
  const what = plain.length === 1 ? `${first} is` : `${plain.length} media files, such as ${first}, are`;
  return warning(
    `${what} stored in Git itself, not in Git LFS, so every clone carries all their versions`,
    'Convert them: like "git lfs migrate import --no-rewrite" this makes a new commit that stores them in Git LFS; earlier commits stay, so the history keeps its size. Nothing else is touched.',
    commandLine(['auteur', '-C', git.root, 'doctor', '--convert-media']),
  );
}

/** After a clone that left media on the server, and after files were deleted. */
export async function mediaHereFinding(git: Git): Promise<Finding> {
  const pointers: string[] = [];
  for (const path of await trackedMedia(git)) {
    if ((await mediaState(join(git.root, path))) === 'pointer') pointers.push(path);
  }
  const missing = await missingTakes(git);
  if ('level' in missing) return missing;
  if (missing.length > 0) return missingFinding(git, missing, pointers);
  if (pointers.length === 0) return fine('all of them are on this machine');
  const hint = 'Download them, here or from the menu of a take, a shot or the film.';
  return warning(notDownloaded(pointers), hint, gitIn(git.root, 'lfs', 'pull'));
}

/** Of a film that cannot be read whole, say in the middle of a merge, nobody knows. */
async function missingTakes({ root }: Git): Promise<readonly TakeWithoutMedia[] | Finding> {
  try {
    return await takesWithoutMedia(root);
  } catch (error) {
    if (!AuteurError.is(error)) throw error;
    return warning(`whether all of them are cannot be told: ${error.message}`, error.hint);
  }
}

function missingFinding(
  { root }: Git,
  takes: readonly TakeWithoutMedia[],
  pointers: readonly string[],
): Finding {
  const [first] = takes;
  const example = `take ${String(first?.number)} of shot ${String(first?.address)}`;
  const what =
    takes.length === 1
      ? `the file of 1 take is missing: ${example}`
      : `the files of ${takes.length} takes are missing, such as that of ${example}`;
  return warning(
    pointers.length === 0 ? what : `${what}; ${notDownloaded(pointers)}`,
    'Download them, here or from the menu of a take, a shot or the film: what was committed comes back.',
    commandLine(['auteur', '-C', root, 'download']),
  );
}

function notDownloaded(pointers: readonly string[]): string {
  const [first = ''] = pointers;
  const what =
    pointers.length === 1 ? `${first} is` : `${pointers.length} media files, such as ${first}, are`;
  return `${what} not downloaded`;
}
