import * as vscode from 'vscode';
import { legible, legibleLines } from '../../core/domain/legible.ts';
import type { AssetUse } from '../../core/model/assetUse.ts';
import type { AssetFileView } from '../../core/protocol/assetViews.ts';
import { plainMarkdown } from '../plainText.ts';
import type { Translate } from '../translate.ts';
import type { AssetNode, Category, OneAssetNode } from './assetNodes.ts';

/** Larger pictures are too slow to draw as an icon of each line. */
const iconBytes = 512 * 1024;
const shownTypes = /\.(png|jpe?g|gif|webp)$/i;
const thumbnailWidth = 320;
const mostUses = 8;
const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

const icons: Readonly<Record<Category, string>> = {
  characters: 'person',
  locations: 'location',
  styles: 'symbol-color',
  music: 'unmute',
};

export function categoryName(t: Translate, category: Category): string {
  const names = {
    characters: t('Characters'),
    locations: t('Locations'),
    styles: t('Styles'),
    music: t('Music'),
  };
  return names[category];
}

/** The line of the tree for a node; `count` is how many stand below it. */
export function assetItem(t: Translate, node: AssetNode, count: number): vscode.TreeItem {
  const item = new vscode.TreeItem(labelOf(t, node), stateOf(node, count));
  // A line the editor has known as empty would stay closed.
  item.id = count === 0 ? `${node.id}#empty` : node.id;
  item.contextValue = contextOf(node);
  if (node.kind === 'category') {
    item.iconPath = new vscode.ThemeIcon(icons[node.category]);
    item.description = count === 0 ? t('none yet') : '';
  } else if (node.kind === 'folder') item.iconPath = vscode.ThemeIcon.Folder;
  else if (node.kind === 'project') item.iconPath = new vscode.ThemeIcon('device-camera-video');
  else if (node.kind === 'asset') drawAsset(t, item, node);
  else drawFile(t, item, node.view);
  return item;
}

function labelOf(t: Translate, node: AssetNode): string {
  switch (node.kind) {
    case 'project':
      return legible(node.name);
    case 'category':
      return categoryName(t, node.category);
    case 'folder':
      return legible(node.within.split('/').at(-1) ?? node.within);
    case 'asset':
    case 'file':
      return legible(node.view.name);
  }
}

function stateOf(node: AssetNode, count: number): vscode.TreeItemCollapsibleState {
  if (node.kind === 'file' || count === 0) return None;
  return node.kind === 'category' || node.kind === 'project' ? Expanded : Collapsed;
}

function contextOf({ kind }: AssetNode): string {
  return { project: 'assetProject', category: 'category', folder: 'folder', asset: 'asset', file: 'file' }[
    kind
  ];
}

function drawAsset(t: Translate, item: vscode.TreeItem, { view, category }: OneAssetNode): void {
  const { picture, files, problem } = view;
  const count = files.length === 1 ? t('1 file') : t('{count} files', { count: files.length });
  item.description = problem === undefined ? (files.length === 0 ? '' : count) : t('cannot be read');
  if (problem !== undefined) {
    item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  } else if (picture !== undefined && isIcon(picture)) item.iconPath = vscode.Uri.file(picture.path);
  else item.iconPath = new vscode.ThemeIcon(icons[category]);
}

function drawFile(t: Translate, item: vscode.TreeItem, view: AssetFileView): void {
  const uri = vscode.Uri.file(view.path);
  item.resourceUri = uri;
  if (isIcon(view)) item.iconPath = uri;
  item.command = { command: 'vscode.open', title: t('Open File'), arguments: [uri] };
}

function isIcon({ path, bytes }: AssetFileView): boolean {
  return bytes <= iconBytes && shownTypes.test(path);
}

/** What takes time to find out: read when the mouse rests on the line. */
export function assetTooltip(
  t: Translate,
  { view }: OneAssetNode,
  uses: readonly AssetUse[],
): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  if (view.picture !== undefined && shownTypes.test(view.picture.path)) {
    const uri = vscode.Uri.file(view.picture.path).toString();
    text.appendMarkdown(`![](${uri}|width=${String(thumbnailWidth)})\n\n`);
  }
  text.appendMarkdown(`**${plainMarkdown(legible(view.name))}**`);
  const places = uses.map(({ kind, address }) => (kind === 'project' ? t('the film') : address));
  const shown = [...new Set(places)].slice(0, mostUses).join(', ');
  const lines = [
    view.description,
    view.keywords?.join(', '),
    view.triggerWords === undefined
      ? undefined
      : t('Trigger words: {words}', { words: view.triggerWords.join(', ') }),
    view.wardrobe === undefined
      ? undefined
      : t('Wardrobe: {names}', { names: view.wardrobe.map(({ name }) => name).join(', ') }),
    uses.length === 0 ? t('Used nowhere yet.') : t('Used in {places}', { places: shown }),
    view.problem?.message,
    view.problem?.hint,
  ];
  for (const line of lines)
    if (line !== undefined && line !== '') text.appendMarkdown(`\n\n${plainMarkdown(legibleLines(line))}`);
  return text;
}
