import * as vscode from 'vscode';
import { groupOf } from '../../core/domain/assetGroups.ts';
import { hasDotStep } from '../../core/domain/assetPaths.ts';
import { legible } from '../../core/domain/legible.ts';
import { AuteurError } from '../../core/errors.ts';
import type { AssetView } from '../../core/protocol/assetViews.ts';
import { categoryName } from '../../providers/assets/assetItem.ts';
import { categories, type Category } from '../../providers/assets/assetNodes.ts';
import type { AssetRef } from '../../providers/contributions.ts';
import { plainLabel } from '../../providers/plainText.ts';
import type { Translate } from '../../providers/translate.ts';
import type { AssetNeeds } from './assetNeeds.ts';
import { requireTrust } from './command.ts';
import { ask, askChoice, back, type Choice } from './steps.ts';

interface Place {
  readonly category: Category;
  readonly within: string;
}

/** Takes assets to a folder that is chosen, or made for them. */
export async function moveAssets(needs: AssetNeeds, targets: readonly AssetRef[]): Promise<void> {
  const { t, studio, assets } = needs;
  requireTrust();
  const [first] = targets;
  if (first === undefined) return;
  const { root } = first;
  if (targets.some((one) => one.root !== root)) throw new AuteurError('drop-elsewhere');
  const ids = [...new Set(targets.map(({ assetId }) => assetId))];
  const all = await studio.assets(root);
  const moved = all.filter(({ id }) => ids.includes(id));
  const category = moved[0]?.category;
  if (category === undefined) throw new AuteurError('asset-nowhere', { name: first.assetId });
  const title =
    moved.length === 1
      ? t('Move "{name}"', { name: legible(moved[0]?.name ?? '') })
      : t('Move {count} Assets', { count: moved.length });
  const place = await askPlace(t, title, { all, moved, category });
  await studio.edit(root, { kind: 'moveAssets', assets: ids, ...place });
  await assets.reveal(root, first.assetId);
}

interface Shelf {
  readonly all: readonly AssetView[];
  readonly moved: readonly AssetView[];
  readonly category: Category;
}

async function askPlace(t: Translate, title: string, { all, moved, category }: Shelf): Promise<Place> {
  const fresh: Choice<Place | 'new'> = { label: `$(new-folder) ${t('New Folder…')}`, value: 'new' };
  const order = [category, ...categories.filter((one) => one !== category)];
  const here = new Set(moved.map(keyOfGroup));
  const places = order
    .flatMap((one) => placesIn(one, all))
    .filter((place) => here.size > 1 || !here.has(keyOf(place)));
  const choices = [fresh, ...places.map((value) => choiceOf(t, value))];
  const placeholder = t('Choose a folder');
  const answer = await askChoice({ title, placeholder, choices, step: 1, totalSteps: 1 });
  if (answer === back) throw new vscode.CancellationError();
  return answer === 'new' ? { category, within: await askFolder(t, title, category) } : answer;
}

function choiceOf(t: Translate, value: Place): Choice<Place | 'new'> {
  const icon = value.within === '' ? '$(library)' : '$(folder)';
  return {
    label: `${icon} ${plainLabel(legible(value.within === '' ? categoryName(t, value.category) : value.within))}`,
    ...(value.within === '' ? {} : { description: categoryName(t, value.category) }),
    value,
  };
}

async function askFolder(t: Translate, title: string, category: Category): Promise<string> {
  const typed = await ask({
    title,
    prompt: t('A folder within {category}; a slash makes folders within it', {
      category: categoryName(t, category),
    }),
    placeholder: 'Crew/Deck',
    check: (value) => {
      if (value.replace(/[/\\\s]/g, '') === '') return { problem: t('Type a name.') };
      return hasDotStep(value) ? { problem: t('A folder has a name other than "." and "..".') } : {};
    },
  });
  return typed.trim();
}

/** The category itself, and every folder that an asset of it lies in or below. */
function placesIn(category: Category, all: readonly AssetView[]): readonly Place[] {
  const groups = all
    .filter((asset) => asset.category === category)
    .map(({ folder }) => groupOf(category, folder))
    .flatMap((steps) => steps.map((_, index) => steps.slice(0, index + 1).join('/')));
  const sorted = [...new Set(groups)].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
  return ['', ...sorted].map((within) => ({ category, within }));
}

function keyOf({ category, within }: Place): string {
  return `${category}/${within}`;
}

function keyOfGroup({ category, folder }: AssetView): string {
  return keyOf({ category, within: groupOf(category, folder).join('/') });
}
