import path from 'node:path';
import * as vscode from 'vscode';
import { legible } from '../../core/domain/legible.ts';
import { typesOf } from '../../core/domain/mediaTypes.ts';
import { AuteurError } from '../../core/errors.ts';
import type { AssetPlace, AssetRef } from '../../providers/contributions.ts';
import { categoryName } from '../../providers/assets/assetItem.ts';
import { categories, type Category } from '../../providers/assets/assetNodes.ts';
import { plainLabel, plainMessage } from '../../providers/plainText.ts';
import { editAsset, renameAsset } from './assetValues.ts';
import { chooseProject } from './choosePlace.ts';
import { importAssets } from './importAssets.ts';
import type { AssetNeeds } from './assetNeeds.ts';
import { registerCommand, requireTrust } from './registerCommand.ts';
import { checkTitle } from './shotLine.ts';
import { ask, askChoice, back } from './steps.ts';

export function registerAssetCommands(needs: AssetNeeds): readonly vscode.Disposable[] {
  return [
    registerCommand(needs, 'auteur.asset.create', (place) => create(needs, place)),
    registerCommand(needs, 'auteur.asset.import', (place) => importInto(needs, place)),
    registerCommand(needs, 'auteur.asset.edit', (asset) => editAsset(needs, theOne(needs, asset))),
    registerCommand(needs, 'auteur.asset.rename', (asset) => renameAsset(needs, theOne(needs, asset))),
    registerCommand(needs, 'auteur.asset.delete', (asset, selected) => remove(needs, asset, selected)),
    registerCommand(needs, 'auteur.asset.uses', (asset) => showUses(needs, theOne(needs, asset))),
    registerCommand(needs, 'auteur.asset.reveal', (asset) => reveal(needs, theOne(needs, asset))),
  ];
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
  const { t, studio } = needs;
  requireTrust();
  const { root } = place ?? (await chooseProject(needs, t('New Asset')));
  const category = place?.category ?? (await askCategory(needs));
  const name = await ask({
    title: t('New Asset: {category}', { category: categoryName(t, category) }),
    prompt: t('Name'),
    placeholder: '',
    check: (value) => checkTitle(t, value),
  });
  const within = place?.within === undefined ? {} : { within: place.within };
  await studio.edit(root, { kind: 'addAsset', category, name: name.trim(), ...within });
}

async function importInto(needs: AssetNeeds, place: AssetPlace | undefined): Promise<void> {
  const { t } = needs;
  requireTrust();
  const { root } = place ?? (await chooseProject(needs, t('Import')));
  const asset = place?.assetId;
  const category = place?.category ?? (asset === undefined ? await askCategory(needs) : undefined);
  const types =
    category === undefined ? {} : { filters: { [categoryName(t, category)]: [...typesOf(category)] } };
  const stock = vscode.Uri.file(path.join(root, '..', '..', 'Library', 'Stock_Media'));
  const uris = await vscode.window.showOpenDialog({
    title: t('Import into the Film'),
    openLabel: t('Import'),
    canSelectMany: true,
    defaultUri: stock,
    ...types,
  });
  if (uris === undefined) return;
  const sources = uris.map(({ fsPath }) => fsPath);
  const within = place?.within === undefined ? {} : { within: place.within };
  if (asset !== undefined) await importAssets(needs, { root, sources, target: { asset } });
  else if (category !== undefined)
    await importAssets(needs, { root, sources, target: { category, ...within } });
}

async function remove(
  needs: AssetNeeds,
  asset: AssetRef | undefined,
  selected: readonly AssetPlace[] | undefined,
): Promise<void> {
  const { t, studio, assets } = needs;
  requireTrust();
  const clicked: readonly AssetPlace[] =
    asset === undefined ? assets.selection : selected?.includes(asset) === true ? selected : [asset];
  const targets = clicked.filter(isAsset);
  const [first] = targets;
  if (first === undefined) return;
  const { root } = first;
  if (targets.some((one) => one.root !== root)) throw new AuteurError('drop-elsewhere');
  const ids = [...new Set(targets.map(({ assetId }) => assetId))];
  const name = (await assets.find(root, first.assetId))?.name ?? '';
  const uses = (await Promise.all(ids.map((id) => studio.assetUses(root, id)))).flat();
  const question =
    ids.length === 1
      ? t('Delete "{name}"?', { name: legible(name) })
      : t('Delete these {count}?', { count: ids.length });
  const places = [...new Set(uses.map(({ address }) => (address === '' ? t('the film') : address)))].join(
    ', ',
  );
  const detail =
    uses.length === 0
      ? t('Undo Edit brings it back.')
      : t('It is used in {places}, and will be taken out there. Undo Edit brings everything back.', {
          places,
        });
  const yes = t('Delete');
  const answer = await vscode.window.showWarningMessage(plainMessage(question), { modal: true, detail }, yes);
  if (answer === yes) await studio.edit(root, { kind: 'deleteAssets', assets: ids, force: uses.length > 0 });
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

async function reveal({ assets }: AssetNeeds, { root, assetId }: AssetRef): Promise<void> {
  const view = await assets.find(root, assetId);
  if (view === undefined) throw new AuteurError('asset-nowhere', { name: assetId });
  await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(path.join(root, view.folder)));
}
