import * as vscode from 'vscode';
import type { FieldForm } from '../../core/domain/fieldForms.ts';
import { legible } from '../../core/domain/legible.ts';
import type { AssetName } from '../../core/protocol/views.ts';
import { categoryName } from '../../providers/assets/assetItem.ts';
import type { CommandId } from '../../providers/contributions.ts';
import { plainLabel } from '../../providers/plainText.ts';
import type { PartNeeds } from './parts.ts';

interface AssetsQuestion {
  readonly root: string;
  readonly title: string;
  readonly placeHolder: string;
  readonly form: Extract<FieldForm, { form: 'asset' | 'assets' }>;
  /** Of those that are chosen now. */
  readonly ids: readonly string[];
}

/** One asset of a film or several, by id; null for none. */
export async function askAssets(
  needs: PartNeeds,
  question: AssetsQuestion,
): Promise<string | string[] | null> {
  const { form, ids } = question;
  const known = await assetsOf(needs, question);
  // One that the film lacks stays in sight: it goes only where the user takes it out.
  const missing = form.form === 'assets' ? ids.filter((id) => known.every((asset) => asset.id !== id)) : [];
  const all = [...known, ...missing.map((id) => ({ id, name: id }))];
  if (all.length > 0) return choose(needs, question, all);
  await offerToMake(needs, question);
  const made = await assetsOf(needs, question);
  // Whoever has made none was told why, or has changed their mind.
  if (made.length === 0) throw new vscode.CancellationError();
  return choose(needs, { ...question, ids: made.map(({ id }) => id) }, made);
}

async function assetsOf(
  { studio }: PartNeeds,
  { root, form }: AssetsQuestion,
): Promise<readonly AssetName[]> {
  return (await studio.film(root)).assets[form.category];
}

async function offerToMake({ t }: PartNeeds, { root, title, form }: AssetsQuestion): Promise<void> {
  const { category } = form;
  const placeHolder = t('The film has nothing under {category} yet.', {
    category: categoryName(t, category),
  });
  const make = { label: `$(add) ${t('New Asset…')}` };
  const options = { title, placeHolder, ignoreFocusOut: true };
  if ((await vscode.window.showQuickPick([make], options)) === undefined)
    throw new vscode.CancellationError();
  const id: CommandId = 'auteur.asset.create';
  await vscode.commands.executeCommand(id, { root, category });
}

async function choose(
  { t }: PartNeeds,
  { title, placeHolder, form, ids }: AssetsQuestion,
  assets: readonly { readonly id: string; readonly name: string }[],
): Promise<string | string[] | null> {
  const items = assets.map(({ id, name }) => ({
    label: plainLabel(legible(name)),
    picked: ids.includes(id),
    id,
  }));
  const options = { title, placeHolder, ignoreFocusOut: true };
  if (form.form === 'assets') {
    const many = await vscode.window.showQuickPick(items, { ...options, canPickMany: true });
    if (many === undefined) throw new vscode.CancellationError();
    const chosenIds = many.map(({ id }) => id);
    const kept = ids.filter((id) => chosenIds.includes(id));
    return many.length === 0 ? null : [...new Set([...kept, ...chosenIds])];
  }
  const none = { label: t('None'), picked: false, id: null };
  const one = await vscode.window.showQuickPick([...items, none], options);
  if (one === undefined) throw new vscode.CancellationError();
  return one.id;
}
