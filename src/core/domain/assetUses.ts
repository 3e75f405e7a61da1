import type { AssetUse } from '../model/assetUse.ts';
import type { AssetId } from '../model/ids.ts';
import type { Project, Scene } from '../model/project.ts';
import type { Shot } from '../model/shotList.ts';

export interface UsingScene {
  readonly scene: Scene;
  readonly address: string;
}

export interface UsingShot {
  readonly shot: Shot;
  readonly address: string;
}

/** Where a film names an asset, in film order. */
export function assetUses(
  project: Project,
  { scenes, shots }: { readonly scenes: readonly UsingScene[]; readonly shots: readonly UsingShot[] },
  id: AssetId,
): readonly AssetUse[] {
  const film: AssetUse[] =
    project.settings.style === id ? [{ kind: 'project', address: '', as: 'style' }] : [];
  const inScenes = scenes.flatMap(({ scene, address }): AssetUse[] =>
    placesOf(scene, id).map((as) => ({ kind: 'scene', address, as })),
  );
  const inShots = shots.flatMap(({ shot, address }): AssetUse[] => {
    const cast: readonly AssetUse['as'][] = shot.characters?.includes(id) === true ? ['character'] : [];
    return [...cast, ...placesOf(shot, id)].map((as) => ({ kind: 'shot', address, as }));
  });
  return [...film, ...inScenes, ...inShots];
}

function placesOf({ location, style }: Pick<Shot, 'location' | 'style'>, id: AssetId): AssetUse['as'][] {
  return [...(location === id ? ['location' as const] : []), ...(style === id ? ['style' as const] : [])];
}
