import path from 'node:path';
import * as vscode from 'vscode';
import { FromTakePage, type TakePage, type TakePageAction } from '../../core/protocol/takePage.ts';
import { showPage } from '../pageHost.ts';
import type { Translate } from '../translate.ts';
import type { ContentNeeds } from './takePageContent.ts';

export interface TakePageNeeds {
  readonly extensionUri: vscode.Uri;
  readonly t: Translate;
  log(line: string): void;
}

export interface ShownTakePage {
  /** Names the page: asked for again, it comes to the front as it is now. */
  readonly key: string;
  readonly title: string;
  /** Files that the page shows. */
  readonly files: readonly string[];
  readonly content: (needs: ContentNeeds) => TakePage;
  readonly act: (action: TakePageAction) => void;
}

/** The pages of takes that are open in this window. */
export class TakePages implements vscode.Disposable {
  readonly #open = new Map<string, vscode.WebviewPanel>();
  readonly #needs: TakePageNeeds;

  constructor(needs: TakePageNeeds) {
    this.#needs = needs;
  }

  show(page: ShownTakePage): void {
    // A panel's folders cannot be changed later, and another picture may be shown now.
    this.#open.get(page.key)?.dispose();
    const panel = vscode.window.createWebviewPanel('auteur.take', page.title, vscode.ViewColumn.Active, {});
    this.#open.set(page.key, panel);
    panel.iconPath = vscode.Uri.joinPath(this.#needs.extensionUri, 'media', 'icon.svg');
    panel.onDidDispose(() => {
      if (this.#open.get(page.key) === panel) this.#open.delete(page.key);
    });
    panel.webview.onDidReceiveMessage((message: unknown) => {
      this.#receive(panel, page, message);
    });
    showPage(panel.webview, {
      name: 'take',
      title: page.title,
      extensionUri: this.#needs.extensionUri,
      media: [...new Set(page.files.map((file) => path.dirname(file)))],
    });
  }

  dispose(): void {
    for (const panel of this.#open.values()) panel.dispose();
  }

  #receive(panel: vscode.WebviewPanel, page: ShownTakePage, message: unknown): void {
    const parsed = FromTakePage.safeParse(message);
    if (!parsed.success) {
      this.#needs.log(`take page: ${parsed.error.message}`);
      return;
    }
    if (parsed.data.type === 'action') {
      page.act(parsed.data.action);
      return;
    }
    const content = page.content({
      t: this.#needs.t,
      srcOf: (file) => panel.webview.asWebviewUri(vscode.Uri.file(file)).toString(),
      timeOf: (iso) => new Date(iso).toLocaleString(vscode.env.language),
    });
    void panel.webview.postMessage(content);
  }
}
