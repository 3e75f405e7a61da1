import { AuteurError } from '../../errors.ts';
import type { Git } from '../git.ts';
import { splitNames } from '../wholeProject/workTree.ts';

const plainFile = /^100(644|755)$/;

/**
 * The files of a commit.
 * @throws AuteurError `film-holds-link` for a link and for another repository within
 */
export async function treeOf(git: Git, commit: string): Promise<readonly string[]> {
  const printed = await git.run(['ls-tree', '-r', '-z', '--full-tree', commit]);
  return splitNames(printed).map((line) => {
    const [, mode = '', path = ''] = /^(\d+) \w+ [0-9a-f]+\t(.*)$/s.exec(line) ?? [];
    if (!plainFile.test(mode)) throw new AuteurError('film-holds-link', { path });
    return path;
  });
}

/** The LFS objects that the files of a commit point to, each once, by SHA-256. */
export async function lfsObjectsOf(git: Git, commit: string): Promise<ReadonlySet<string>> {
  const printed = await git.run(['lfs', 'ls-files', '--long', commit]);
  return new Set([...printed.matchAll(/^([0-9a-f]{64}) /gm)].map(([, oid = '']) => oid));
}
