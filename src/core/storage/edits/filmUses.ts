import { assetUses } from '../../domain/assetUses.ts';
import type { AssetUse } from '../../model/assetUse.ts';
import type { AssetId, SceneId } from '../../model/ids.ts';
import type { Shot } from '../../model/shotList.ts';
import { slateCode } from '../../model/address.ts';
import { allScenes, readProject, shotsOf, type PlacedScene } from '../projectFiles.ts';
import type { FilmDraft } from './filmDraft.ts';
import { findAnyAsset } from './findAnyAsset.ts';

export interface ShotInDraft {
  readonly shot: Shot;
  readonly scene: SceneId;
  readonly address: string;
}

/** All shots of the film as the draft has them. */
export async function shotsOfDraft(draft: FilmDraft): Promise<readonly ShotInDraft[]> {
  const all: ShotInDraft[] = [];
  for (const placed of allScenes(draft.project)) all.push(...(await shotsOfScene(draft, placed)));
  return all;
}

export async function shotsOfScene(
  draft: FilmDraft,
  { scene, address }: PlacedScene,
): Promise<readonly ShotInDraft[]> {
  const shots = (await draft.listFile(scene.shotList)).value?.shots ?? [];
  return shots.map((shot) => ({ shot, scene: scene.id, address: `${address}/${slateCode(shot.number)}` }));
}

export function usesInDraft(
  draft: FilmDraft,
  shots: readonly ShotInDraft[],
  id: AssetId,
): readonly AssetUse[] {
  return assetUses(draft.project, { scenes: allScenes(draft.project), shots }, id);
}

/**
 * Where the film on disk names an asset.
 * @throws AuteurError what `findAnyAsset` throws, `file-unreadable` where a shot list hides what it names
 */
export async function readAssetUses(root: string, asset: string): Promise<readonly AssetUse[]> {
  const { value: project } = await readProject(root);
  const { ref } = findAnyAsset(project, asset);
  const scenes = allScenes(project);
  const shots = await Promise.all(scenes.map((placed) => shotsOf(root, placed)));
  return assetUses(project, { scenes, shots: shots.flat() }, ref.id);
}
