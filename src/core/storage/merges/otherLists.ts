import { shotIdsIn } from '../../domain/merge/mergeTexts.ts';
import { Project } from '../../model/project.ts';
import type { ShotList } from '../../model/shotList.ts';
import { allScenes, isReadOnly, readProject, readShotList } from '../projectFiles.ts';
import { ifReadable } from './ifReadable.ts';
import type { UnmergedText } from './unmergedTexts.ts';

/** A shot list that Git has merged, or that only one branch has changed. */
export interface OtherList {
  readonly path: string;
  readonly text: string;
  readonly value: ShotList;
}

/** The lists in which stands what a branch has taken out of an unmerged one. */
export async function otherLists(
  root: string,
  texts: readonly UnmergedText[],
): Promise<readonly OtherList[]> {
  const gone = new Set(
    texts.flatMap(({ base, ours, theirs }) => {
      const [here, there] = [new Set(shotIdsIn(ours)), new Set(shotIdsIn(theirs))];
      return shotIdsIn(base).filter((id) => !here.has(id) || !there.has(id));
    }),
  );
  if (gone.size === 0) return [];
  const unmerged = new Set<string>(texts.map(({ path }) => path));
  const scenes = (await projectsOf(root, texts)).flatMap((project) => allScenes(project));
  const lists = new Map(scenes.map(({ scene }) => [scene.shotList, scene]));
  const read = await Promise.all(
    [...lists.values()].map(async (scene): Promise<OtherList | undefined> => {
      if (unmerged.has(scene.shotList)) return undefined;
      const list = await ifReadable(readShotList(root, scene));
      if (list === undefined || isReadOnly(list)) return undefined;
      return list.value.shots.some(({ id }) => gone.has(id))
        ? { path: scene.shotList, text: list.text, value: list.value }
        : undefined;
    }),
  );
  return read.flatMap((one) => one ?? []);
}

/** The manifest; of an unmerged one, both. */
async function projectsOf(root: string, texts: readonly UnmergedText[]): Promise<readonly Project[]> {
  const text = texts.find(({ path }) => path === 'project.json');
  if (text === undefined) {
    const project = await ifReadable(readProject(root));
    return project === undefined ? [] : [project.value];
  }
  return [text.ours, text.theirs].flatMap((value) => Project.safeParse(value).data ?? []);
}
