import { isDeepStrictEqual } from 'node:util';
import type { AssetId } from '../../core/model/ids.ts';
import type { AssetView } from '../../core/protocol/assetViews.ts';
import { categories, type Category } from './assetNodes.ts';

/** What is to be drawn anew: the film where a category has become empty or is so no more, else parts of it. */
export interface AssetChanges {
  readonly film: boolean;
  readonly categories: readonly Category[];
  readonly assets: readonly AssetId[];
}

/** Within a category that is drawn anew no asset is named. */
export function changedAssets(before: readonly AssetView[], after: readonly AssetView[]): AssetChanges {
  const pairs = categories.map((category) => ({
    category,
    old: before.filter((asset) => asset.category === category),
    now: after.filter((asset) => asset.category === category),
  }));
  const others = pairs.filter(({ old, now }) => !isDeepStrictEqual(old.map(lineOf), now.map(lineOf)));
  const same = pairs.filter((pair) => !others.includes(pair));
  return {
    film: others.some(({ old, now }) => (old.length === 0) !== (now.length === 0)),
    categories: others.map(({ category }) => category),
    assets: same.flatMap(({ old, now }) =>
      now.filter((asset, index) => !isDeepStrictEqual(asset, old[index])).map(({ id }) => id),
    ),
  };
}

/** Where its line stands, and whether it can be opened: in the editor one that can is another line. */
function lineOf({ id, folder, files }: AssetView): readonly unknown[] {
  return [id, folder, files.length > 0];
}

/** An asset whose text is broken or half-written stays as it was, with its problem. */
export function keepLastGood(
  before: readonly AssetView[],
  after: readonly AssetView[],
): readonly AssetView[] {
  const known = new Map(before.map((asset) => [asset.id, asset]));
  return after.map((asset) => (asset.problem === undefined ? asset : { ...known.get(asset.id), ...asset }));
}
