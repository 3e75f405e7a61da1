import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import {
  assetFieldNames,
  assetForms,
  assetValueFrom,
  type AssetFieldName,
} from '../../core/domain/assetForms.ts';
import { legible } from '../../core/domain/legible.ts';
import { AuteurError } from '../../core/errors.ts';
import type { AssetView } from '../../core/protocol/assetViews.ts';
import type { AssetRef } from '../../providers/contributions.ts';
import { plainLabel } from '../../providers/plainText.ts';
import type { Translate } from '../../providers/translate.ts';
import type { AssetNeeds } from './assetNeeds.ts';
import { requireTrust } from './command.ts';
import { checkTitle } from './shotLine.ts';
import { ask, askChoice, back } from './steps.ts';

function nameOf(t: Translate, field: AssetFieldName): string {
  const names = {
    name: t('Name'),
    description: t('Description'),
    keywords: t('Keywords'),
    triggerWords: t('Trigger words'),
    negative: t('What must not be seen'),
    references: t('Reference pictures'),
    wardrobe: t('Wardrobe'),
  };
  return names[field];
}

function placeholderOf(t: Translate, field: AssetFieldName): string {
  const placeholders = {
    text: '',
    lines: '',
    words: t('words, with commas between them'),
    wardrobe: t('Booth: blue overall; Premiere: a red dress'),
  };
  return placeholders[assetForms[field]];
}

export function renameAsset(needs: AssetNeeds, asset: AssetRef): Promise<void> {
  return setValue(needs, asset, 'name');
}

export async function editAsset(needs: AssetNeeds, asset: AssetRef): Promise<void> {
  const { t } = needs;
  const view = await viewOf(needs, asset);
  const choices = assetFieldNames.map((value) => ({
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

async function setValue(needs: AssetNeeds, asset: AssetRef, field: AssetFieldName): Promise<void> {
  const { t, studio } = needs;
  requireTrust();
  const view = await viewOf(needs, asset);
  const before = textOf(view, field);
  if (!isOneLine(view, field, before)) {
    const file = vscode.Uri.joinPath(vscode.Uri.file(asset.root), view.folder, 'asset.json');
    await vscode.window.showTextDocument(file);
    return;
  }
  const typed = await ask({
    title: t('Edit {address}', { address: legible(view.name) }),
    prompt: nameOf(t, field),
    placeholder: placeholderOf(t, field),
    value: before,
    check: (value) => (field === 'name' ? checkTitle(t, value) : {}),
  });
  const values = { [field]: assetValueFrom(field, typed.trim()) };
  await studio.edit(asset.root, { kind: 'setAsset', asset: asset.assetId, values });
}

function textOf(view: AssetView, field: AssetFieldName): string {
  if (field === 'name' || field === 'description') return view[field] ?? '';
  if (field !== 'wardrobe') return (view[field] ?? []).join(', ');
  const variants = (view.wardrobe ?? []).map(({ name, description }) =>
    description === undefined ? name : `${name}: ${description}`,
  );
  return variants.join('; ');
}

/** Whether an input box would give back what it shows: it has one line, and marks between words have a meaning in it. */
function isOneLine(view: AssetView, field: AssetFieldName, text: string): boolean {
  if (text.includes('\n')) return false;
  if (text === '' || field === 'name' || field === 'description') return true;
  return isDeepStrictEqual(assetValueFrom(field, text), view[field]);
}
