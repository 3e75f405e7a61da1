import { AuteurError } from '../errors.ts';
import type { Project } from '../model/project.ts';
import type { RelativePath } from '../model/relativePath.ts';
import type { ProblemFix } from '../protocol/problemFix.ts';
import { folderKey } from '../domain/names.ts';
import { placed } from './edits/findAnyAsset.ts';
import { mediaState } from './lfs.ts';
import { attempt, laterTwins, problemOf, type Report } from './problems.ts';
import { allScenes, readAsset, readShotList, shotsIn, type PlacedShot } from './projectFiles.ts';
import { resolveInside } from './projectPath.ts';
import { namedReferences } from './references.ts';
import { checkShotNumbers } from './validateNumbers.ts';
import { checkShotReferences, type Wardrobes } from './validateReferences.ts';

/** The assets' own files, and what the characters have to wear. */
export async function checkAssets(root: string, project: Project, report: Report): Promise<Wardrobes> {
  checkAssetFolders(project, report);
  const wardrobes = new Map<string, ReadonlySet<string>>();
  for (const category of ['characters', 'locations', 'styles', 'music'] as const) {
    for (const { id, folder } of project.assets[category]) {
      const path = `${folder}/asset.json`;
      const asset = await attempt(path, report, () => readAsset(root, project, category, id));
      if (asset !== undefined) wardrobes.set(id, new Set((asset.wardrobe ?? []).map((one) => one.id)));
      const references =
        asset && (await attempt(path, report, () => Promise.resolve(namedReferences(folder, asset))));
      for (const [index, reference] of (references ?? []).entries()) {
        const pointer = `/references/${index}`;
        const name = asset?.references?.[index] ?? '';
        const fix: ProblemFix = {
          name: 'take-out-file',
          found: { pointer, value: name },
          edits: [{ pointer }],
        };
        await attempt(
          path,
          (problem) => {
            report({ ...problem, pointer, ...(problem.code === 'reference-missing' ? { fix } : {}) });
          },
          () => requireReference(root, reference),
        );
      }
    }
  }
  return wardrobes;
}

/** Two of one folder are what a merge by hand leaves of two branches that made an asset of one name. */
function checkAssetFolders(project: Project, report: Report): void {
  const all = placed(project);
  for (const twin of laterTwins(all, ({ ref }) => folderKey(ref.folder))) {
    const { category, ref } = twin;
    const first = all.find((one) => folderKey(one.ref.folder) === folderKey(ref.folder));
    // The same asset twice is told as such.
    if (first === undefined || first.ref.id === ref.id) continue;
    const index = project.assets[category].indexOf(ref);
    const pointer = `/assets/${category}/${index}/folder`;
    const data = { first: first.ref.name, second: ref.name, folder: ref.folder, id: ref.id };
    report(problemOf('asset-folder-shared', { path: 'project.json', pointer, data }));
  }
}

/** One that was never fetched is in Git LFS: the project is whole. */
async function requireReference(root: string, path: RelativePath): Promise<void> {
  const state = await mediaState(await resolveInside(root, path));
  if (state === 'missing') throw new AuteurError('reference-missing', { path });
}

/** Reads every shot list. */
export async function checkShotLists(
  root: string,
  project: Project,
  report: Report,
): Promise<readonly PlacedShot[]> {
  const all: PlacedShot[] = [];
  const seen = new Set<string>();
  for (const placed of allScenes(project)) {
    const { shotList, id } = placed.scene;
    // A scene that stands twice is told as such.
    if (seen.has(JSON.stringify([id, shotList]))) continue;
    seen.add(JSON.stringify([id, shotList]));
    const list = await attempt(shotList, report, () => readShotList(root, placed.scene));
    if (list === undefined) continue;
    const { sceneId } = list.value;
    if (sceneId !== id) {
      const pointer = '/sceneId';
      const found = { pointer, value: sceneId };
      // Where the other scene is in the film, the list may be its own.
      const isNobodys = !allScenes(project).some(({ scene }) => scene.id === sceneId);
      const fix: ProblemFix = { name: 'name-scene', found, edits: [{ pointer, value: id }] };
      report(
        problemOf('scene-mismatch', {
          path: shotList,
          pointer,
          data: { id },
          fix: isNobodys ? fix : undefined,
        }),
      );
    }
    all.push(...shotsIn(placed, list));
  }
  return all;
}

/** What shots have in common with others, and what they name. */
export function checkShots(
  project: Project,
  shots: readonly PlacedShot[],
  wardrobes: Wardrobes,
  report: Report,
): void {
  checkShotNumbers(shots, report);
  for (const placed of shots) checkShotReferences(project, placed, wardrobes, report);
}
