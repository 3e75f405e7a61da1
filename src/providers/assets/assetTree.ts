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
import { assetNodeId, categoryNodeId, categoryNodes, childrenOf, type AssetNode } from './assetNodes.ts';
import { changedAssets, keepLastGood } from './changedAssets.ts';

export interface AssetTreeNeeds {
  readonly studio: Pick<Studio, 'assets' | 'assetUses' | 'onEvent'>;
  readonly projects: ProjectIndex;
  readonly onHint: Event<FileHint>;
  readonly t: Translate;
  log(line: string): void;
}

/** Long enough for what one program writes to come together. */
const rereadDelayMs = 20;
const telling: ReadonlySet<string> = new Set([
  'asset_added',
  'asset_updated',
  'asset_removed',
  'project_update',
]);

/** Categories, folders, assets and their files, of every film of the window. */
export class AssetTree implements vscode.TreeDataProvider<AssetNode>, vscode.Disposable {
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new Emitter<AssetNode[] | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #needs: AssetTreeNeeds;
  readonly #read = new Map<string, readonly AssetView[]>();
  /** What the tree shows of the list of films, as it was last. */
  #films: readonly unknown[] = [];
  /** Those the editor has: it draws anew only the very nodes it was given. */
  readonly #given = new Map<string, AssetNode>();
  readonly #stale = this.#owned.add(new Batch<string>(rereadDelayMs, (roots) => this.#reread(roots)));

  constructor(needs: AssetTreeNeeds) {
    this.#needs = needs;
    this.#owned.add(
      needs.projects.onChanged((projects) => {
        const films = projects.map(({ root, name, problem }) => [root, name, problem === undefined]);
        if (isDeepStrictEqual(films, this.#films)) return;
        this.#films = films;
        this.#redrawAll();
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
    if (node !== undefined) return this.#give(childrenOf(node, await this.#assets(node.root)));
    const listed = await this.#needs.projects.list();
    this.#keepOnly(new Set(listed.map(({ root }) => root)));
    // A film that cannot be read just now keeps what was read last.
    const films = listed.filter(({ root, problem }) => problem === undefined || this.#read.has(root));
    const [only] = films;
    if (only === undefined) return [];
    await Promise.all(films.map(({ root }) => this.#readOrNone(root)));
    if (films.length === 1) return this.#give(categoryNodes(only.root, undefined));
    return this.#give(
      films.map(({ root, name }) => ({
        kind: 'project',
        id: `${root}#assets`,
        root,
        name,
        parent: undefined,
      })),
    );
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
      if (node.kind !== 'asset') pending.push(...this.#give(childrenOf(node, this.#read.get(root) ?? [])));
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
    for (const root of roots) {
      try {
        const before = this.#read.get(root);
        const assets = keepLastGood(before ?? [], await this.#needs.studio.assets(root));
        this.#read.set(root, assets);
        if (before === undefined) this.#redrawAll();
        else this.#redraw(root, before, assets);
      } catch (error) {
        this.#needs.log(`${root}: ${String(error)}`);
      }
    }
  }

  /** Only what has changed is drawn anew: what is selected, open or pointed at elsewhere stays. */
  #redraw(root: string, before: readonly AssetView[], assets: readonly AssetView[]): void {
    const changes = changedAssets(before, assets);
    if (changes.film) {
      this.#redrawAll();
      return;
    }
    for (const view of assets) {
      const node = this.#given.get(assetNodeId(root, view.id));
      if (node?.kind === 'asset') node.view = view;
    }
    const ids = [
      ...changes.categories.map((category) => categoryNodeId(root, category)),
      ...changes.assets.map((id) => assetNodeId(root, id)),
    ];
    const nodes = ids.map((id) => this.#given.get(id)).filter((node) => node !== undefined);
    if (nodes.length > 0) this.#changed.fire(nodes);
  }

  #redrawAll(): void {
    this.#given.clear();
    this.#changed.fire(undefined);
  }

  /** A node the editor has already is given again, with what is known now. */
  #give(nodes: readonly AssetNode[]): AssetNode[] {
    return nodes.map((node) => {
      const known = this.#given.get(node.id);
      if (known === undefined || known.parent !== node.parent) {
        this.#given.set(node.id, node);
        return node;
      }
      if (known.kind === 'asset' && node.kind === 'asset') known.view = node.view;
      if (known.kind === 'file' && node.kind === 'file') known.view = node.view;
      return known;
    });
  }
}
