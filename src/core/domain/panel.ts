import type { Asset } from '../model/asset.ts';
import type { AssetId } from '../model/ids.ts';
import type { Panel } from '../model/panel.ts';
import type { Project, Scene } from '../model/project.ts';
import type { RelativePath } from '../model/relativePath.ts';
import type { Shot } from '../model/shotList.ts';
import { wornIn, wornWords } from './wardrobe.ts';

export interface ShotInFilm {
  readonly project: Project;
  readonly scene: Scene;
  readonly shot: Shot;
  readonly address: string;
}

export interface ShotAssets {
  readonly characters: readonly Asset[];
  readonly location: Asset | undefined;
  readonly style: Asset | undefined;
  /** The main reference picture of an asset that has one. */
  readonly pictures: ReadonlyMap<AssetId, RelativePath>;
}

/** Which assets a shot uses: location is the shot's, else the scene's; style is the shot's, the scene's, the film's. */
export function shotAssetIds({ project, scene, shot }: ShotInFilm): {
  characters: readonly AssetId[];
  location: AssetId | undefined;
  style: AssetId | undefined;
} {
  return {
    characters: shot.characters ?? [],
    location: shot.location ?? scene.location,
    style: shot.style ?? scene.style ?? project.settings.style,
  };
}

/** A shot with every reference resolved to words, and the film's frame. */
export function resolvePanel(where: ShotInFilm, assets: ShotAssets): Panel {
  const { project, scene, shot } = where;
  const [width, height] = project.settings.resolution;
  const backdrop = assets.location && assets.pictures.get(assets.location.id);
  return {
    project: project.name,
    address: where.address,
    description: shot.description,
    size: shot.size ?? 'MS',
    angle: shot.angle ?? 'eye',
    movement: shot.movement ?? 'static',
    fps: project.settings.fps,
    setting: shot.setting ?? scene.setting ?? 'INT',
    timeOfDay: shot.timeOfDay ?? scene.timeOfDay ?? 'day',
    styleKeywords: assets.style?.keywords ?? [],
    characters: assets.characters.map((asset) => characterOf(shot, asset, assets.pictures.get(asset.id))),
    width,
    height,
    ...(shot.dialogue === undefined ? {} : { dialogue: shot.dialogue }),
    ...(shot.lens === undefined ? {} : { lens: shot.lens }),
    ...(shot.duration === undefined ? {} : { duration: shot.duration }),
    ...(assets.location === undefined ? {} : { location: assets.location.name }),
    ...(backdrop === undefined ? {} : { backdrop }),
    ...(assets.style === undefined ? {} : { style: assets.style.name }),
  };
}

/** What is worn comes first: where both name a colour, it is that of the clothes. */
function characterOf(
  shot: Shot,
  character: Asset,
  reference: RelativePath | undefined,
): Panel['characters'][number] {
  const { name } = character;
  const worn = wornIn(shot, character);
  const description = [worn && wornWords(worn), character.description].filter(Boolean).join('; ');
  return {
    name,
    ...(description === '' ? {} : { description }),
    ...(reference === undefined ? {} : { reference }),
  };
}
