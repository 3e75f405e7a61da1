import { join } from 'node:path';
import { takePrefix } from '../../domain/numbering.ts';
import { AuteurError } from '../../errors.ts';
import { RelativePath } from '../../model/relativePath.ts';
import type { FixedTakes, Renumbered } from '../../protocol/fixedTakes.ts';
import { commitPaths } from '../commit.ts';
import { Git } from '../git.ts';
import { requireStockLfs } from '../lfsFilters.ts';
import { isThere } from '../locate.ts';
import { allScenes, readProject, shotsOf } from '../projectFiles.ts';
import { withProjectLock } from '../projectLock.ts';
import { renumberRepeated } from './repeatedTakes.ts';
import { resolveUnmerged } from './resolveTakes.ts';
import { unmergedTakes } from './unmergedTakes.ts';

/**
 * Gives takes that two branches have made under one number a number each. The only place where a take is renamed.
 * @throws AuteurError `no-repository`, `lfs-filter-replaced`, `project-locked`
 */
export function fixTakes(root: string, { commits }: { commits: boolean }): Promise<FixedTakes> {
  return withProjectLock(root, async () => {
    const git = new Git(root);
    const isRepository = await isThere(join(root, '.git'));
    const merging = isRepository && (await git.operationInProgress()) !== undefined;
    const renumbered: Renumbered[] = [];
    if (isRepository) {
      await git.requireRepository();
      const unmerged = await unmergedTakes(git);
      if (unmerged.length > 0) await requireStockLfs(git);
      for (const one of unmerged) renumbered.push(...(await resolveUnmerged(git, one)));
    }
    const paths: string[] = [];
    for (const { folder, prefix } of await shotFolders(root)) {
      const fixed = await renumberRepeated(root, folder, prefix);
      renumbered.push(...fixed.renumbered);
      paths.push(...fixed.paths);
    }
    if (!commits || paths.length === 0) return { renumbered, merging };
    const media = paths.filter((path) => !path.endsWith('.json'));
    const commit = await commitPaths(root, { paths, media, message: messageOf(renumbered) });
    return { renumbered, merging, commit };
  });
}

/** Of every shot list that can be read; one that is itself unmerged is the user's to resolve first. */
async function shotFolders(
  root: string,
): Promise<readonly { readonly folder: RelativePath; readonly prefix: string }[]> {
  const project = await readProject(root).then(({ value }) => value, nothingWhereUnreadable);
  const scenes = project === undefined ? [] : allScenes(project);
  const shots = await Promise.all(
    scenes.map((placed) => shotsOf(root, placed).catch(nothingWhereUnreadable)),
  );
  return shots.flat().flatMap((placed) => {
    const folder = RelativePath.safeParse(placed?.shot.folder);
    if (placed === undefined || !folder.success) return [];
    const { scene, shot } = placed;
    return [
      { folder: folder.data, prefix: takePrefix(folder.data, { scene: scene.number, shot: shot.number }) },
    ];
  });
}

function nothingWhereUnreadable(error: unknown): undefined {
  if (!AuteurError.is(error)) throw error;
  return undefined;
}

function messageOf(renumbered: readonly Renumbered[]): string {
  const [only] = renumbered;
  if (only === undefined || renumbered.length > 1) return `Renumber ${renumbered.length} takes after a merge`;
  return `Renumber take ${only.from} to ${only.to} in ${only.folder}`;
}
