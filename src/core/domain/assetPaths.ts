import { assetCategories } from '../model/choices.ts';
import type { AssetCategory } from '../model/project.ts';
import { RelativePath } from '../model/relativePath.ts';

/** The folder of a category, relative to the project. */
export const categoryFolders: Readonly<Record<AssetCategory, string>> = {
  characters: '01_Assets/Characters',
  locations: '01_Assets/Locations',
  styles: '01_Assets/Styles',
  music: '01_Assets/Music',
};

/** `character` means `characters`, as people say it. */
export function categoryNamed(typed: string): AssetCategory | undefined {
  return assetCategories.find((one) => [one, one.replace(/s$/, '')].includes(typed.toLowerCase()));
}

/** What is meant by a category, a folder, or a category and a folder: `characters/Crew/Deck`. */
export function assetPlaceNamed(typed: string): {
  readonly category?: AssetCategory;
  readonly within: string;
} {
  const [first = '', ...rest] = typed.split(/[/\\]/);
  const category = categoryNamed(first);
  return category === undefined ? { within: typed } : { category, within: rest.join('/') };
}

/** Whether a step of a folder within a category is none of its own: `..` would lead out of it. */
export function hasDotStep(within: string): boolean {
  return within.split(/[/\\]/).some((step) => /^\s*\.+\s*$/.test(step));
}

/** As a sentence names one of them: "location", "piece of music". */
export function categoryWord(category: AssetCategory): string {
  return category === 'music' ? 'piece of music' : category.slice(0, -1);
}

/** The text of an asset, beside its files. */
export function assetTextPath(folder: RelativePath): RelativePath {
  return RelativePath.parse(`${folder}/asset.json`);
}
