import * as vscode from 'vscode';
import { groupOf } from '../../core/domain/assetGroups.ts';
import { AuteurError, unexpected } from '../../core/errors.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { ImportTarget } from '../../core/protocol/importRequest.ts';
import type { DraggedAsset } from '../dragged.ts';
import { assetMimeType, formatDragged } from './assetDrag.ts';
import type { AssetNode, Category } from './assetNodes.ts';
import { droppedFiles } from './droppedFiles.ts';

export interface AssetDropNeeds {
  readonly studio: Pick<Studio, 'edit'>;
  /** Copies files of this machine into a film, asking what is to be asked. */
  importFiles(root: string, sources: readonly string[], target: ImportTarget): Promise<void>;
  /** A drop is no command: what goes wrong in one is told here. */
  failed(error: AuteurError): void;
}

const uriList = 'text/uri-list';

/** Files dropped on a category, a folder or an asset are imported; assets are dragged there, and to shots and scenes. */
export class AssetDropController implements vscode.TreeDragAndDropController<AssetNode> {
  readonly dragMimeTypes = [assetMimeType];
  readonly dropMimeTypes = [assetMimeType, uriList, 'files'];
  readonly #needs: AssetDropNeeds;

  constructor(needs: AssetDropNeeds) {
    this.#needs = needs;
  }

  handleDrag(nodes: readonly AssetNode[], data: vscode.DataTransfer): void {
    const assets = nodes.flatMap((node) =>
      node.kind === 'asset' ? [{ root: node.root, asset: node.assetId }] : [],
    );
    if (assets.length > 0) data.set(assetMimeType, new vscode.DataTransferItem(formatDragged(assets)));
  }

  async handleDrop(target: AssetNode | undefined, data: vscode.DataTransfer): Promise<void> {
    try {
      const assets = await assetsIn(data);
      if (target === undefined || target.kind === 'project') throw new AuteurError('drop-nowhere');
      if (assets.length > 0) {
        await this.#move(assets, target);
        return;
      }
      await using dropped = await droppedFiles(data);
      if (dropped.paths.length === 0) throw new AuteurError('drop-no-path');
      await this.#needs.importFiles(target.root, dropped.paths, importTarget(target));
    } catch (error) {
      if (!(error instanceof vscode.CancellationError)) this.#needs.failed(unexpected(error));
    }
  }

  async #move(dragged: readonly DraggedAsset[], target: PlaceNode): Promise<void> {
    const { root } = target;
    if (dragged.some((one) => one.root !== root)) throw new AuteurError('drop-elsewhere');
    const assets = [...new Set(dragged.map(({ asset }) => asset))];
    await this.#needs.studio.edit(root, { kind: 'moveAssets', assets, ...groupAt(target) });
  }
}

type PlaceNode = Exclude<AssetNode, { kind: 'project' }>;

/** The folder that a node of the tree is, or lies in. */
function groupAt(node: PlaceNode): { readonly category: Category; readonly within: string } {
  switch (node.kind) {
    case 'category':
      return { category: node.category, within: '' };
    case 'folder':
      return { category: node.category, within: node.within };
    case 'asset':
      return { category: node.category, within: groupOf(node.category, node.view.folder).join('/') };
    case 'file':
      if (node.parent === undefined || node.parent.kind === 'project') throw new AuteurError('drop-nowhere');
      return groupAt(node.parent);
  }
}

/** Beside ours VS Code puts an empty item of its own under each type. */
async function assetsIn(data: vscode.DataTransfer): Promise<readonly DraggedAsset[]> {
  const { parseDraggedAssets } = await import('../dragged.ts');
  const items = [...data].filter(([type]) => type === assetMimeType);
  return (await Promise.all(items.map(([, item]) => item.asString()))).flatMap(parseDraggedAssets);
}

/** Where files that are given to a node of the tree go. */
function importTarget(node: PlaceNode): ImportTarget {
  switch (node.kind) {
    case 'category':
      return { category: node.category };
    case 'folder':
      return { category: node.category, within: node.within };
    case 'asset':
    case 'file':
      return { asset: node.assetId };
  }
}
