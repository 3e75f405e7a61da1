import type * as z from 'zod';
import { AuteurError } from '../errors.ts';
import { Asset } from '../model/asset.ts';
import { Title } from '../model/title.ts';

/** How a value of an asset is typed. */
export interface AssetField {
  /** One line, several lines, words with commas between them, or `name: description` with semicolons between. */
  readonly form: 'text' | 'lines' | 'words' | 'wardrobe';
  readonly schema: z.ZodType | z.core.$ZodType;
}

/** What can be set of an asset. */
export const assetFields = {
  name: { form: 'text', schema: Title },
  description: { form: 'lines', schema: Asset.shape.description },
  keywords: { form: 'words', schema: Asset.shape.keywords },
  triggerWords: { form: 'words', schema: Asset.shape.triggerWords },
  negative: { form: 'words', schema: Asset.shape.negative },
  references: { form: 'words', schema: Asset.shape.references },
  wardrobe: { form: 'wardrobe', schema: Asset.shape.wardrobe },
} as const satisfies Record<string, AssetField>;

export type AssetFieldName = keyof typeof assetFields;
export const assetFieldNames: readonly string[] = Object.keys(assetFields);

/** @throws AuteurError `field-unknown` */
export function assetFieldOf(name: string): AssetFieldName {
  if (isAssetField(name)) return name;
  throw new AuteurError('field-unknown', { kind: 'asset', name, known: assetFieldNames.join(', ') });
}

function isAssetField(name: string): name is AssetFieldName {
  return Object.hasOwn(assetFields, name);
}

/** What a typed text means for a field; empty takes the value away. */
export function assetValueFrom(name: AssetFieldName, typed: string): z.core.util.JSONType {
  if (typed.trim() === '') return null;
  switch (assetFields[name].form) {
    case 'text':
    case 'lines':
      return typed;
    case 'words':
      return parts(typed, ',');
    case 'wardrobe':
      return parts(typed, ';').map((part) => {
        const at = part.indexOf(':');
        if (at === -1) return { name: part };
        return { name: part.slice(0, at).trim(), description: part.slice(at + 1).trim() };
      });
  }
}

function parts(typed: string, separator: string): string[] {
  return typed
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
