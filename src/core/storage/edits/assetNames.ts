import process from 'node:process';
import { categoryWord } from '../../domain/assetPaths.ts';
import { folderKey } from '../../domain/names.ts';
import { shellWord } from '../../domain/shellWord.ts';
import { AuteurError } from '../../errors.ts';
import type { AssetId } from '../../model/ids.ts';
import type { AssetCategory, Project } from '../../model/project.ts';

type AssetRef = Project['assets'][AssetCategory][number];

/**
 * The asset that is meant by a name or an id.
 * @throws AuteurError `asset-none`, `asset-unknown`, `asset-ambiguous`
 */
export function findAsset(project: Project, category: AssetCategory, name: string): AssetId {
  const assets = project.assets[category];
  // What was written exactly goes before what is only like it: "Ada" and "ada" may be two people.
  const likeness = [
    (asset: AssetRef) => asset.id === name,
    (asset: AssetRef) => asset.name === name,
    (asset: AssetRef) => asset.name.normalize('NFC') === name.normalize('NFC'),
    (asset: AssetRef) => folderKey(asset.name) === folderKey(name),
  ];
  const [found, ...others] =
    likeness.map((isLike) => assets.filter(isLike)).find(({ length }) => length > 0) ?? [];
  if (others.length > 0) {
    const ids = assets.filter((asset) => folderKey(asset.name) === folderKey(name)).map(({ id }) => id);
    throw new AuteurError('asset-ambiguous', {
      category: category.replace(/s$/, ''),
      name,
      ids: ids.join(', '),
    });
  }
  if (found !== undefined) return found.id;
  throw unknownAsset(assets, category, name);
}

function unknownAsset(assets: readonly AssetRef[], list: AssetCategory, name: string): AuteurError {
  const word = shellWord(name, process.platform);
  const make = word === undefined ? `auteur asset add ${list}` : `auteur asset add ${list} ${word}`;
  const data = { category: categoryWord(list), name, make };
  if (assets.length === 0) return new AuteurError('asset-none', data);
  return new AuteurError('asset-unknown', { ...data, known: assets.map((one) => one.name).join(', ') });
}
