import { toFailure } from '../errors.ts';
import { extensionOf } from '../domain/mediaTypes.ts';
import { Asset, type WardrobeVariant } from '../model/asset.ts';
import type { AssetFileView, AssetView, WardrobeView } from '../protocol/assetViews.ts';
import { placed, type PlacedAsset } from './edits/findAnyAsset.ts';
import { assetFiles } from './imports/assetFiles.ts';
import { readAsset, readProject } from './projectFiles.ts';
import { resolveInside } from './projectPath.ts';
import type { Project } from '../model/project.ts';

/** What a browser draws, which is what a tree can show. */
const shown = new Set(['png', 'jpg', 'jpeg', 'gif', 'webp', 'bmp', 'avif']);
const atOnce = 16;

/** All assets of a film in the order of the manifest, with their files; one that cannot be read carries its problem. */
export async function readAssetViews(root: string): Promise<readonly AssetView[]> {
  const { value: project } = await readProject(root);
  const all = placed(project);
  const views: AssetView[] = [];
  for (let at = 0; at < all.length; at += atOnce)
    views.push(...(await Promise.all(all.slice(at, at + atOnce).map((one) => viewOf(root, project, one)))));
  return views;
}

async function viewOf(root: string, project: Project, { category, ref }: PlacedAsset): Promise<AssetView> {
  const { id, name, folder } = ref;
  let files: readonly AssetFileView[] = [];
  try {
    files = await assetFiles(await resolveInside(root, folder));
    const asset =
      (await readAsset(root, project, category, id)) ?? Asset.parse({ schemaVersion: 1, id, name });
    const { description, keywords, triggerWords, negative, wardrobe, references } = asset;
    const picture = pictureOf(asset, files);
    return {
      id,
      category,
      name,
      folder,
      files,
      ...(description === undefined ? {} : { description }),
      ...(keywords === undefined ? {} : { keywords }),
      ...(triggerWords === undefined ? {} : { triggerWords }),
      ...(negative === undefined ? {} : { negative }),
      ...(wardrobe === undefined ? {} : { wardrobe: wardrobe.map(wardrobeView) }),
      ...(references === undefined ? {} : { references }),
      ...(picture === undefined ? {} : { picture }),
    };
  } catch (error) {
    // A text that is broken takes away none of the files.
    return { id, category, name, folder, files, problem: toFailure(error) };
  }
}

function wardrobeView({ id, name, description }: WardrobeVariant): WardrobeView {
  return { id, name, ...(description === undefined ? {} : { description }) };
}

function pictureOf({ references = [] }: Asset, files: readonly AssetFileView[]): AssetFileView | undefined {
  const pictures = files.filter(({ name }) => shown.has(extensionOf(name)));
  return pictures.find(({ name }) => references.some((one) => one === name)) ?? pictures[0];
}
