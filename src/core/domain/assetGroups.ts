import type { AssetCategory } from '../model/project.ts';
import { categoryFolders } from './assetPaths.ts';

/** The folders between the category and the asset: `Crew` of `01_Assets/Characters/Crew/Ada`. */
export function groupOf(category: AssetCategory, folder: string): readonly string[] {
  const start = `${categoryFolders[category]}/`;
  return folder.startsWith(start) ? folder.slice(start.length).split('/').slice(0, -1) : [];
}
