import * as vscode from 'vscode';
import { AuteurError, unexpected } from '../../core/errors.ts';
import type { ImportTarget } from '../../core/protocol/importRequest.ts';
import { assetMimeType, formatDragged } from './assetDrag.ts';
import type { AssetNode } from './assetNodes.ts';
import { droppedFiles } from './droppedFiles.ts';

export interface AssetDropNeeds {
  /** Copies files of this machine into a film, asking what is to be asked. */
  importFiles(root: string, sources: readonly string[], target: ImportTarget): Promise<void>;
  /** A drop is no command: what goes wrong in one is told here. */
  failed(error: AuteurError): void;
}

const uriList = 'text/uri-list';

/** Files dropped on a category, a folder or an asset are imported; assets are dragged to shots and scenes. */
export class AssetDropController implements vscode.TreeDragAndDropController<AssetNode> {
  readonly dragMimeTypes = [assetMimeType];
  readonly dropMimeTypes = [uriList, 'files'];
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
      await using dropped = await droppedFiles(data);
      const sources = dropped.paths;
      if (target === undefined || target.kind === 'project') throw new AuteurError('drop-nowhere');
      if (sources.length === 0) throw new AuteurError('drop-no-path');
      await this.#needs.importFiles(target.root, sources, importTarget(target));
    } catch (error) {
      if (!(error instanceof vscode.CancellationError)) this.#needs.failed(unexpected(error));
    }
  }
}

/** Where files that are given to a node of the tree go. */
function importTarget(node: Exclude<AssetNode, { kind: 'project' }>): ImportTarget {
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
