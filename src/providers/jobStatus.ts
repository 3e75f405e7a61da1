import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/events.ts';
import { isActive } from '../core/protocol/jobState.ts';
import type { JobView } from '../core/protocol/views.ts';
import type { CommandId } from './contributions.ts';
import type { JobBoard } from './jobBoard.ts';
import type { QueueState } from './queueState.ts';
import { statusText } from './jobStatusText.ts';
import type { Translate } from './translate.ts';

export interface JobStatusNeeds {
  readonly jobs: JobBoard;
  readonly queue: QueueState;
  readonly t: Translate;
}

const showProgress: CommandId = 'auteur.progress.show';
const doneShownMs = 15_000;

/** The status bar item: what runs and waits, and what has ended since it was last looked at. */
export class JobStatus implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #needs: JobStatusNeeds;
  readonly #item: vscode.StatusBarItem;
  readonly #seenActive = new Set<string>();
  #done = 0;
  #failed = 0;
  #hideTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(needs: JobStatusNeeds) {
    this.#needs = needs;
    this.#item = this.#owned.add(
      vscode.window.createStatusBarItem('auteur.jobs', vscode.StatusBarAlignment.Left, 0),
    );
    this.#item.name = needs.t('Auteur Progress');
    this.#item.command = showProgress;
    this.#owned.add(
      needs.jobs.onChanged((jobs) => {
        this.#follow(jobs);
      }),
    );
    this.#owned.add(
      needs.queue.onChanged(() => {
        this.#draw();
      }),
    );
  }

  /** What has ended was seen: only what is still active stays. */
  seen(): void {
    this.#done = 0;
    this.#failed = 0;
    this.#draw();
  }

  dispose(): void {
    clearTimeout(this.#hideTimer);
    this.#owned.dispose();
  }

  #follow(jobs: readonly JobView[]): void {
    for (const job of jobs) {
      // Only what ran while this window was open counts as news.
      if (isActive(job)) this.#seenActive.add(job.id);
      else if (this.#seenActive.delete(job.id)) this.#count(job);
    }
    this.#draw();
  }

  #count(job: JobView): void {
    if (job.status === 'completed') this.#done++;
    if (job.status === 'error') this.#failed++;
    clearTimeout(this.#hideTimer);
    this.#hideTimer = setTimeout(() => {
      this.#done = 0;
      this.#draw();
    }, doneShownMs);
  }

  #draw(): void {
    const active = this.#needs.jobs.active();
    const running = active.filter((job) => job.status === 'running');
    const waiting = active.filter((job) => job.status === 'pending');
    const { paused, remainingMs } = this.#needs.queue.current;
    const status = statusText(this.#needs.t, {
      ...{ running, waiting, done: this.#done, failed: this.#failed, paused },
      ...(remainingMs === undefined ? {} : { remainingMs }),
    });
    if (status === undefined) {
      this.#item.hide();
      return;
    }
    this.#item.text = status.text;
    this.#item.tooltip = status.tooltip;
    this.#item.accessibilityInformation = { label: status.spoken, role: 'button' };
    this.#item.backgroundColor = status.failed
      ? new vscode.ThemeColor('statusBarItem.errorBackground')
      : undefined;
    this.#item.show();
  }
}
