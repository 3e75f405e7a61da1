import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AuteurApi } from '../../../src/extension/extension.ts';
import type { FilmNode } from '../../../src/providers/trees/nodes.ts';
import { eventually } from './eventually.ts';
import { extension } from './extension.ts';
import type { Film } from './film.ts';

type Asked = Pick<Film, 'root'>;

/** The Projects tree of this window, asked as the editor asks it. */
export class FilmTree {
  readonly #api: AuteurApi;

  private constructor(api: AuteurApi) {
    this.#api = api;
  }

  static async open(): Promise<FilmTree> {
    const tree = new FilmTree((await extension().activate()) as AuteurApi);
    await vscode.commands.executeCommand('auteur.projects.focus');
    return tree;
  }

  get onDraw(): AuteurApi['onDidChangeProjects'] {
    return this.#api.onDidChangeProjects;
  }

  get onDecorate(): vscode.Event<unknown> {
    const { onDidChangeFileDecorations: onDecorate } = this.#api.projects.decorations;
    assert.ok(onDecorate);
    return onDecorate;
  }

  async children(node?: FilmNode): Promise<readonly FilmNode[]> {
    return (await this.#api.projects.items.getChildren(node)) ?? [];
  }

  /** The node of a film, or at an address of it; undefined where the tree does not show it. */
  async find({ root }: Asked, address = ''): Promise<FilmNode | undefined> {
    const steps = address === '' ? [] : address.split('/');
    const projects = await this.children();
    let node = projects.find((one) => one.kind === 'project' && one.root === root);
    for (let depth = 1; node !== undefined && depth <= steps.length; depth++) {
      const wanted = steps.slice(0, depth).join('/');
      node = (await this.children(node)).find((child) => 'address' in child && child.address === wanted);
    }
    return node;
  }

  /** The same, once the tree shows it. */
  node(film: Asked, address = ''): Promise<FilmNode> {
    return eventually(`${address} of ${film.root} in the tree`, () => this.find(film, address));
  }

  /** Labels of what is below a place. */
  async labels(film: Asked, address = ''): Promise<readonly string[]> {
    const node = await this.find(film, address);
    if (node === undefined) return [];
    return (await this.children(node)).map((child) => labelOf(this.item(child)));
  }

  item(node: FilmNode): vscode.TreeItem {
    const item = this.#api.projects.items.getTreeItem(node);
    assert.ok(item instanceof vscode.TreeItem);
    return item;
  }

  /** What the line of a place says behind its label, once it fits. */
  async says(film: Asked, address: string, fits: RegExp): Promise<vscode.TreeItem> {
    return eventually(`${address} says ${String(fits)}`, async () => {
      const node = await this.find(film, address);
      const item = node === undefined ? undefined : this.item(node);
      return fits.test(String(item?.description)) ? item : undefined;
    });
  }

  /** What the tooltip says, as it is read. */
  async tooltip(node: FilmNode): Promise<string> {
    const escaped = /&#(\d+);/g;
    return (await this.markdown(node)).replace(escaped, (_, code: string) =>
      String.fromCharCode(Number(code)),
    );
  }

  async markdown(node: FilmNode): Promise<string> {
    const { items } = this.#api.projects;
    const none = new vscode.CancellationTokenSource().token;
    const item = await items.resolveTreeItem?.(this.item(node), node, none);
    assert.ok(item?.tooltip instanceof vscode.MarkdownString);
    return item.tooltip.value;
  }

  /** The decoration of a node's line, asked for under the address its item has. */
  async decoration(node: FilmNode): Promise<vscode.FileDecoration | undefined> {
    const { resourceUri } = this.item(node);
    assert.ok(resourceUri);
    const none = new vscode.CancellationTokenSource().token;
    return (await this.#api.projects.decorations.provideFileDecoration(resourceUri, none)) ?? undefined;
  }

  /** What is carried where these are dragged. */
  async drag(...nodes: readonly FilmNode[]): Promise<vscode.DataTransfer> {
    const data = new vscode.DataTransfer();
    const none = new vscode.CancellationTokenSource().token;
    await this.#api.projects.drops.handleDrag?.(nodes, data, none);
    return data;
  }

  async drop(data: vscode.DataTransfer, target: FilmNode | undefined): Promise<void> {
    const none = new vscode.CancellationTokenSource().token;
    await this.#api.projects.drops.handleDrop?.(target, data, none);
  }
}

export function labelOf({ label }: vscode.TreeItem): string {
  return typeof label === 'string' ? label : (label?.label ?? '');
}

export function iconOf({ iconPath }: vscode.TreeItem): string | undefined {
  return iconPath instanceof vscode.ThemeIcon ? iconPath.id : undefined;
}
