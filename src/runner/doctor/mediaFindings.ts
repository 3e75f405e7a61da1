import { join } from 'node:path';
import type { Git } from '../../core/storage/git.ts';
import { mediaState, plainMedia, trackedMedia } from '../../core/storage/lfs.ts';
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

/** After a clone that left media on the server. */
export async function pointerFinding(git: Git): Promise<Finding> {
  const pointers: string[] = [];
  for (const path of await trackedMedia(git)) {
    if ((await mediaState(join(git.root, path))) === 'pointer') pointers.push(path);
  }
  const [first] = pointers;
  if (first === undefined) return fine('all of them are on this machine');
  const what =
    pointers.length === 1 ? `${first} is` : `${pointers.length} media files, such as ${first}, are`;
  const hint = 'Download them, here or from the menu of a take, a shot or the film.';
  return warning(`${what} not downloaded`, hint, gitIn(git.root, 'lfs', 'pull'));
}
