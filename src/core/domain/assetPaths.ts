import { RelativePath } from '../model/relativePath.ts';

/** The text of an asset, beside its files. */
export function assetTextPath(folder: RelativePath): RelativePath {
  return RelativePath.parse(`${folder}/asset.json`);
}
