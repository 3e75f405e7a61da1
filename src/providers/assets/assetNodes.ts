import { groupOf } from '../../core/domain/assetGroups.ts';
import type { AssetId } from '../../core/model/ids.ts';
import type { AssetFileView, AssetView } from '../../core/protocol/assetViews.ts';

export const categories = ['characters', 'locations', 'styles', 'music'] as const;
export type Category = (typeof categories)[number];

interface Base {
  /** Stable, so that the editor keeps what is open. */
  readonly id: string;
  readonly root: string;
  readonly parent: AssetNode | undefined;
}
export interface AssetProjectNode extends Base {
  readonly kind: 'project';
  readonly name: string;
}
export interface CategoryNode extends Base {
  readonly kind: 'category';
  readonly category: Category;
}
export interface FolderNode extends Base {
  readonly kind: 'folder';
  readonly category: Category;
  /** Within the category, `Crew/Deck`. */
  readonly within: string;
}
export interface OneAssetNode extends Base {
  readonly kind: 'asset';
  readonly category: Category;
  readonly assetId: AssetId;
  /** As it was read last: the editor keeps the node. */
  view: AssetView;
}
export interface AssetFileNode extends Base {
  readonly kind: 'file';
  readonly assetId: AssetId;
  /** Its name in the folder of the asset. */
  readonly file: string;
  view: AssetFileView;
}
export type AssetNode = AssetProjectNode | CategoryNode | FolderNode | OneAssetNode | AssetFileNode;

/** What stands below a node, of all assets of its film. */
export function childrenOf(node: AssetNode, assets: readonly AssetView[]): readonly AssetNode[] {
  switch (node.kind) {
    case 'project':
      return categoryNodes(node.root, node);
    case 'category':
      return within(node, { category: node.category, folder: [] }, assets);
    case 'folder':
      return within(node, { category: node.category, folder: node.within.split('/') }, assets);
    case 'asset':
      return node.view.files.map((view) => fileNode(node, view));
    case 'file':
      return [];
  }
}

export function categoryNodeId(root: string, category: Category): string {
  return `${root}#category:${category}`;
}

export function assetNodeId(root: string, asset: AssetId): string {
  return `${root}#asset:${asset}`;
}

export function categoryNodes(root: string, parent: AssetProjectNode | undefined): readonly CategoryNode[] {
  return categories.map((category) => ({
    kind: 'category',
    id: categoryNodeId(root, category),
    root,
    parent,
    category,
  }));
}

function within(
  parent: CategoryNode | FolderNode,
  { category, folder }: { category: Category; folder: readonly string[] },
  assets: readonly AssetView[],
): readonly AssetNode[] {
  const inside = assets
    .filter((asset) => asset.category === category)
    .map((view) => ({ view, group: groupOf(category, view.folder) }))
    .filter(({ group }) => folder.every((name, index) => group[index] === name));
  const names = inside.flatMap(({ group }) => group[folder.length] ?? []);
  const folders = [...new Set(names)].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
  const here = inside.filter(({ group }) => group.length === folder.length);
  return [
    ...folders.map((name) => folderNode(parent, category, [...folder, name].join('/'))),
    ...here.map(({ view }) => assetNode(parent, category, view)),
  ];
}

function folderNode(parent: CategoryNode | FolderNode, category: Category, path: string): FolderNode {
  const { root } = parent;
  return { kind: 'folder', id: `${root}#folder:${category}/${path}`, root, parent, category, within: path };
}

function assetNode(parent: CategoryNode | FolderNode, category: Category, view: AssetView): OneAssetNode {
  const { root } = parent;
  const id = assetNodeId(root, view.id);
  return { kind: 'asset', id, root, parent, category, assetId: view.id, view };
}

function fileNode(parent: OneAssetNode, view: AssetFileView): AssetFileNode {
  const { root, assetId } = parent;
  return { kind: 'file', id: `${parent.id}/${view.name}`, root, parent, assetId, file: view.name, view };
}
