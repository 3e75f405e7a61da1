import type { Studio } from '../../core/ports/studio.ts';
import type { PlaceRef } from '../../providers/contributions.ts';
import type { ProjectsView } from '../../providers/trees/registerProjectTree.ts';

interface Needs {
  readonly studio: Pick<Studio, 'film' | 'shots'>;
  readonly tree: Pick<ProjectsView, 'find'>;
}

/**
 * Asked before the user types what is to be written there: a text that cannot be written would be lost. Each film and
 * each scene is looked at once.
 * @throws AuteurError `file-unreadable` and its like, where the film, or the shot list of its scene, cannot be read
 */
export async function requireReadable(
  { studio, tree }: Needs,
  ...places: readonly PlaceRef[]
): Promise<void> {
  for (const root of new Set(places.map((place) => place.root))) {
    await studio.film(root);
    const within = places.filter((place) => place.root === root);
    const scenes = new Set(within.flatMap(({ address }) => /^[^/]+\/[^/]+/.exec(address ?? '') ?? []));
    for (const scene of scenes) {
      const node = await tree.find(root, scene);
      if (node?.kind === 'scene') await studio.shots(root, node.view.id);
    }
  }
}
