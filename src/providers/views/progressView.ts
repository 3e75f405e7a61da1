import * as vscode from 'vscode';
import { DisposableStore, Emitter, type Disposable, type Event } from '../../core/events.ts';
import type { JobId } from '../../core/model/ids.ts';
import type { FromProgressPage, ToProgressPage } from '../../core/protocol/progressPage.ts';
import { Batch } from '../batch.ts';
import { views } from '../contributions.ts';
import { errorText } from '../errorText.ts';
import { executeCommand } from '../executeCommand.ts';
import type { JobBoard } from '../jobBoard.ts';
import { showPage } from '../pageHost.ts';
import type { ProjectIndex } from '../projectIndex.ts';
import type { QueueState } from '../queueState.ts';
import type { Translate } from '../translate.ts';
import { JobPreviews, type JobPreview } from './jobPreviews.ts';
import { progressSnapshot } from './progressSnapshot.ts';
import { progressWords } from './progressWords.ts';

export interface ProgressViewNeeds {
  readonly extensionUri: vscode.Uri;
  readonly jobs: JobBoard;
  readonly queue: QueueState;
  readonly projects: ProjectIndex;
  readonly t: Translate;
  /** Where the previews of jobs that run are. */
  readonly previews: string;
  /** The page has come into sight, so what has ended was seen. */
  seen(): void;
  log(line: string): void;
}

/** What is new shows at once, and no more than ten times a second. */
const redrawDelayMs = 10;
const redrawPauseMs = 100;

/** Running, waiting and finished jobs; the page draws, the host decides. */
class ProgressView implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #owned = new DisposableStore();
  readonly #needs: ProgressViewNeeds;
  readonly #redraw = this.#owned.add(
    new Batch<'jobs'>(
      redrawDelayMs,
      () => {
        this.#draw();
      },
      redrawPauseMs,
    ),
  );
  readonly #drawn = this.#owned.add(new Emitter<ToProgressPage>());
  /** What the page was given to draw. */
  readonly onDraw = this.#drawn.event;
  readonly #previews: JobPreviews;
  #view: vscode.WebviewView | undefined;

  constructor(needs: ProgressViewNeeds) {
    this.#needs = needs;
    this.#previews = this.#owned.add(
      new JobPreviews({
        folder: needs.previews,
        running: () => this.#runningInSight(),
        show: (previews) => {
          this.#showPreviews(previews);
        },
        log: (line) => {
          needs.log(line);
        },
      }),
    );
    const redraw = (): void => {
      this.#redraw.add('jobs');
    };
    this.#owned.add(needs.jobs.onChanged(redraw));
    this.#owned.add(needs.queue.onChanged(redraw));
    this.#owned.add(needs.projects.onChanged(redraw));
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    view.webview.onDidReceiveMessage((message: unknown) => {
      return this.#receive(message);
    });
    view.onDidChangeVisibility(() => {
      this.#draw();
    });
    view.onDidDispose(() => {
      this.#view = undefined;
    });
    showPage(view.webview, {
      name: 'progress',
      title: this.#needs.t('Progress'),
      extensionUri: this.#needs.extensionUri,
      media: [this.#needs.previews],
    });
  }

  get isVisible(): boolean {
    return this.#view?.visible === true;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  /** What reads it is loaded with the first message: a window may never show the page. */
  async #receive(message: unknown): Promise<void> {
    const { FromProgressPage } = await import('../../core/protocol/progressPage.ts');
    const parsed = FromProgressPage.safeParse(message);
    if (parsed.success) this.#answer(parsed.data);
    else this.#needs.log(`progress page: ${parsed.error.message}`);
  }

  #answer(asked: FromProgressPage): void {
    switch (asked.type) {
      case 'ready':
        void this.#start();
        return;
      case 'cancelJob':
        executeCommand('auteur.job.cancel', asked);
        return;
      case 'cancelBatch':
        executeCommand('auteur.job.cancelBatch', asked);
        return;
      case 'moveToTop':
        executeCommand('auteur.job.moveToTop', asked);
        return;
      case 'retryJob':
        executeCommand('auteur.job.retry', asked);
        return;
      case 'showLog':
        executeCommand('auteur.job.showLog', asked);
        return;
      case 'resumeQueue':
        executeCommand('auteur.queue.resume');
        return;
      case 'openTake':
        this.#openTake(asked.jobId);
        return;
      case 'newProject':
        executeCommand('auteur.project.create');
    }
  }

  async #start(): Promise<void> {
    this.#post({ type: 'words', words: progressWords(this.#needs.t) });
    try {
      await this.#needs.jobs.refresh();
    } catch (error) {
      // The board keeps the reason, and the page shows it.
      this.#needs.log(`progress page: ${String(error)}`);
    }
    this.#draw();
    this.#previews.forget();
  }

  #openTake(id: JobId): void {
    const job = this.#needs.jobs.get(id);
    if (job === undefined) return;
    executeCommand('auteur.take.open', { root: job.projectRoot, shotId: job.shotId, takeId: id });
  }

  #draw(): void {
    if (this.#view === undefined) return;
    const { jobs, queue, projects, t } = this.#needs;
    const active = jobs.active().length;
    this.#view.badge = active === 0 ? undefined : { value: active, tooltip: badgeText(t, active) };
    this.#previews.wake();
    if (!this.#view.visible) return;
    this.#needs.seen();
    const hasProjects = projects.current.length > 0;
    const { problem } = jobs;
    this.#post(
      progressSnapshot(
        { board: jobs, queue, t },
        { hasProjects, ...(problem === undefined ? {} : { problem: errorText(t, problem) }) },
      ),
    );
  }

  #runningInSight(): readonly JobId[] {
    if (this.#view?.visible !== true) return [];
    return this.#needs.jobs.running().map(({ id }) => id);
  }

  #showPreviews(previews: readonly JobPreview[]): void {
    const { webview } = this.#view ?? {};
    if (webview === undefined) return;
    const urlOf = ({ file, version }: JobPreview): string =>
      webview.asWebviewUri(vscode.Uri.file(file)).with({ query: version }).toString();
    const urls = previews.map((preview) => [preview.job, urlOf(preview)] as const);
    this.#post({ type: 'previews', previews: Object.fromEntries(urls) });
  }

  #post(message: ToProgressPage): void {
    this.#drawn.fire(message);
    void this.#view?.webview.postMessage(message);
  }
}

function badgeText(t: Translate, count: number): string {
  return count === 1 ? t('1 take running or waiting') : t('{count} takes running or waiting', { count });
}

export function registerProgressView(
  needs: ProgressViewNeeds,
): Disposable & { readonly onDraw: Event<unknown>; readonly isVisible: () => boolean } {
  const store = new DisposableStore();
  const provider = store.add(new ProgressView(needs));
  store.add(vscode.window.registerWebviewViewProvider(views.progress, provider));
  const dispose = (): void => {
    store.dispose();
  };
  return { onDraw: provider.onDraw, isVisible: () => provider.isVisible, dispose };
}
