import * as vscode from 'vscode';
import { AuteurError, unexpected } from '../../core/errors.ts';
import type { Studio } from '../../core/ports/studio.ts';
import { assetMimeType } from '../assets/assetDrag.ts';
import type { PlaceRef } from '../contributions.ts';
import type { DraggedAsset } from '../dragged.ts';
import { beatMimeType, draggedBeats, dropBeats, dropOnBeat } from './beatDrag.ts';
import type { BeatNode, BeatsNode, DocumentNode, DocumentsNode, FilmNode, ProblemNode } from './nodes.ts';
import { dropRequest } from './projectDrag.ts';

export interface ProjectDropNeeds {
  readonly studio: Pick<Studio, 'edit'>;
  /** Children of a node as the tree shows them. */
  siblings(node: FilmNode): Promise<readonly FilmNode[]>;
  /** A drop is no command: what goes wrong in one is told here. */
  failed(error: AuteurError): void;
}

type Place = Exclude<FilmNode, ProblemNode | DocumentsNode | DocumentNode | BeatsNode | BeatNode>;

/** Under a tree's own type VS Code keeps something of its own, which comes first where a drop is quick. */
const mimeType = 'application/vnd.auteur.parts';

/** Chapters, scenes and shots are put in order, and into other parents, by dragging them. */
export class ProjectDropController implements vscode.TreeDragAndDropController<FilmNode> {
  readonly dragMimeTypes = [mimeType, beatMimeType];
  readonly dropMimeTypes = [mimeType, beatMimeType, assetMimeType];
  readonly #needs: ProjectDropNeeds;

  constructor(needs: ProjectDropNeeds) {
    this.#needs = needs;
  }

  handleDrag(nodes: readonly FilmNode[], data: vscode.DataTransfer): void {
    const places = nodes.filter(({ kind }) => kind === 'chapter' || kind === 'scene' || kind === 'shot');
    const dragged = places.map(({ root, ...node }) => ({
      root,
      address: 'address' in node ? node.address : '',
    }));
    if (dragged.length > 0) data.set(mimeType, new vscode.DataTransferItem(JSON.stringify(dragged)));
    const beats = draggedBeats(nodes);
    if (beats !== undefined) data.set(beatMimeType, new vscode.DataTransferItem(beats));
  }

  async handleDrop(target: FilmNode | undefined, data: vscode.DataTransfer): Promise<void> {
    try {
      const { parseDraggedAssets, parseDraggedBeats, parseDraggedParts } = await import('../dragged.ts');
      const assets = (await textsOf(data, assetMimeType)).flatMap(parseDraggedAssets);
      const parts = (await textsOf(data, mimeType)).flatMap(parseDraggedParts);
      const beats = (await textsOf(data, beatMimeType)).flatMap(parseDraggedBeats);
      if (assets.length + parts.length + beats.length === 0) return;
      if (target === undefined) throw new AuteurError('move-nowhere');
      if (beats.length > 0) await this.#needs.studio.edit(target.root, dropBeats(beats, target));
      if (parts.length > 0 && target.kind === 'beat') {
        await this.#needs.studio.edit(target.root, dropOnBeat(parts.map(placeOf), target));
        return;
      }
      if (assets.length + parts.length === 0) return;
      if (!isPlace(target)) throw new AuteurError('move-nowhere');
      if (assets.length > 0) await this.#assign(assets, target);
      if (parts.length > 0) await this.#move(parts.map(placeOf), target);
    } catch (error) {
      this.#needs.failed(unexpected(error));
    }
  }

  /** Characters join the shot or scene they are dropped on, locations and styles are set on it. */
  async #assign(dragged: readonly DraggedAsset[], target: Place): Promise<void> {
    const { root } = target;
    if (dragged.some((one) => one.root !== root)) throw new AuteurError('drop-elsewhere');
    const assets = dragged.map(({ asset }) => asset);
    const address = 'address' in target ? target.address : '';
    await this.#needs.studio.edit(root, { kind: 'assignAssets', assets, addresses: [address] });
  }

  async #move(sources: readonly PlaceRef[], target: Place): Promise<void> {
    // A take is where its shot is.
    const onto = target.kind === 'take' ? target.parent : target;
    const siblings = await this.#needs.siblings(onto);
    const addresses = siblings.flatMap((node) => ('address' in node ? [node.address] : []));
    const place = placeOf({ root: onto.root, address: 'address' in onto ? onto.address : undefined });
    const request = dropRequest(sources, { ...place, siblings: addresses });
    if (request !== undefined) await this.#needs.studio.edit(onto.root, request);
  }
}

/** Neither below the tree nor on what is beside the film's own order. */
function isPlace(node: FilmNode): node is Place {
  return !['problem', 'documents', 'document', 'beats', 'beat'].includes(node.kind);
}

/** Beside ours VS Code puts an empty item of its own under each type. */
async function textsOf(data: vscode.DataTransfer, type: string): Promise<readonly string[]> {
  const items = [...data].filter(([one]) => one === type);
  const texts = await Promise.all(items.map(([, item]) => item.asString()));
  return texts.filter((text) => text !== '');
}

function placeOf({ root, address }: { root: string; address?: string | undefined }): PlaceRef {
  return address === undefined ? { root } : { root, address };
}
