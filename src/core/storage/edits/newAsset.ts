import { categoryFolders, hasDotStep } from '../../domain/assetPaths.ts';
import { excerpt } from '../../domain/excerpt.ts';
import { folderKey, folderNames, safeFolderName } from '../../domain/names.ts';
import { AuteurError } from '../../errors.ts';
import { Asset, assetSchemaVersion } from '../../model/asset.ts';
import { AssetId, newId } from '../../model/ids.ts';
import type { AssetCategory } from '../../model/project.ts';
import { RelativePath } from '../../model/relativePath.ts';
import { formatJson } from '../jsonFile.ts';
import { readFolder } from '../locate.ts';
import { resolveInside } from '../projectPath.ts';
import type { FilmDraft } from './filmDraft.ts';
import { placed } from './findAnyAsset.ts';

/**
 * The folder of a group within a category, each step a safe form of what was typed.
 * @throws AuteurError `value-invalid` where it leads elsewhere, or would be too long
 */
export function groupFolder(category: AssetCategory, within = ''): RelativePath {
  if (hasDotStep(within))
    throw refused(within, 'it is a folder within the category such as Crew/Deck, without "." and "..".');
  const steps = within.split(/[/\\]/).filter((step) => step.trim() !== '');
  const path = RelativePath.safeParse([categoryFolders[category], ...steps.map(safeFolderName)].join('/'));
  if (path.success) return path.data;
  throw refused(within, 'it is too long.');
}

function refused(within: string, reason: string): AuteurError {
  return new AuteurError('value-invalid', { name: 'folder', value: excerpt(within), reason });
}

/** Names that are taken in a folder of assets, in the form in which every system tells them apart. */
export async function takenFolders(draft: FilmDraft, parent: RelativePath): Promise<Set<string>> {
  const onDisk = await readFolder(await resolveInside(draft.root, parent));
  const inFilm = placed(draft.project)
    .filter(({ ref }) => folderKey(ref.folder).startsWith(`${folderKey(parent)}/`))
    .map(({ ref }) => ref.folder.slice(parent.length + 1).split('/')[0] ?? '');
  return new Set([...onDisk, ...inFilm].map(folderKey));
}

/** A free folder for a name; it counts as taken from now on. */
export function takeFolder(taken: Set<string>, parent: RelativePath, name: string): RelativePath {
  const names = folderNames(name);
  for (;;) {
    const folder = names.next().value;
    if (taken.has(folderKey(folder))) continue;
    taken.add(folderKey(folder));
    return RelativePath.parse(`${parent}/${folder}`);
  }
}

/** Where a text in a folder finds its schema. */
export function schemaReference(folder: RelativePath): string {
  return `${'../'.repeat(folder.split('/').length)}.auteur/asset.schema.json`;
}

/** A new asset and its text. */
export function newAsset(
  name: string,
  folder: RelativePath,
  values: Readonly<Record<string, unknown>> = {},
): { readonly id: AssetId; readonly text: string } {
  const id = newId(AssetId);
  const asset: unknown = {
    $schema: schemaReference(folder),
    schemaVersion: assetSchemaVersion,
    id,
    name,
    ...values,
  };
  return { id, text: formatJson(Asset.parse(asset)) };
}
