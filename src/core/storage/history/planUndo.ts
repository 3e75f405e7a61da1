import { isDeepStrictEqual } from 'node:util';
import { parseTakeFileName } from '../../domain/numbering.ts';
import { AuteurError } from '../../errors.ts';
import { slateCode } from '../../model/address.ts';
import type { ShotId } from '../../model/ids.ts';
import { readFolder } from '../locate.ts';
import { emptyList } from '../newShotList.ts';
import { allScenes, readShotList, requireWritable, shotsOf, type PlacedShot } from '../projectFiles.ts';
import { resolveInside } from '../projectPath.ts';
import { scanTakes } from '../takes.ts';
import { changeFile, manifestPath, type Asked, type FileStep, type Plan } from './fileStep.ts';
import type { FilmChange } from './historyEntry.ts';

type Change<K extends FilmChange['kind']> = Extract<FilmChange, { kind: K }>;

/** Whether takes of a shot wait or are being made. */
export type IsBusy = (shot: ShotId) => Promise<boolean>;

/**
 * What taking an edit back means for the film as it is now.
 * @throws AuteurError `undo-gone`, `undo-changed`, `undo-not-empty`, `undo-has-takes`, `undo-has-jobs`
 */
export async function planUndo(asked: Asked, isBusy: IsBusy): Promise<Plan> {
  const { change } = asked.entry;
  switch (change.kind) {
    case 'addChapter':
      return undoChapter(asked, change);
    case 'addScene':
      return undoScene(asked, change);
    case 'addShot':
      return undoShot(asked, change, isBusy);
    case 'chooseTake':
      return undoChoice(asked, change);
  }
}

function undoChapter(asked: Asked, { chapter: added }: Change<'addChapter'>): Plan {
  const { narrative } = asked.project.value;
  const index = narrative.chapters.findIndex(({ id }) => id === added.id);
  const chapter = narrative.chapters[index];
  if (chapter === undefined) throw refusal(asked, 'undo-gone', { path: manifestPath });
  const address = slateCode(chapter.number);
  const what = { what: `chapter ${address}`, path: manifestPath };
  if (chapter.scenes.length > 0) throw refusal(asked, 'undo-not-empty', { ...what, content: 'scenes' });
  if (narrative.emotionalBeats.some((beat) => beat.chapter === chapter.id))
    throw refusal(asked, 'undo-not-empty', { ...what, content: 'emotional beats' });
  if (!isDeepStrictEqual(chapter, added)) throw refusal(asked, 'undo-changed', what);
  const edits = [{ path: ['narrative', 'chapters', index], value: undefined }];
  const step = changeFile(asked, { path: manifestPath, file: asked.project, edits });
  return { address, id: chapter.id, steps: [step] };
}

async function undoScene(asked: Asked, { scene: added }: Change<'addScene'>): Promise<Plan> {
  const { root, project } = asked;
  const placed = allScenes(project.value).find(({ scene }) => scene.id === added.id);
  if (placed === undefined) throw refusal(asked, 'undo-gone', { path: manifestPath });
  const { address, scene, chapterIndex, sceneIndex } = placed;
  const what = `scene ${address}`;
  if (project.value.narrative.emotionalBeats.some((beat) => beat.scene === scene.id))
    throw refusal(asked, 'undo-not-empty', { what, path: manifestPath, content: 'emotional beats' });
  if (!isDeepStrictEqual(scene, added)) throw refusal(asked, 'undo-changed', { what, path: manifestPath });
  const list = await readShotList(root, scene);
  if (list !== undefined) requireWritable(list);
  if (list !== undefined && list.value.shots.length > 0)
    throw refusal(asked, 'undo-not-empty', { what, path: scene.shotList, content: 'shots' });
  const empty: unknown = JSON.parse(emptyList(scene.id));
  if (list !== undefined && !isDeepStrictEqual({ ...list.value, nextNumber: 1 }, empty))
    throw refusal(asked, 'undo-changed', { what: `the shot list of ${what}`, path: scene.shotList });
  const edits = [{ path: ['narrative', 'chapters', chapterIndex, 'scenes', sceneIndex], value: undefined }];
  const steps: FileStep[] = [changeFile(asked, { path: manifestPath, file: project, edits })];
  if (list !== undefined) steps.push({ path: scene.shotList, file: list, text: undefined });
  return { address, id: scene.id, steps };
}

async function undoShot(asked: Asked, change: Change<'addShot'>, isBusy: IsBusy): Promise<Plan> {
  const { placed, path } = await findPlaced(asked, change.sceneId, change.shot.id);
  const { list, shot, shotIndex, address } = placed;
  const { folder } = shot;
  // In this order: a job that ends before the first look has its take in the folder at the second.
  if (await isBusy(shot.id)) throw refusal(asked, 'undo-has-jobs', { address });
  const names = await readFolder(await resolveInside(asked.root, folder));
  if (names.some((name) => parseTakeFileName(name) !== undefined))
    throw refusal(asked, 'undo-has-takes', { address, path, folder });
  if (!isDeepStrictEqual(shot, change.shot))
    throw refusal(asked, 'undo-changed', { what: `shot ${address}`, path });
  const edits = [{ path: ['shots', shotIndex], value: undefined }];
  return { address, id: shot.id, steps: [changeFile(asked, { path, file: list, edits })] };
}

async function undoChoice(asked: Asked, change: Change<'chooseTake'>): Promise<Plan> {
  const { placed, path } = await findPlaced(asked, change.sceneId, change.shotId);
  const { list, shot, shotIndex, address } = placed;
  if (shot.activeTake !== change.to) throw refusal(asked, 'undo-gone', { path });
  const { takes } = await scanTakes(await resolveInside(asked.root, shot.folder));
  const { from } = change;
  if (from !== undefined && !takes.some(({ id, deleted }) => id === from && deleted === undefined))
    throw refusal(asked, 'undo-changed', { what: `the take that shot ${address} showed before`, path });
  const edits = [{ path: ['shots', shotIndex, 'activeTake'], value: from }];
  return { address, id: shot.id, steps: [changeFile(asked, { path, file: list, edits })] };
}

interface FoundShot {
  readonly placed: PlacedShot;
  readonly path: string;
}

async function findPlaced(asked: Asked, sceneId: string, shotId: ShotId): Promise<FoundShot> {
  const { root, project } = asked;
  const scene = allScenes(project.value).find((placed) => placed.scene.id === sceneId);
  if (scene === undefined) throw refusal(asked, 'undo-gone', { path: manifestPath });
  const path = scene.scene.shotList;
  const placed = (await shotsOf(root, scene)).find(({ shot }) => shot.id === shotId);
  if (placed === undefined) throw refusal(asked, 'undo-gone', { path });
  requireWritable(placed.list);
  return { placed, path };
}

type Refusal = 'undo-gone' | 'undo-changed' | 'undo-not-empty' | 'undo-has-takes' | 'undo-has-jobs';

function refusal({ entry }: Asked, code: Refusal, data: Readonly<Record<string, string>>): AuteurError {
  return new AuteurError(code, { summary: entry.summary, ...data });
}
