import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTakeFileName } from '../domain/numbering.ts';
import { AuteurError, toFailure } from '../errors.ts';
import type { Project } from '../model/project.ts';
import type { Problem } from '../protocol/views.ts';
import { dirtyPaths } from './commit.ts';
import { Git } from './git.ts';
import { mediaState, plainMedia } from './lfs.ts';
import { isThere, readFolder } from './locate.ts';
import { allScenes, readAsset, readProject, shotsOf, type PlacedShot } from './projectFiles.ts';
import { resolveInside } from './projectPath.ts';
import { scanTakes } from './takes.ts';

type Report = (problem: Problem) => void;

/** Everything in a project that does not hold together, from its text to what Git has of its takes. */
export async function validateProject(root: string, options: { git: boolean }): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const report: Report = (problem) => problems.push(problem);
  const project = await attempt('project.json', report, async () => (await readProject(root)).value);
  if (project === undefined) return problems;
  checkNumbers(project, report);
  await checkAssets(root, project, report);
  const shots = await checkShotLists(root, project, report);
  checkShots(project, shots, report);
  for (const shot of shots) await checkTakes(root, shot, report);
  if (options.git) await checkGit(root, report);
  return problems;
}

async function attempt<T>(path: string, report: Report, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!AuteurError.is(error)) throw error;
    report({ path, ...toFailure(error) });
    return undefined;
  }
}

function checkNumbers(project: Project, report: Report): void {
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
  for (const number of repeated(scenes.map((scene) => scene.number))) {
    report({
      path,
      code: 'number-repeated',
      message: `Two scenes have the number ${number}.`,
      hint: 'Give one of them the next free number.',
    });
  }
  for (const number of repeated(chapters.map((chapter) => chapter.number))) {
    report({
      path,
      code: 'number-repeated',
      message: `Two chapters have the number ${number}.`,
      hint: 'Give one of them the next free number.',
    });
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

async function checkAssets(root: string, project: Project, report: Report): Promise<void> {
  for (const category of ['characters', 'locations', 'styles', 'music'] as const) {
    for (const { id, folder } of project.assets[category]) {
      await attempt(`${folder}/asset.json`, report, () => readAsset(root, project, category, id));
    }
  }
}

async function checkShotLists(
  root: string,
  project: Project,
  report: Report,
): Promise<readonly PlacedShot[]> {
  const all: PlacedShot[] = [];
  for (const placed of allScenes(project)) {
    const { shotList, id } = placed.scene;
    const shots = await attempt(shotList, report, () => shotsOf(root, placed));
    const list = shots?.[0]?.list.value;
    if (list !== undefined && list.sceneId !== id) {
      report({
        path: shotList,
        code: 'scene-mismatch',
        message: 'This shot list belongs to another scene.',
        hint: `Its sceneId should be ${id}.`,
      });
    }
    all.push(...(shots ?? []));
  }
  return all;
}

function checkShots(project: Project, shots: readonly PlacedShot[], report: Report): void {
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
  for (const placed of shots) checkReferences(project, placed, report);
}

function checkReferences(project: Project, { shot, scene, address }: PlacedShot, report: Report): void {
  const known = (category: 'characters' | 'locations' | 'styles'): Set<string> =>
    new Set(project.assets[category].map(({ id }) => id));
  const wanted = [
    ...(shot.characters ?? []).map((id) => ['characters', id] as const),
    ...[shot.location].filter((id) => id !== undefined).map((id) => ['locations', id] as const),
    ...[shot.style].filter((id) => id !== undefined).map((id) => ['styles', id] as const),
  ];
  for (const [category, id] of wanted) {
    if (known(category).has(id)) continue;
    report({
      path: scene.shotList,
      code: 'asset-dangling',
      message: `Shot ${address} names ${id}, which is not among the project's ${category}.`,
      hint: 'Add the asset to project.json, or take it off the shot.',
    });
  }
}

async function checkTakes(root: string, { shot, scene, address }: PlacedShot, report: Report): Promise<void> {
  const folder = await attempt(scene.shotList, report, () => resolveInside(root, shot.folder));
  if (folder === undefined) return;
  const { takes, unreadable } = await scanTakes(folder);
  for (const { name, reason } of unreadable) {
    report({
      path: `${shot.folder}/${name}`,
      code: 'file-unreadable',
      message: `This sidecar cannot be read: ${reason}`,
      hint: 'Bring it back with "git checkout".',
    });
  }
  for (const number of repeated(takes.map((take) => take.number))) {
    report({
      path: shot.folder,
      code: 'number-repeated',
      message: `Two takes have the number ${number}.`,
      hint: 'Give the later one the next free number.',
    });
  }
  const chosen = shot.activeTake;
  if (chosen !== undefined && !takes.some((take) => take.id === chosen && take.deleted === undefined)) {
    report({
      path: scene.shotList,
      code: 'active-take-missing',
      message: `The active take of ${address} is not there.`,
      hint: 'Choose another with "auteur take activate".',
    });
  }
  for (const file of takes.filter((take) => take.deleted === undefined).flatMap((take) => take.files)) {
    await checkMedia(folder, shot.folder, file, report);
  }
  await checkStrays(folder, shot.folder, report);
}

async function checkMedia(
  folder: string,
  path: string,
  file: { name: string; bytes: number },
  report: Report,
): Promise<void> {
  const absolute = join(folder, file.name);
  const state = await mediaState(absolute);
  const where = `${path}/${file.name}`;
  if (state === 'missing') {
    report({
      path: where,
      code: 'media-missing',
      message: 'The media of this take is not there.',
      hint: 'Bring it back with "git checkout" and "git lfs pull".',
    });
  } else if (state === 'present' && (await stat(absolute)).size !== file.bytes) {
    report({
      path: where,
      code: 'media-changed',
      message: `This file has not the ${file.bytes} bytes that were recorded.`,
      hint: 'Bring it back with "git checkout".',
    });
  }
}

/** Media without a sidecar: made by hand, or left by something that was not us. */
async function checkStrays(folder: string, path: string, report: Report): Promise<void> {
  const names = await readFolder(folder);
  const recorded = new Set(
    names.filter((name) => name.endsWith('.json')).map((name) => parseTakeFileName(name)?.number),
  );
  for (const name of names) {
    const take = parseTakeFileName(name);
    if (take === undefined || recorded.has(take.number)) continue;
    report({
      path: `${path}/${name}`,
      code: 'sidecar-missing',
      message: 'This file has no sidecar, so it is not a take.',
      hint: 'Move it elsewhere, or bring its .json back with "git checkout".',
    });
  }
}

async function checkGit(root: string, report: Report): Promise<void> {
  if (!(await isThere(join(root, '.git')))) {
    report({
      path: '.git',
      code: 'no-repository',
      message: 'The project is not a Git repository, so its takes are not recorded.',
      hint: 'Run "git init" and "git lfs install --local" in the project.',
    });
    return;
  }
  const git = new Git(root);
  for (const path of await plainMedia(git)) {
    report({
      path,
      code: 'media-not-lfs',
      message: 'This file is in Git as a plain file instead of Git LFS.',
      hint: `Run "git lfs migrate import --no-rewrite ${path}".`,
    });
  }
  for (const path of await dirtyPaths(root, ['03_Renders'])) {
    report({
      path,
      code: 'take-not-committed',
      message: 'This file of a take is not committed.',
      hint: 'Open the project or run "auteur worker --once": it is committed when Git allows it.',
    });
  }
}

function repeated<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
