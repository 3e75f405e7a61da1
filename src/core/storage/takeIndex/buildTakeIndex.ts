import { AuteurError } from '../../errors.ts';
import { allScenes } from '../projectFiles.ts';
import type { ShotLists } from '../shotLists.ts';
import { listIndex, removeUnused, sceneIndexName } from './sceneIndex.ts';
import type { TakeIndex } from './takeIndex.ts';

export interface IndexBuild {
  readonly signal: AbortSignal;
  /** How many of the scenes that have no index yet are done. */
  readonly onProgress: (done: number, total: number) => void;
}

/** Makes the index of the scenes that have none, so that each can be opened at once; what there is keeps itself right. */
export async function buildTakeIndex(
  root: string,
  { lists, index }: { readonly lists: ShotLists; readonly index: TakeIndex },
  { signal, onProgress }: IndexBuild,
): Promise<void> {
  const { value: project } = await lists.project(root);
  const scenes = allScenes(project).map(({ scene }) => scene);
  const there = listIndex(root);
  removeUnused(root, new Set(scenes.map(({ id }) => sceneIndexName(id))));
  const missing = scenes.filter(({ id }) => !there.has(sceneIndexName(id)));
  for (const [done, scene] of missing.entries()) {
    if (signal.aborted) return;
    onProgress(done, missing.length);
    try {
      const { folders } = await lists.facts(root, scene);
      await index.scene(root, scene.id, folders);
    } catch (error) {
      // A list that cannot be read is told where its scene is shown.
      if (!AuteurError.is(error)) throw error;
    }
  }
  onProgress(missing.length, missing.length);
}
