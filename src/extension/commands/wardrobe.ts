import * as vscode from 'vscode';
import { legible } from '../../core/domain/legible.ts';
import { AuteurError } from '../../core/errors.ts';
import type { AssetId } from '../../core/model/ids.ts';
import type { AssetView } from '../../core/protocol/assetViews.ts';
import type { PlaceRef } from '../../providers/contributions.ts';
import { plainLabel } from '../../providers/plainText.ts';
import type { Translate } from '../../providers/translate.ts';
import { chooseShot } from './choosePlace.ts';
import type { PartNeeds } from './parts.ts';
import { requireTrust } from './command.ts';

interface Outfit extends vscode.QuickPickItem {
  readonly character: AssetId;
  /** By its name; null for nothing in particular. */
  readonly variant: string | null;
}

/** Says what one of the characters of a shot wears in it. */
export async function chooseWardrobe(needs: PartNeeds, named: PlaceRef | undefined): Promise<void> {
  requireTrust();
  const { t, studio, tree } = needs;
  const title = t('Choose Wardrobe');
  const { root, address = '' } = named ?? (await chooseShot(needs, title));
  const node = await tree.find(root, address);
  const shot = node?.kind === 'shot' ? node.view.shot : undefined;
  const cast = new Set<string>(shot?.characters ?? []);
  const assets = (await studio.assets(root)).filter(({ id }) => cast.has(id));
  const outfits = assets.flatMap((asset) => outfitsOf(t, asset));
  if (outfits.length === 0) throw new AuteurError('wardrobe-empty', { address });
  const placeHolder = t('Who wears what in {address}?', { address });
  const chosen = await vscode.window.showQuickPick(outfits, { title, placeHolder, matchOnDescription: true });
  if (chosen === undefined) throw new vscode.CancellationError();
  const { character, variant } = chosen;
  await studio.edit(root, { kind: 'assignAssets', assets: [character], addresses: [address], variant });
}

function outfitsOf(t: Translate, { id, name, wardrobe = [] }: AssetView): readonly Outfit[] {
  const label = (what: string): string => plainLabel(`${legible(name)}: ${legible(what)}`);
  const outfits = wardrobe.map((variant) => ({
    label: label(variant.name),
    description: plainLabel(legible(variant.description ?? '')),
    character: id,
    variant: variant.name,
  }));
  if (outfits.length === 0) return [];
  return [...outfits, { label: label(t('nothing in particular')), character: id, variant: null }];
}
