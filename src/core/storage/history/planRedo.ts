import { AuteurError } from '../../errors.ts';
import { formatAddress, slateCode } from '../../model/address.ts';
import type { Chapter, Scene } from '../../model/project.ts';
import { ShotList } from '../../model/shotList.ts';
import { readJsonFile } from '../jsonFile.ts';
import { parseJsonText } from '../jsonText.ts';
import { isThere } from '../locate.ts';
import { emptyList } from '../newShotList.ts';
import { allScenes, readShotList, requireWritable, shotsOf, type PlacedScene } from '../projectFiles.ts';
import { resolveInside } from '../projectPath.ts';
import { scanTakes } from '../takes.ts';
import { formerText } from './fileMove.ts';
import { changeFile, manifestPath, type Asked, type FileStep, type Plan } from './fileStep.ts';
import type { FilmChange } from './historyEntry.ts';

type Change<K extends FilmChange['kind']> = Extract<FilmChange, { kind: K }>;

/**
 * What doing an undone edit again means for the film as it is now.
 * @throws AuteurError `redo-impossible`
 */
export async function planRedo(asked: Asked): Promise<Plan> {
  const { change } = asked.entry;
  switch (change.kind) {
    case 'addChapter':
      return redoChapter(asked, change);
    case 'addScene':
      return redoScene(asked, change);
    case 'addShot':
      return redoShot(asked, change);
    case 'chooseTake':
      return redoChoice(asked, change);
  }
}

function redoChapter(asked: Asked, { chapter }: Change<'addChapter'>): Plan {
  const { nextNumber, chapters } = asked.project.value.narrative;
  const address = slateCode(chapter.number);
  requireFree(asked, chapters, chapter, `chapter ${address}`);
  const edits = [
    { path: ['narrative', 'chapters', -1], value: chapter },
    { path: ['narrative', 'nextNumber'], value: Math.max(nextNumber, chapter.number + 1) },
  ];
  const step = changeFile(asked, { path: manifestPath, file: asked.project, edits });
  return { address, id: chapter.id, steps: [step] };
}

async function redoScene(asked: Asked, { chapterId, scene }: Change<'addScene'>): Promise<Plan> {
  const { project } = asked;
  const { chapters, nextSceneNumber } = project.value.narrative;
  const chapterIndex = chapters.findIndex(({ id }) => id === chapterId);
  const chapter = chapters[chapterIndex];
  if (chapter === undefined) throw impossible(asked, 'its chapter is no longer in the film');
  const address = formatAddress({ chapter: chapter.number, scene: scene.number });
  requireFree(
    asked,
    allScenes(project.value).map((placed) => placed.scene),
    scene,
    `scene ${address}`,
  );
  const edits = [
    { path: ['narrative', 'chapters', chapterIndex, 'scenes', -1], value: scene },
    { path: ['narrative', 'nextSceneNumber'], value: Math.max(nextSceneNumber, scene.number + 1) },
  ];
  const manifest = changeFile(asked, { path: manifestPath, file: project, edits });
  // The manifest comes last: until it names the list, the list is nobody's.
  return { address, id: scene.id, steps: [...(await listSteps(asked, scene)), manifest] };
}

async function listSteps(asked: Asked, scene: Scene): Promise<readonly FileStep[]> {
  const path = await resolveInside(asked.root, scene.shotList);
  if (!(await isThere(path))) {
    return [{ path: scene.shotList, file: undefined, text: formerList(asked, scene) ?? emptyList(scene.id) }];
  }
  const { value } = await readJsonFile(path, ShotList);
  if (value.sceneId === scene.id) return [];
  throw impossible(asked, `${scene.shotList} is the shot list of another scene now`);
}

/** With the shot numbers that were given in it. */
function formerList({ entry }: Asked, scene: Scene): string | undefined {
  const move = entry.moves.find((one) => one.path === scene.shotList);
  const text = move === undefined ? undefined : formerText(move, undefined);
  const json = text === undefined ? undefined : parseJsonText(text);
  const list = json !== undefined && 'value' in json ? ShotList.safeParse(json.value).data : undefined;
  return list?.sceneId === scene.id ? text : undefined;
}

async function redoShot(asked: Asked, { sceneId, shot }: Change<'addShot'>): Promise<Plan> {
  const placed = sceneOf(asked, sceneId);
  const list = await readShotList(asked.root, placed.scene);
  if (list === undefined) throw impossible(asked, `${placed.scene.shotList} is not there`);
  requireWritable(list);
  const address = `${placed.address}/${slateCode(shot.number)}`;
  requireFree(asked, list.value.shots, shot, `shot ${address}`);
  const edits = [
    { path: ['shots', -1], value: shot },
    { path: ['nextNumber'], value: Math.max(list.value.nextNumber, shot.number + 1) },
  ];
  const step = changeFile(asked, { path: placed.scene.shotList, file: list, edits });
  return { address, id: shot.id, steps: [step] };
}

async function redoChoice(asked: Asked, change: Change<'chooseTake'>): Promise<Plan> {
  const placed = sceneOf(asked, change.sceneId);
  const found = (await shotsOf(asked.root, placed)).find(({ shot }) => shot.id === change.shotId);
  if (found === undefined) throw impossible(asked, 'the shot is no longer in the film');
  const { list, shot, shotIndex, address } = found;
  requireWritable(list);
  if (shot.activeTake !== change.from)
    throw impossible(asked, `another take of shot ${address} was chosen since`);
  const { takes } = await scanTakes(await resolveInside(asked.root, shot.folder));
  if (!takes.some(({ id, deleted }) => id === change.to && deleted === undefined))
    throw impossible(asked, 'the take is not there any more');
  const edits = [{ path: ['shots', shotIndex, 'activeTake'], value: change.to }];
  const step = changeFile(asked, { path: placed.scene.shotList, file: list, edits });
  return { address, id: shot.id, steps: [step] };
}

function sceneOf(asked: Asked, sceneId: string): PlacedScene {
  const placed = allScenes(asked.project.value).find(({ scene }) => scene.id === sceneId);
  if (placed === undefined) throw impossible(asked, 'its scene is no longer in the film');
  return placed;
}

function requireFree(
  asked: Asked,
  present: readonly (Pick<Chapter, 'number'> & { readonly id: string })[],
  wanted: Pick<Chapter, 'number'> & { readonly id: string },
  what: string,
): void {
  if (present.some(({ id }) => id === wanted.id)) throw impossible(asked, `${what} is in the film already`);
  if (present.some(({ number }) => number === wanted.number))
    throw impossible(asked, `there is another ${what} now`);
}

function impossible({ entry }: Asked, reason: string): AuteurError {
  return new AuteurError('redo-impossible', { summary: entry.summary, reason });
}
