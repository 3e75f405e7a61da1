import { beatsOfScene } from '../domain/beatsOfScene.ts';
import { allSaid, resolvePanel, shotAssetIds, type ShotAssets } from '../domain/panel.ts';
import { compositePrompt } from '../domain/prompt.ts';
import { wornIn } from '../domain/wardrobe.ts';
import type { Asset } from '../model/asset.ts';
import type { AssetId } from '../model/ids.ts';
import type { JobRequest } from '../model/job.ts';
import type { Panel } from '../model/panel.ts';
import type { AssetCategory, Project } from '../model/project.ts';
import type { RelativePath } from '../model/relativePath.ts';
import type { Shot } from '../model/shotList.ts';
import type { Take } from '../model/take.ts';
import { readAsset, type PlacedShot } from './projectFiles.ts';
import { mainReference } from './references.ts';

/** What a pipeline is asked for a shot, whatever its quality. */
export type ResolvedShot = Pick<JobRequest, 'panel' | 'prompt' | 'parameters'>;

interface ReadAsset {
  readonly asset: Asset | undefined;
  readonly picture: RelativePath | undefined;
}

/** Resolves shots of one film as it is now; an asset is read once, however many shots use it. */
export class ShotResolver {
  readonly #root: string;
  readonly #project: Project;
  readonly #assets = new Map<AssetId, Promise<ReadAsset>>();

  constructor(root: string, project: Project) {
    this.#root = root;
    this.#project = project;
  }

  resolve(placed: PlacedShot): Promise<ResolvedShot> {
    return this.#resolve(placed, (panel) => panel);
  }

  /** As it would have been resolved for a take when that was made; to compare, not to ask a pipeline with. */
  resolveAsFor({ panel }: Pick<Take, 'panel'>, placed: PlacedShot): Promise<ResolvedShot> {
    return panel?.undecided === undefined ? this.#resolve(placed, allSaid) : this.resolve(placed);
  }

  async #resolve({ scene, shot, address }: PlacedShot, told: (panel: Panel) => Panel): Promise<ResolvedShot> {
    const where = { project: this.#project, scene, shot, address };
    const assets = await this.#assetsOf(shotAssetIds(where), shot);
    const panel = told(resolvePanel(where, assets));
    const beats = beatsOfScene(this.#project, scene);
    const prompt = compositePrompt({ where, panel, ...assets, beats });
    return { panel, prompt, parameters: { width: panel.width, height: panel.height, fps: panel.fps } };
  }

  async #assetsOf(ids: ReturnType<typeof shotAssetIds>, shot: Shot): Promise<ShotAssets> {
    const characters = await Promise.all(
      ids.characters.map(async (id) => this.#dressed(shot, await this.#read('characters', id))),
    );
    const location = await this.#read('locations', ids.location);
    const style = await this.#read('styles', ids.style);
    const pictures = new Map<AssetId, RelativePath>();
    for (const { asset, picture } of [...characters, location])
      if (asset !== undefined && picture !== undefined) pictures.set(asset.id, picture);
    return {
      characters: characters.flatMap(({ asset }) => asset ?? []),
      location: location.asset,
      style: style.asset,
      pictures,
    };
  }

  #read(category: AssetCategory, id: AssetId | undefined): Promise<ReadAsset> {
    if (id === undefined) return Promise.resolve({ asset: undefined, picture: undefined });
    const known = this.#assets.get(id) ?? this.#readNow(category, id);
    this.#assets.set(id, known);
    return known;
  }

  /** With the picture of what is worn in the shot, where that has one of its own. */
  async #dressed(shot: Shot, read: ReadAsset): Promise<ReadAsset> {
    const { asset } = read;
    const references = asset && wornIn(shot, asset)?.references;
    const folder = this.#project.assets.characters.find(({ id }) => id === asset?.id)?.folder;
    if (asset === undefined || references === undefined || folder === undefined) return read;
    return { asset, picture: await mainReference(this.#root, folder, { ...asset, references }) };
  }

  async #readNow(category: AssetCategory, id: AssetId): Promise<ReadAsset> {
    const asset = await readAsset(this.#root, this.#project, category, id);
    const folder = this.#project.assets[category].find((one) => one.id === id)?.folder;
    const isPictured = category === 'characters' || category === 'locations';
    const picture =
      isPictured && asset !== undefined && folder !== undefined
        ? await mainReference(this.#root, folder, asset)
        : undefined;
    return { asset, picture };
  }
}
