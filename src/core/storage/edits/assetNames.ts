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

/**
 * The assets that are meant by names or ids with commas between them. A comma may stand in a name, too: what is a name as
 * it is goes before what would be several.
 * @throws AuteurError as `findAsset`
 */
export function findAssets(project: Project, category: AssetCategory, typed: string): readonly AssetId[] {
  const assets = project.assets[category];
  const known = new Set(assets.flatMap(({ id, name }) => [id, folderKey(name)]));
  const longest = Math.max(1, ...assets.map(({ name }) => name.split(',').length));
  const parts = typed.split(',');
  const found: AssetId[] = [];
  for (let start = 0; start < parts.length;) {
    let length = Math.min(longest, parts.length - start);
    const name = (): string =>
      parts
        .slice(start, start + length)
        .join(',')
        .trim();
    while (length > 1 && !known.has(name()) && !known.has(folderKey(name()))) length--;
    if (name() !== '') found.push(findAsset(project, category, name()));
    start += length;
  }
  return found;
}

function unknownAsset(assets: readonly AssetRef[], list: AssetCategory, name: string): AuteurError {
  const word = shellWord(name, process.platform);
  const make = word === undefined ? `auteur asset add ${list}` : `auteur asset add ${list} ${word}`;
  const data = { category: categoryWord(list), name, make };
  if (assets.length === 0) return new AuteurError('asset-none', data);
  return new AuteurError('asset-unknown', { ...data, known: assets.map((one) => one.name).join(', ') });
}
