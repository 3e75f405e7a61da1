import type { AssetCategory } from '../model/project.ts';
import { RelativePath } from '../model/relativePath.ts';

/** The folder of a category, relative to the project. */
export const categoryFolders: Readonly<Record<AssetCategory, string>> = {
  characters: '01_Assets/Characters',
  locations: '01_Assets/Locations',
  styles: '01_Assets/Styles',
  music: '01_Assets/Music',
};

export const assetCategories = ['characters', 'locations', 'styles', 'music'] as const;

/** As a sentence names one of them: "location", "piece of music". */
export function categoryWord(category: AssetCategory): string {
  return category === 'music' ? 'piece of music' : category.slice(0, -1);
}

/** The text of an asset, beside its files. */
export function assetTextPath(folder: RelativePath): RelativePath {
  return RelativePath.parse(`${folder}/asset.json`);
}
