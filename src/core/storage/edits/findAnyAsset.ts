import { assetCategories } from '../../model/choices.ts';
import { AuteurError } from '../../errors.ts';
import { AssetCategory, type Project } from '../../model/project.ts';
import { findAsset } from './assetNames.ts';

export interface PlacedAsset {
  readonly category: AssetCategory;
  readonly ref: Project['assets'][AssetCategory][number];
}

/**
 * The asset that is meant by an id, a name, or a category and a name (`characters/Ada`).
 * @throws AuteurError `asset-nowhere`, `asset-ambiguous`, `asset-unknown`, `asset-none`
 */
export function findAnyAsset(project: Project, wanted: string): PlacedAsset {
  const byId = placed(project).find(({ ref }) => ref.id === wanted);
  if (byId !== undefined) return byId;
  const [start = '', ...rest] = wanted.split('/');
  const category = AssetCategory.safeParse(start.toLowerCase());
  if (category.success && rest.length > 0) {
    const id = findAsset(project, category.data, rest.join('/'));
    const found = placed(project).find((one) => one.category === category.data && one.ref.id === id);
    if (found !== undefined) return found;
  }
  return byName(project, wanted);
}

function byName(project: Project, name: string): PlacedAsset {
  const found = assetCategories.flatMap((category) => {
    try {
      const id = findAsset(project, category, name);
      return placed(project).filter((one) => one.category === category && one.ref.id === id);
    } catch (error) {
      if (AuteurError.is(error, 'asset-unknown') || AuteurError.is(error, 'asset-none')) return [];
      throw error;
    }
  });
  const [first, ...others] = found;
  if (first === undefined) throw new AuteurError('asset-nowhere', { name });
  if (others.length === 0) return first;
  const ids = found.map(({ category, ref }) => `${category}/${ref.name}`).join(', ');
  throw new AuteurError('asset-ambiguous', { category: 'asset', name, ids });
}

export function placed({ assets }: Project): readonly PlacedAsset[] {
  return assetCategories.flatMap((category) => assets[category].map((ref) => ({ category, ref })));
}
