import path from 'node:path';
import * as vscode from 'vscode';
import { legible } from '../../core/domain/legible.ts';
import { typesOf } from '../../core/domain/mediaTypes.ts';
import { AuteurError } from '../../core/errors.ts';
import type { AssetPlace, AssetRef } from '../../providers/contributions.ts';
import { categoryName } from '../../providers/assets/assetItem.ts';
import { categories, type Category } from '../../providers/assets/assetNodes.ts';
import { plainLabel } from '../../providers/plainText.ts';
import { moveAssets } from './assetMove.ts';
import { editAsset, renameAsset } from './assetValues.ts';
import { chooseProject } from './choosePlace.ts';
import { confirmDelete } from './confirmDelete.ts';
import { assetsQuestion } from './deleteQuestion.ts';
import { importAssets } from './importAssets.ts';
import type { AssetNeeds } from './assetNeeds.ts';
import { command, requireTrust, type Command } from './command.ts';
import { revealFile } from './revealFile.ts';
import { checkTitle } from './shotLine.ts';
import { askChoice, askText, back } from './steps.ts';

export function assetCommands(needs: AssetNeeds): readonly Command[] {
  return [
    command(needs, 'auteur.asset.create', (place) => create(needs, place)),
    command(needs, 'auteur.asset.import', (place) => importInto(needs, place, 'files')),
    command(needs, 'auteur.asset.importFolder', (place) => importInto(needs, place, 'folders')),
    command(needs, 'auteur.asset.edit', (asset) => editAsset(needs, theOne(needs, asset))),
    command(needs, 'auteur.asset.rename', (asset) => renameAsset(needs, theOne(needs, asset))),
    command(needs, 'auteur.asset.delete', (asset, selected) => remove(needs, asset, selected)),
    command(needs, 'auteur.asset.move', (asset, selected) =>
      moveAssets(needs, clicked(needs, asset, selected)),
    ),
    command(needs, 'auteur.asset.uses', (asset) => showUses(needs, theOne(needs, asset))),
    command(needs, 'auteur.asset.reveal', (asset) => reveal(needs, asset ?? theOne(needs, asset))),
  ];
}

/** What was clicked with what else is selected; from the keyboard what is selected. */
function clicked(
  { assets }: AssetNeeds,
  asset: AssetRef | undefined,
  selected: readonly AssetPlace[] | undefined,
): readonly AssetRef[] {
  const places: readonly AssetPlace[] =
    asset === undefined ? assets.selection : selected?.includes(asset) === true ? selected : [asset];
  return places.filter(isAsset);
}

function isAsset(place: AssetPlace): place is AssetRef {
  return place.assetId !== undefined && !('kind' in place && place.kind === 'file');
}

/** What was clicked; from the keyboard what is selected. */
function theOne({ assets }: AssetNeeds, asset: AssetRef | undefined): AssetRef {
  const found = asset ?? assets.selection.find((place) => place.kind === 'asset');
  if (found === undefined) throw new vscode.CancellationError();
  return found;
}

async function askCategory({ t }: AssetNeeds): Promise<Category> {
  const choices = categories.map((value) => ({ label: categoryName(t, value), value }));
  const placeholder = t('What kind of asset?');
  const answer = await askChoice({ title: t('New Asset'), placeholder, choices, step: 1, totalSteps: 1 });
  if (answer === back) throw new vscode.CancellationError();
  return answer;
}

async function create(needs: AssetNeeds, place: AssetPlace | undefined): Promise<void> {
  const { t, studio, assets } = needs;
  requireTrust();
  const { root } = place ?? (await chooseProject(needs, t('New Asset')));
  const category = place?.category ?? (await askCategory(needs));
  const { name, description } = await askNew(needs, category);
  const { nodes } = await studio.edit(root, {
    kind: 'addAsset',
    category,
    name: name.trim(),
    ...(description.trim() === '' ? {} : { values: { description: description.trim() } }),
    ...(place?.within === undefined ? {} : { within: place.within }),
  });
  const [made] = nodes;
  if (made !== undefined) await assets.reveal(root, made.id);
}

async function askNew(
  { t }: AssetNeeds,
  category: Category,
): Promise<{ readonly name: string; readonly description: string }> {
  const title = t('New Asset: {category}', { category: categoryName(t, category) });
  const questions = {
    name: { title, prompt: t('Name'), placeholder: '', check: (value: string) => checkTitle(t, value) },
    description: {
      title,
      prompt:
        category === 'music'
          ? t('How does it sound? May stay empty.')
          : t('How does it look? May stay empty.'),
      placeholder: '',
      check: () => ({}),
    },
  };
  let name = '';
  for (;;) {
    const named = await askText({ ...questions.name, value: name, step: 1, totalSteps: 2 });
    if (named === back) continue;
    name = named;
    const description = await askText({ ...questions.description, value: '', step: 2, totalSteps: 2 });
    if (description !== back) return { name, description };
  }
}

/** Systems have no dialog for both files and folders. */
async function importInto(
  needs: AssetNeeds,
  place: AssetPlace | undefined,
  what: 'files' | 'folders',
): Promise<void> {
  const { t } = needs;
  requireTrust();
  const { root } = place ?? (await chooseProject(needs, t('Import')));
  const asset = place?.assetId;
  const category = place?.category ?? (asset === undefined ? await askCategory(needs) : undefined);
  const types =
    category === undefined || what === 'folders'
      ? {}
      : { filters: { [categoryName(t, category)]: [...typesOf(category)] } };
  const uris = await vscode.window.showOpenDialog({
    title: t('Import into the Film'),
    openLabel: t('Import'),
    canSelectMany: true,
    canSelectFiles: what === 'files',
    canSelectFolders: what === 'folders',
    defaultUri: await stockMedia(root),
    ...types,
  });
  if (uris === undefined) return;
  const sources = uris.map(({ fsPath }) => fsPath);
  const within = place?.within === undefined ? {} : { within: place.within };
  if (asset !== undefined) await importAssets(needs, { root, sources, target: { asset } });
  else if (category !== undefined)
    await importAssets(needs, { root, sources, target: { category, ...within } });
}

/** Where the library has stock media, else the film: a dialog at a place that is not there opens anywhere. */
async function stockMedia(root: string): Promise<vscode.Uri> {
  const stock = vscode.Uri.file(path.join(root, '..', '..', 'Library', 'Stock_Media'));
  try {
    await vscode.workspace.fs.stat(stock);
    return stock;
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError)) throw error;
    return vscode.Uri.file(root);
  }
}

async function remove(
  needs: AssetNeeds,
  asset: AssetRef | undefined,
  selected: readonly AssetPlace[] | undefined,
): Promise<void> {
  const { t, studio, assets } = needs;
  requireTrust();
  const targets = clicked(needs, asset, selected);
  const [first] = targets;
  if (first === undefined) return;
  const { root } = first;
  if (targets.some((one) => one.root !== root)) throw new AuteurError('drop-elsewhere');
  const ids = [...new Set(targets.map(({ assetId }) => assetId))];
  const views = await Promise.all(ids.map((id) => assets.find(root, id)));
  const names = views.map((view) => legible(view?.name ?? ''));
  const uses = (await Promise.all(ids.map((id) => studio.assetUses(root, id)))).flat();
  const places = new Set(uses.map(({ address }) => (address === '' ? t('the film') : address)));
  if (await confirmDelete(t, assetsQuestion(t, names, [...places])))
    await studio.edit(root, { kind: 'deleteAssets', assets: ids, force: uses.length > 0 });
}

async function showUses(needs: AssetNeeds, { root, assetId }: AssetRef): Promise<void> {
  const { t, studio, tree, assets } = needs;
  const uses = await studio.assetUses(root, assetId);
  const name = legible((await assets.find(root, assetId))?.name ?? '');
  const items = uses.map(({ address, as }) => ({
    label: plainLabel(address === '' ? t('the film') : address),
    description: as,
    address,
  }));
  const placeHolder =
    items.length === 0 ? t('"{name}" is used nowhere yet.', { name }) : t('Where "{name}" is used', { name });
  const chosen = await vscode.window.showQuickPick(items, { placeHolder });
  if (chosen === undefined) return;
  await tree.show();
  await tree.reveal(root, chosen.address === '' ? undefined : chosen.address);
}

/** The folder of an asset; of a line that stands for a file, the file. */
async function reveal({ assets }: AssetNeeds, { root, assetId, file }: AssetRef): Promise<void> {
  const view = await assets.find(root, assetId);
  if (view === undefined) throw new AuteurError('asset-nowhere', { name: assetId });
  const found = path.join(root, view.folder, file ?? '');
  await revealFile(vscode.Uri.file(found));
}
