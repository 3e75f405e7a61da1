import type * as z from 'zod';

/** How the values of an asset are typed: one line, several, words with commas, or `name: description` with semicolons. */
export const assetForms = {
  name: 'text',
  description: 'lines',
  keywords: 'words',
  triggerWords: 'words',
  negative: 'words',
  references: 'words',
  wardrobe: 'wardrobe',
} as const;

export type AssetFieldName = keyof typeof assetForms;
export const assetFieldNames: readonly AssetFieldName[] = Object.keys(assetForms).filter(isAssetField);

export function isAssetField(name: string): name is AssetFieldName {
  return Object.hasOwn(assetForms, name);
}

/** What a typed text means for a field; empty takes the value away. */
export function assetValueFrom(name: AssetFieldName, typed: string): z.core.util.JSONType {
  if (typed.trim() === '') return null;
  switch (assetForms[name]) {
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
