import { join } from 'node:path';
import { takePrefix } from '../../domain/numbering.ts';
import { RelativePath } from '../../model/relativePath.ts';
import type { FixedTakes, Renumbered } from '../../protocol/fixedTakes.ts';
import type { Problem } from '../../protocol/views.ts';
import { commitPaths } from '../commit.ts';
import { placed } from '../edits/findAnyAsset.ts';
import { Git } from '../git.ts';
import { requireStockLfs } from '../lfsFilters.ts';
import { isThere } from '../locate.ts';
import { problemOf } from '../problems.ts';
import { allScenes, readProject, shotsOf, type PlacedShot } from '../projectFiles.ts';
import { withProjectLock } from '../projectLock.ts';
import { ifReadable } from './ifReadable.ts';
import { mergeFilmTexts, nothingMerged, type MergedFilmTexts } from './mergeFilmTexts.ts';
import { mergeNotes } from './mergeNotes.ts';
import { moveAssetFiles } from './moveAssetFiles.ts';
import { moveTakes } from './moveTakes.ts';
import { renumberRepeated } from './repeatedTakes.ts';
import { resolveUnmerged } from './resolveTakes.ts';
import { stageKnown, stagePaths } from './stagePaths.ts';
import { unmergedStages } from './unmergedStages.ts';
import { unmergedTakes } from './unmergedTakes.ts';
import type { Impossible } from './unmergedTexts.ts';

/**
 * Brings together what two branches have made of a film: texts by id, and takes under one number with a number each.
 * The only place where a take is renamed.
 * @throws AuteurError `no-repository`, `lfs-filter-replaced`, `project-locked`
 */
export function fixTakes(root: string, { commits }: { commits: boolean }): Promise<FixedTakes> {
  return withProjectLock(root, async () => {
    const git = (await isThere(join(root, '.git'))) ? new Git(root) : undefined;
    const resolved = git === undefined ? nothingResolved : await resolveAll(git);
    const { operation } = resolved;
    const shots = await readableShots(root);
    const moved = await moveTakes(
      root,
      shots,
      resolved.newFolders.map(({ from }) => from),
    );
    const renumbered = resolved.renumbered.filter(({ id }) => !moved.ids.has(id));
    const paths = [...moved.paths];
    if (git !== undefined && resolved.newAssets.length > 0) {
      const folders = await assetFolders(root);
      paths.push(...(await moveAssetFiles(git, { operation, folders }, resolved.newAssets)));
    }
    for (const { folder, prefix } of shotFolders(shots)) {
      const fixed = await renumberRepeated(root, folder, prefix);
      renumbered.push(...fixed.renumbered);
      paths.push(...fixed.paths);
    }
    if (git !== undefined && operation !== undefined) {
      const folders = resolved.newFolders.flatMap(({ from, to }) => [from, to]);
      await stageKnown(git, [...paths, ...folders]);
    }
    // Until now a merge that was cut short begins anew, and finds again what moves where.
    if (git !== undefined) await stagePaths(git, resolved.paths);
    const fixed = { renumbered, ...(await told(root, git, resolved)) };
    if (!commits || paths.length === 0 || operation !== undefined) return fixed;
    const media = paths.filter((path) => !path.endsWith('.json'));
    const commit = await commitPaths(root, { paths, media, message: messageOf(renumbered) });
    return { ...fixed, commit };
  });
}

interface Resolved extends MergedFilmTexts {
  readonly operation: string | undefined;
  readonly renumbered: readonly Renumbered[];
}

const nothingResolved: Resolved = { ...nothingMerged, operation: undefined, renumbered: [] };

async function resolveAll(git: Git): Promise<Resolved> {
  await git.requireRepository();
  const operation = await git.operationInProgress();
  const stages = await unmergedStages(git);
  if (stages.length === 0) return { ...nothingResolved, operation };
  await requireStockLfs(git);
  const texts = await mergeFilmTexts(git, stages);
  const renumbered: Renumbered[] = [];
  for (const one of await unmergedTakes(git)) renumbered.push(...(await resolveUnmerged(git, one)));
  return { ...texts, operation, renumbered };
}

/** Names are those of the film as it is now, and a take's number the one it has got. */
async function told(
  root: string,
  git: Git | undefined,
  { operation, paths, disagreements, newNumbers, newAssets, impossible }: Resolved,
): Promise<Omit<FixedTakes, 'renumbered'>> {
  const left = git === undefined ? [] : await unmergedStages(git);
  const unmerged = [...new Set(left.map(({ path }) => path))].map((path) => problemIn(path, impossible));
  const differs = disagreements.length + newNumbers.length + newAssets.length > 0;
  const notes = differs ? await mergeNotes(root, { disagreements, newNumbers, newAssets }) : [];
  return { merged: paths, notes, unmerged, ...(operation === undefined ? {} : { operation }) };
}

function problemIn(path: string, impossible: Impossible): Problem {
  const error = impossible.get(path);
  return problemOf(error?.code ?? 'film-in-conflict', { path, data: error?.data ?? { path } });
}

/** Of every shot list that can be read; one that is itself unmerged is the user's to resolve first. */
async function readableShots(root: string): Promise<readonly PlacedShot[]> {
  const project = await ifReadable(readProject(root));
  const scenes = project === undefined ? [] : allScenes(project.value);
  const shots = await Promise.all(scenes.map((placed) => ifReadable(shotsOf(root, placed))));
  return shots.flatMap((some) => some ?? []);
}

async function assetFolders(root: string): Promise<readonly string[]> {
  const project = await ifReadable(readProject(root));
  return project === undefined ? [] : placed(project.value).map(({ ref }) => ref.folder);
}

function shotFolders(
  shots: readonly PlacedShot[],
): readonly { readonly folder: RelativePath; readonly prefix: string }[] {
  return shots.flatMap(({ scene, shot }) => {
    const folder = RelativePath.safeParse(shot.folder);
    if (!folder.success) return [];
    return [
      { folder: folder.data, prefix: takePrefix(folder.data, { scene: scene.number, shot: shot.number }) },
    ];
  });
}

function messageOf(renumbered: readonly Renumbered[]): string {
  const [only] = renumbered;
  if (renumbered.length === 0) return 'Move takes to their shots after a merge';
  if (only === undefined || renumbered.length > 1) return `Renumber ${renumbered.length} takes after a merge`;
  return `Renumber take ${only.from} to ${only.to} in ${only.folder}`;
}
