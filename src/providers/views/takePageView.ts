import path from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore, type Event } from '../../core/events.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { AuteurEvent } from '../../core/protocol/events.ts';
import {
  FromTakePage,
  type TakePage,
  type TakePageAction,
  type TakePageRef,
} from '../../core/protocol/takePage.ts';
import { Batch } from '../batch.ts';
import { showPage } from '../pageHost.ts';
import type { ProjectIndex } from '../projectIndex.ts';
import type { FileHint } from '../projectWatcher.ts';
import type { Translate } from '../translate.ts';
import type { ContentNeeds } from './takePageContent.ts';
import { takePageType } from './takePageType.ts';

/** After these a page may have another thing to say. */
const telling: ReadonlySet<string> = new Set<AuteurEvent['type']>([
  'take_updated',
  'take_created',
  'project_update',
]);
const renewalDelayMs = 200;

export interface TakePageNeeds {
  readonly studio: Pick<Studio, 'onEvent'>;
  readonly projects: Pick<ProjectIndex, 'current'>;
  /** Something of a film may have changed on disk or in an editor. */
  readonly onHint: Event<FileHint>;
  readonly extensionUri: vscode.Uri;
  readonly t: Translate;
  log(line: string): void;
}

export interface ShownTakePage {
  /** Asked for again, the page about it comes to the front as it is now. */
  readonly about: TakePageRef;
  readonly title: string;
  /** Files that the page shows. */
  readonly files: readonly string[];
  /** What it shows as things are now; read again whenever something of a film has changed. */
  readonly content: (needs: ContentNeeds) => Promise<TakePage>;
  readonly act: (action: TakePageAction) => void;
}

/** The pages of takes that are open in this window. */
export class TakePages implements vscode.Disposable {
  readonly #owned = new DisposableStore();
  readonly #open = new Map<string, OpenPage>();
  readonly #needs: TakePageNeeds;

  constructor(needs: TakePageNeeds) {
    this.#needs = needs;
    const due = this.#owned.add(
      new Batch<OpenPage>(renewalDelayMs, async (open) => {
        for (const one of open) await this.#send(one);
      }),
    );
    const changed = (root: string): void => {
      for (const one of this.#open.values()) if (one.page.about.root === root) due.add(one);
    };
    this.#owned.add(
      needs.studio.onEvent(({ projectId, event }) => {
        if (!telling.has(event.type)) return;
        for (const { id, root } of needs.projects.current) if (id === projectId) changed(root);
      }),
    );
    this.#owned.add(
      needs.onHint((hint) => {
        if (hint.kind !== 'projects') changed(hint.root);
      }),
    );
  }

  show(page: ShownTakePage): void {
    // A panel's folders cannot be changed later, and another picture may be shown now.
    this.#open.get(keyOf(page))?.panel.dispose();
    this.fill(vscode.window.createWebviewPanel(takePageType, page.title, vscode.ViewColumn.Active, {}), page);
  }

  /** Gives a panel that is there already its page. */
  fill(panel: vscode.WebviewPanel, page: ShownTakePage): void {
    const open: OpenPage = { panel, page, asked: 0 };
    this.#open.set(keyOf(page), open);
    panel.iconPath = vscode.Uri.joinPath(this.#needs.extensionUri, 'media', 'icon.svg');
    panel.onDidDispose(() => {
      if (this.#open.get(keyOf(page)) === open) this.#open.delete(keyOf(page));
    });
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(open, message));
    showPage(panel.webview, {
      name: 'take',
      title: page.title,
      extensionUri: this.#needs.extensionUri,
      media: [...new Set(page.files.map((file) => path.dirname(file)))],
    });
  }

  dispose(): void {
    // The pages themselves stay: VS Code gives them back to the next extension host.
    this.#owned.dispose();
  }

  async #receive(open: OpenPage, message: unknown): Promise<void> {
    const parsed = FromTakePage.safeParse(message);
    if (!parsed.success) this.#needs.log(`take page: ${parsed.error.message}`);
    else if (parsed.data.type === 'action') open.page.act(parsed.data.action);
    else await this.#send(open);
  }

  /** What cannot be read any more, as that of a film that is gone, stays as it was last. */
  async #send(open: OpenPage): Promise<void> {
    const { page, panel } = open;
    const { webview } = panel;
    const asked = ++open.asked;
    try {
      const content = await page.content({
        about: page.about,
        t: this.#needs.t,
        srcOf: (file) => webview.asWebviewUri(vscode.Uri.file(file)).toString(),
        timeOf: (iso) => new Date(iso).toLocaleString(vscode.env.language),
      });
      // Of two readings the later one counts, whichever ends first.
      if (asked === open.asked && this.#open.get(keyOf(page)) === open) await webview.postMessage(content);
    } catch (error) {
      this.#needs.log(`take page: ${String(error)}`);
    }
  }
}

function keyOf({ about }: ShownTakePage): string {
  return JSON.stringify(about);
}

interface OpenPage {
  readonly panel: vscode.WebviewPanel;
  readonly page: ShownTakePage;
  /** How often its content was asked for. */
  asked: number;
}
