import type { ShotList } from '../../model/shotList.ts';
import type { DraftFile } from '../edits/draftFile.ts';
import type { FilmDraft } from '../edits/filmDraft.ts';
import { allScenes, isReadOnly, type PlacedScene } from '../projectFiles.ts';
import { ifReadable } from './ifReadable.ts';

export interface DraftList {
  readonly placed: PlacedScene;
  readonly file: DraftFile<ShotList>;
}

/** The shot lists that can be read and written, each once, in the order of the film. */
export async function draftLists(draft: FilmDraft): Promise<readonly DraftList[]> {
  const lists = new Map<DraftFile<ShotList>, DraftList>();
  for (const placed of allScenes(draft.project)) {
    const one = await draftList(draft, placed);
    if (one !== undefined && !lists.has(one.file)) lists.set(one.file, one);
  }
  return [...lists.values()];
}

export async function draftList(draft: FilmDraft, placed: PlacedScene): Promise<DraftList | undefined> {
  const file = await ifReadable(draft.listFile(placed.scene.shotList));
  if (file?.file !== undefined && isReadOnly(file.file)) return undefined;
  return file?.value === undefined ? undefined : { placed, file };
}
