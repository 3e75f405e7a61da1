import { folderKey, safeFolderName } from '../../domain/names.ts';
import type { AssetId } from '../../model/ids.ts';
import type { ClashChoice } from '../../protocol/importRequest.ts';
import { resolveInside } from '../projectPath.ts';
import { assetFiles } from './assetFiles.ts';
import { numberedNames, safeFileName, type Placement, type Placing } from './placing.ts';

/** Places files in the folder of one asset, below the folders they were found in. */
export class AssetPlacing implements Placing {
  readonly clashes: string[] = [];
  readonly #asset: { readonly id: AssetId; readonly folder: string };
  /** By the key of its path: where it stands, and whether it came with this import. */
  readonly #taken = new Map<string, { readonly path: string; readonly isNew: boolean }>();

  constructor(asset: { readonly id: AssetId; readonly folder: string }) {
    this.#asset = asset;
  }

  static async open(root: string, asset: { id: AssetId; folder: string }): Promise<AssetPlacing> {
    const placing = new AssetPlacing(asset);
    for (const { name } of await assetFiles(await resolveInside(root, asset.folder)))
      placing.#take(`${asset.folder}/${name}`, false);
    return placing;
  }

  place(steps: readonly string[], clash: ClashChoice): Promise<Placement> {
    return Promise.resolve(this.put(steps, clash));
  }

  put(steps: readonly string[], clash: ClashChoice): Placement {
    const { id: asset, folder } = this.#asset;
    const name = safeFileName(steps.at(-1) ?? '');
    const parent = [folder, ...steps.slice(0, -1).map(safeFolderName)].join('/');
    const taken = this.#taken.get(folderKey(`${parent}/${name}`));
    if (taken === undefined) return this.#new(`${parent}/${name}`);
    if (!taken.isNew) this.clashes.push(name);
    if (clash === 'skip') return { is: 'skipped', reason: `${name} is there already.` };
    if (clash === 'replace' && !taken.isNew) {
      this.#take(taken.path, true);
      return { is: 'replacing', path: taken.path, asset };
    }
    const names = numberedNames(name);
    for (;;) {
      const path = `${parent}/${names.next().value}`;
      if (!this.#taken.has(folderKey(path))) return this.#new(path);
    }
  }

  #new(path: string): Placement {
    this.#take(path, true);
    return { is: 'new', path, asset: this.#asset.id };
  }

  #take(path: string, isNew: boolean): void {
    this.#taken.set(folderKey(path), { path, isNew });
  }
}
