import * as vscode from 'vscode';
import { legible } from '../../core/domain/legible.ts';
import { AuteurError } from '../../core/errors.ts';
import type { AssetView } from '../../core/protocol/assetViews.ts';
import type { AssetRef } from '../../providers/contributions.ts';
import { plainLabel } from '../../providers/plainText.ts';
import type { Translate } from '../../providers/translate.ts';
import type { AssetNeeds } from './assetNeeds.ts';
import { requireTrust } from './registerCommand.ts';
import { checkTitle } from './shotLine.ts';
import { ask, askChoice, back } from './steps.ts';

/** What can be typed of an asset in one line; the rest is in its asset.json. */
const fields = ['name', 'description', 'keywords', 'triggerWords', 'negative'] as const;
type Field = (typeof fields)[number];

function nameOf(t: Translate, field: Field): string {
  const names = {
    name: t('Name'),
    description: t('Description'),
    keywords: t('Keywords'),
    triggerWords: t('Trigger words'),
    negative: t('What must not be seen'),
  };
  return names[field];
}

export function renameAsset(needs: AssetNeeds, asset: AssetRef): Promise<void> {
  return setValue(needs, asset, 'name');
}

export async function editAsset(needs: AssetNeeds, asset: AssetRef): Promise<void> {
  const { t } = needs;
  const view = await viewOf(needs, asset);
  const choices = fields.map((value) => ({
    label: nameOf(t, value),
    description: plainLabel(legible(textOf(view, value))),
    value,
  }));
  const title = t('Edit {address}', { address: legible(view.name) });
  const placeholder = t('What do you want to change?');
  const field = await askChoice({ title, placeholder, choices, step: 1, totalSteps: 1 });
  if (field !== back) await setValue(needs, asset, field);
}

async function viewOf({ assets }: AssetNeeds, { root, assetId }: AssetRef): Promise<AssetView> {
  const view = await assets.find(root, assetId);
  if (view === undefined) throw new AuteurError('asset-nowhere', { name: assetId });
  return view;
}

async function setValue(needs: AssetNeeds, asset: AssetRef, field: Field): Promise<void> {
  const { t, studio } = needs;
  requireTrust();
  const view = await viewOf(needs, asset);
  const before = textOf(view, field);
  if (before.includes('\n')) {
    // An input box has one line, and would lose the others.
    const file = vscode.Uri.joinPath(vscode.Uri.file(asset.root), view.folder, 'asset.json');
    await vscode.window.showTextDocument(file);
    return;
  }
  const typed = await ask({
    title: t('Edit {address}', { address: legible(view.name) }),
    prompt: nameOf(t, field),
    placeholder: field === 'name' || field === 'description' ? '' : t('words, with commas between them'),
    value: before,
    check: (value) => (field === 'name' ? checkTitle(t, value) : {}),
  });
  const values = { [field]: valueOf(field, typed) };
  await studio.edit(asset.root, { kind: 'setAsset', asset: asset.assetId, values });
}

function textOf(view: AssetView, field: Field): string {
  const value = view[field];
  return typeof value === 'string' ? value : (value ?? []).join(', ');
}

function valueOf(field: Field, typed: string): string | string[] | null {
  if (typed.trim() === '') return null;
  if (field === 'name' || field === 'description') return typed.trim();
  return typed
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
