import type { Studio } from '../../core/ports/studio.ts';
import type { PlaceRef } from '../../providers/contributions.ts';
import type { ProjectsView } from '../../providers/trees/registerProjectTree.ts';

interface Needs {
  readonly studio: Pick<Studio, 'film' | 'shots'>;
  readonly tree: Pick<ProjectsView, 'find'>;
}

/**
 * Asked before the user types what is to be written there: a text that cannot be written would be lost.
 * @throws AuteurError `file-unreadable` and its like, where the film, or the shot list of its scene, cannot be read
 */
export async function requireReadable({ studio, tree }: Needs, { root, address }: PlaceRef): Promise<void> {
  await studio.film(root);
  const [chapter, scene] = address?.split('/') ?? [];
  if (chapter === undefined || scene === undefined) return;
  const node = await tree.find(root, `${chapter}/${scene}`);
  if (node?.kind === 'scene') await studio.shots(root, node.view.id);
}
