import * as vscode from 'vscode';
import { DisposableStore, type Disposable, type Event } from '../../core/events.ts';
import type { AssetView } from '../../core/protocol/assetViews.ts';
import { views } from '../contributions.ts';
import { selectionOf } from '../selection.ts';
import { AssetDropController, type AssetDropNeeds } from './assetDropController.ts';
import type { AssetNode } from './assetNodes.ts';
import { AssetTree, type AssetTreeNeeds } from './assetTree.ts';

/** Tests ask it what the editor asks. */
export interface GivenAssets {
  readonly items: vscode.TreeDataProvider<AssetNode>;
  readonly drops: vscode.TreeDragAndDropController<AssetNode>;
}

/** The Assets view, as commands see it. */
export interface AssetsView extends Disposable {
  readonly selection: readonly AssetNode[];
  find(root: string, asset: string): Promise<AssetView | undefined>;
  /** Opens the tree down to an asset and selects it. */
  reveal(root: string, asset: string): Promise<void>;
  /** There is something new to draw. */
  readonly onDraw: Event<unknown>;
  /** What the editor was given to draw the view with. */
  readonly given: GivenAssets;
}

export function registerAssetTree(needs: AssetTreeNeeds & AssetDropNeeds): AssetsView {
  const owned = new DisposableStore();
  const tree = owned.add(new AssetTree(needs));
  const drops = new AssetDropController(needs);
  const view = owned.add(
    vscode.window.createTreeView(views.assets, {
      treeDataProvider: tree,
      showCollapseAll: true,
      canSelectMany: true,
      dragAndDropController: drops,
    }),
  );
  const selection = owned.add(selectionOf(view));
  return {
    get selection() {
      return selection.current;
    },
    onDraw: tree.onDidChangeTreeData,
    given: { items: tree, drops },
    find: (root, asset) => tree.find(root, asset),
    reveal: async (root, asset) => {
      const node = await tree.added(root, asset);
      // Revealing in a view that is hidden would bring it to the front.
      if (node !== undefined && view.visible) await view.reveal(node, { select: true, focus: true });
    },
    dispose: () => {
      owned.dispose();
    },
  };
}
