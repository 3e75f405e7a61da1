import { AuteurError } from '../errors.ts';
import type { AssetId } from '../model/ids.ts';
import type { AssetCategory, Project } from '../model/project.ts';
import type { RelativePath } from '../model/relativePath.ts';
import { mediaState } from './lfs.ts';
import { attempt, repeated, type Report } from './problems.ts';
import { allScenes, readAsset, readShotList, shotsIn, type PlacedShot } from './projectFiles.ts';
import { resolveInside } from './projectPath.ts';
import { namedReferences } from './references.ts';

/** Ids and numbers of chapters and scenes. */
export function checkNumbers(project: Project, report: Report): void {
  const { chapters, nextNumber, nextSceneNumber } = project.narrative;
  const scenes = chapters.flatMap((chapter) => chapter.scenes);
  const path = 'project.json';
  for (const id of repeated([...chapters, ...scenes].map((one) => one.id))) {
    report({
      path,
      code: 'id-repeated',
      message: `The id ${id} stands twice.`,
      hint: 'Give one of the two a new id.',
    });
  }
  for (const [what, numbered] of Object.entries({ scenes, chapters })) {
    for (const number of repeated(numbered.map((one) => one.number))) {
      report({
        path,
        code: 'number-repeated',
        message: `Two ${what} have the number ${number}.`,
        hint: 'Give one of them the next free number.',
      });
    }
  }
  const late =
    chapters.some(({ number }) => number >= nextNumber) ||
    scenes.some(({ number }) => number >= nextSceneNumber);
  if (late) {
    report({
      path,
      code: 'next-number-low',
      message: 'The next number is not above every number that was given.',
      hint: 'Raise nextNumber and nextSceneNumber above the highest number.',
    });
  }
}

/** The assets' own files. */
export async function checkAssets(root: string, project: Project, report: Report): Promise<void> {
  for (const category of ['characters', 'locations', 'styles', 'music'] as const) {
    for (const { id, folder } of project.assets[category]) {
      const path = `${folder}/asset.json`;
      const asset = await attempt(path, report, () => readAsset(root, project, category, id));
      if (asset === undefined) continue;
      for (const reference of namedReferences(folder, asset))
        await attempt(path, report, () => requireReference(root, reference));
    }
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
  for (const placed of allScenes(project)) {
    const { shotList, id } = placed.scene;
    const list = await attempt(shotList, report, () => readShotList(root, placed.scene));
    if (list === undefined) continue;
    if (list.value.sceneId !== id) {
      report({
        path: shotList,
        code: 'scene-mismatch',
        message: 'This shot list belongs to another scene.',
        hint: `Its sceneId should be ${id}.`,
      });
    }
    all.push(...shotsIn(placed, list));
  }
  return all;
}

/** What shots have in common with others, and what they name. */
export function checkShots(project: Project, shots: readonly PlacedShot[], report: Report): void {
  for (const id of repeated(shots.map(({ shot }) => shot.id))) {
    report({
      path: 'project.json',
      code: 'id-repeated',
      message: `Two shots have the id ${id}.`,
      hint: 'Give one of them a new id.',
    });
  }
  for (const folder of repeated(shots.map(({ shot }) => shot.folder))) {
    report({
      path: folder,
      code: 'folder-shared',
      message: 'Two shots keep their takes in this folder.',
      hint: 'Give one of them a folder of its own.',
    });
  }
  for (const address of repeated(shots.map((shot) => shot.address))) {
    report({
      path: 'project.json',
      code: 'number-repeated',
      message: `Two shots have the address ${address}.`,
      hint: 'Give one of them the next free number.',
    });
  }
  for (const placed of shots) checkShotReferences(project, placed, report);
}

interface Reference {
  readonly category: AssetCategory;
  readonly id: AssetId | undefined;
}

/** Who names what; `by` begins the sentence. */
function checkReferences(
  project: Project,
  { by, path, references }: { by: string; path: string; references: readonly Reference[] },
  report: Report,
): void {
  for (const { category, id } of references) {
    if (id === undefined || project.assets[category].some((asset) => asset.id === id)) continue;
    report({
      path,
      code: 'asset-dangling',
      message: `${by} names ${id}, which is not among the project's ${category}.`,
      hint: `Add the asset to project.json, or take it out of ${path}.`,
    });
  }
}

/** References of the manifest: the film's style, its scenes' styles and locations. */
export function checkFilmReferences(project: Project, report: Report): void {
  const path = 'project.json';
  const references: readonly Reference[] = [{ category: 'styles', id: project.settings.style }];
  checkReferences(project, { by: 'The film', path, references }, report);
  for (const { scene, address } of allScenes(project)) {
    checkReferences(
      project,
      {
        by: `Scene ${address}`,
        path,
        references: [
          { category: 'locations', id: scene.location },
          { category: 'styles', id: scene.style },
        ],
      },
      report,
    );
  }
}

function checkShotReferences(project: Project, { shot, scene, address }: PlacedShot, report: Report): void {
  const references: readonly Reference[] = [
    ...(shot.characters ?? []).map((id) => ({ category: 'characters' as const, id })),
    { category: 'locations', id: shot.location },
    { category: 'styles', id: shot.style },
  ];
  checkReferences(project, { by: `Shot ${address}`, path: scene.shotList, references }, report);
}
