import { isDeepStrictEqual } from 'node:util';
import type * as vscode from 'vscode';
import { DisposableStore, Emitter, type Event } from '../../core/events.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { AssetView } from '../../core/protocol/assetViews.ts';
import { Batch } from '../batch.ts';
import type { ProjectIndex } from '../projectIndex.ts';
import type { FileHint } from '../projectWatcher.ts';
import type { Translate } from '../translate.ts';
import { assetItem, assetTooltip } from './assetItem.ts';
import { categoryNodes, childrenOf, type AssetNode } from './assetNodes.ts';

export interface AssetTreeNeeds {
  readonly studio: Pick<Studio, 'assets' | 'assetUses' | 'onEvent'>;
  readonly projects: ProjectIndex;
  readonly onHint: Event<FileHint>;
  readonly t: Translate;
  log(line: string): void;
}

const rereadDelayMs = 50;
const telling: ReadonlySet<string> = new Set([
  'asset_added',
  'asset_updated',
  'asset_removed',
  'project_update',
]);

/** Categories, folders, assets and their files, of every film of the window. */
export class AssetTree implements vscode.TreeDataProvider<AssetNode>, vscode.Disposable {
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new Emitter<undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #needs: AssetTreeNeeds;
  readonly #read = new Map<string, readonly AssetView[]>();
  readonly #stale = this.#owned.add(new Batch<string>(rereadDelayMs, (roots) => this.#reread(roots)));

  constructor(needs: AssetTreeNeeds) {
    this.#needs = needs;
    this.#owned.add(
      needs.projects.onChanged(() => {
        this.#changed.fire(undefined);
      }),
    );
    this.#owned.add(
      needs.studio.onEvent(({ projectId, event }) => {
        if (!telling.has(event.type)) return;
        for (const { root, id } of needs.projects.current) if (id === projectId) this.#stale.add(root);
      }),
    );
    this.#owned.add(
      needs.onHint((hint) => {
        if (hint.kind === 'asset' || hint.kind === 'project' || hint.kind === 'git')
          this.#stale.add(hint.root);
      }),
    );
  }

  getTreeItem(node: AssetNode): vscode.TreeItem {
    return assetItem(this.#needs.t, node, childrenOf(node, this.#read.get(node.root) ?? []).length);
  }

  async resolveTreeItem(item: vscode.TreeItem, node: AssetNode): Promise<vscode.TreeItem> {
    if (node.kind !== 'asset') return item;
    const uses = await this.#needs.studio.assetUses(node.root, node.assetId);
    item.tooltip = assetTooltip(this.#needs.t, node, uses);
    return item;
  }

  getParent(node: AssetNode): AssetNode | undefined {
    return node.parent;
  }

  async getChildren(node?: AssetNode): Promise<AssetNode[]> {
    if (node !== undefined) return [...childrenOf(node, await this.#assets(node.root))];
    const listed = await this.#needs.projects.list();
    this.#keepOnly(new Set(listed.map(({ root }) => root)));
    // A film that cannot be read just now keeps what was read last.
    const films = listed.filter(({ root, problem }) => problem === undefined || this.#read.has(root));
    const [only] = films;
    if (only === undefined) return [];
    await Promise.all(films.map(({ root }) => this.#readOrNone(root)));
    if (films.length === 1) return [...categoryNodes(only.root, undefined)];
    return films.map(({ root, name }) => ({
      kind: 'project',
      id: `${root}#assets`,
      root,
      name,
      parent: undefined,
    }));
  }

  /** The asset with this id, as it was read last. */
  async find(root: string, id: string): Promise<AssetView | undefined> {
    return (await this.#assets(root)).find((asset) => asset.id === id);
  }

  /** The line of an asset that was made just now. */
  async added(root: string, id: string): Promise<AssetNode | undefined> {
    await this.#reread(new Set([root]));
    const pending = (await this.getChildren()).filter((node) => node.root === root);
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (node.kind === 'asset' && node.assetId === id) return node;
      if (node.kind !== 'asset') pending.push(...childrenOf(node, this.#read.get(root) ?? []));
    }
    return undefined;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #assets(root: string): Promise<readonly AssetView[]> {
    const known = this.#read.get(root);
    if (known !== undefined) return known;
    const assets = await this.#needs.studio.assets(root);
    this.#read.set(root, assets);
    return assets;
  }

  #keepOnly(roots: ReadonlySet<string>): void {
    for (const root of [...this.#read.keys()].filter((one) => !roots.has(one))) this.#read.delete(root);
  }

  /** One film that cannot be read hides no other. */
  async #readOrNone(root: string): Promise<void> {
    try {
      await this.#assets(root);
    } catch (error) {
      this.#needs.log(`${root}: ${String(error)}`);
      this.#read.set(root, []);
    }
  }

  /** A film that cannot be read just now keeps what was read last; the Projects view says why. */
  async #reread(roots: ReadonlySet<string>): Promise<void> {
    let isOther = false;
    for (const root of roots) {
      try {
        const assets = await this.#needs.studio.assets(root);
        isOther ||= !isDeepStrictEqual(assets, this.#read.get(root));
        this.#read.set(root, assets);
      } catch (error) {
        this.#needs.log(`${root}: ${String(error)}`);
      }
    }
    if (isOther) this.#changed.fire(undefined);
  }
}
