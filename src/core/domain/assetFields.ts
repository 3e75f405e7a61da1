import type * as z from 'zod';
import { AuteurError } from '../errors.ts';
import { Asset } from '../model/asset.ts';
import { Title } from '../model/title.ts';
import { assetFieldNames, isAssetField, type AssetFieldName } from './assetForms.ts';

/** What can be set of an asset, and what fits. */
export const assetFields = {
  name: Title,
  description: Asset.shape.description,
  keywords: Asset.shape.keywords,
  triggerWords: Asset.shape.triggerWords,
  negative: Asset.shape.negative,
  references: Asset.shape.references,
  wardrobe: Asset.shape.wardrobe,
} as const satisfies Record<AssetFieldName, z.ZodType | z.core.$ZodType>;

/** @throws AuteurError `field-unknown` */
export function assetFieldOf(name: string): AssetFieldName {
  if (isAssetField(name)) return name;
  throw new AuteurError('field-unknown', { kind: 'asset', name, known: assetFieldNames.join(', ') });
}
