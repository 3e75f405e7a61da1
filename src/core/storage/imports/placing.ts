import { extensionOf } from '../../domain/mediaTypes.ts';
import { safeFolderName } from '../../domain/names.ts';
import type { AssetId } from '../../model/ids.ts';
import type { RelativePath } from '../../model/relativePath.ts';
import type { ClashChoice } from '../../protocol/importRequest.ts';

/** An asset that the import makes. */
export interface MadeAsset {
  readonly value: { readonly id: AssetId; readonly name: string; readonly folder: RelativePath };
  readonly text: string;
}

/** What becomes of one file. */
export type Placement =
  | { readonly is: 'new'; readonly path: string; readonly asset: AssetId; readonly made?: MadeAsset }
  | { readonly is: 'replacing'; readonly path: string; readonly asset: AssetId }
  | { readonly is: 'skipped'; readonly reason: string };

/** Finds a place for one file after the other; each counts as taken for the next. */
export interface Placing {
  /** Names that were found taken, as the user knows them. */
  readonly clashes: readonly string[];
  place(steps: readonly string[], clash: ClashChoice): Promise<Placement>;
}

/** A file's name in a form that is one on every system; its type is kept. */
export function safeFileName(name: string): string {
  const extension = extensionOf(name);
  return `${safeFolderName(stemOf(name))}.${extension}`;
}

export function stemOf(name: string): string {
  return name.slice(0, name.length - extensionOf(name).length - 1);
}

/** The same name with a number behind it, from 2 upwards. */
export function* numberedNames(name: string): Generator<string, never> {
  for (let count = 2; ; count++) yield `${stemOf(name)}_${count}.${extensionOf(name)}`;
}
