import type { Asset } from '../model/asset.ts';
import type { AssetId } from '../model/ids.ts';
import { decidable, type Decidable, type Panel } from '../model/panel.ts';
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
  const { project, shot } = where;
  const [width, height] = project.settings.resolution;
  const decided = decidedIn(where);
  const backdrop = assets.location && assets.pictures.get(assets.location.id);
  return {
    project: project.name,
    address: where.address,
    description: shot.description,
    ...undecidedValues,
    ...decided,
    fps: project.settings.fps,
    styleKeywords: assets.style?.keywords ?? [],
    characters: assets.characters.map((asset) => characterOf(shot, asset, assets.pictures.get(asset.id))),
    width,
    height,
    undecided: decidable.filter((field) => decided[field] === undefined),
    ...(shot.dialogue === undefined ? {} : { dialogue: shot.dialogue }),
    ...(shot.lens === undefined ? {} : { lens: shot.lens }),
    ...(shot.duration === undefined ? {} : { duration: shot.duration }),
    ...(assets.location === undefined ? {} : { location: assets.location.name }),
    ...(backdrop === undefined ? {} : { backdrop }),
    ...(assets.style === undefined ? {} : { style: assets.style.name }),
  };
}

/** How what nobody decided is drawn. */
const undecidedValues = {
  size: 'MS',
  angle: 'eye',
  movement: 'static',
  setting: 'INT',
  timeOfDay: 'day',
} as const satisfies Pick<Panel, Decidable>;

function decidedIn({ scene, shot }: ShotInFilm): Partial<Pick<Panel, Decidable>> {
  const { size, angle, movement, setting = scene.setting, timeOfDay = scene.timeOfDay } = shot;
  return {
    ...(size === undefined ? {} : { size }),
    ...(angle === undefined ? {} : { angle }),
    ...(movement === undefined ? {} : { movement }),
    ...(setting === undefined ? {} : { setting }),
    ...(timeOfDay === undefined ? {} : { timeOfDay }),
  };
}

export function isUndecided({ undecided = [] }: Panel, field: Decidable): boolean {
  return undecided.includes(field);
}

/** As panels were before they told what nobody decided: then all of it was said. */
export function allSaid(panel: Panel): Panel {
  const { undecided, ...said } = panel;
  return undecided === undefined ? panel : said;
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
