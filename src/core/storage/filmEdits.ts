import { formatAddress, slateCode } from '../model/address.ts';
import { ChapterId, newId, SceneId, type JobId } from '../model/ids.ts';
import type { NewShot } from '../ports/studio.ts';
import { editFilm, planOf, type FilmEdit } from './edits/editFilm.ts';
import type { FilmOp } from './edits/filmOp.ts';
import { newShot } from './edits/newShot.ts';
import { requireTitle } from './edits/requireTitle.ts';
import { emptyList, freeShotList } from './newShotList.ts';
import { findChapter, findScene, findShot } from './projectFiles.ts';

/** Appends a chapter; its number is the next one and never reused. */
export async function addChapter(root: string, title: string): Promise<FilmEdit> {
  const name = requireTitle(title);
  return editFilm(root, async (draft) => {
    const { project } = draft;
    const { nextNumber, chapters } = project.narrative;
    const number = Math.max(nextNumber, ...chapters.map((chapter) => chapter.number + 1));
    const value = { id: newId(ChapterId), number, title: name, scenes: [] };
    const address = slateCode(number);
    const after = chapters.at(-1)?.id ?? null;
    const ops: FilmOp[] = [{ op: 'insert', list: { of: 'chapters' }, value, after }];
    return planOf(draft, {
      summary: `Add chapter ${address}: ${name}`,
      node: { address, id: value.id },
      ops,
    });
  });
}

/** Appends a scene with an empty shot list. Scene numbers are unique in the whole film. */
export async function addScene(root: string, chapterAddress: string, title: string): Promise<FilmEdit> {
  const name = requireTitle(title);
  return editFilm(root, async (draft) => {
    const { project } = draft;
    const { chapter } = findChapter(project, chapterAddress);
    const id = newId(SceneId);
    const { number, path, ...left } = await freeShotList(root, project, { chapter: chapter.number });
    const value = { id, number, title: name, shotList: path };
    const address = formatAddress({ chapter: chapter.number, scene: number });
    const after = chapter.scenes.at(-1)?.id ?? null;
    // The manifest comes last: until it names the list, the list is nobody's.
    const ops: FilmOp[] = [
      { op: 'file', path, ...left, to: emptyList(id) },
      { op: 'insert', list: { of: 'scenes', chapter: chapter.id }, value, after },
    ];
    return planOf(draft, { summary: `Add scene ${address}: ${name}`, node: { address, id }, ops });
  });
}

/** Appends a shot to a scene's shot list. Characters, location and style may be given by name or id. */
export async function addShot(root: string, sceneAddress: string, request: NewShot): Promise<FilmEdit> {
  return editFilm(root, async (draft) => {
    const placed = findScene(draft.project, sceneAddress);
    const { nextNumber, shots } = await draft.beginList(placed);
    const number = Math.max(nextNumber, ...shots.map((shot) => shot.number + 1));
    const value = newShot(draft.project, placed, number, request);
    const { chapter, scene } = placed;
    const address = formatAddress({ chapter: chapter.number, scene: scene.number, shot: number });
    const after = shots.at(-1)?.id ?? null;
    const ops: FilmOp[] = [{ op: 'insert', list: { of: 'shots', scene: scene.id }, value, after }];
    return planOf(draft, { summary: `Add shot ${address}`, node: { address, id: value.id }, ops });
  });
}

/** Writes the explicit choice of the take a shot shows. */
export async function setActiveTake(root: string, address: string, takeId: JobId): Promise<FilmEdit> {
  return editFilm(root, async (draft) => {
    const { project } = draft;
    const { shot, scene } = await findShot(root, project, address);
    const place = { of: 'shot', scene: scene.id, id: shot.id } as const;
    const from = shot.activeTake === undefined ? {} : { from: shot.activeTake };
    const ops: FilmOp[] =
      shot.activeTake === takeId ? [] : [{ op: 'set', place, field: ['activeTake'], ...from, to: takeId }];
    return planOf(draft, {
      summary: `Choose the active take of ${address}`,
      node: { address, id: shot.id },
      ops,
    });
  });
}
