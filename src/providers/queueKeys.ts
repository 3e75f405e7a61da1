import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/events.ts';
import type { ContextKey, QueueKey } from './contributions.ts';
import type { JobBoard } from './jobBoard.ts';
import type { QueueState } from './queueState.ts';

/** Keeps the context keys about the queue, which menus look at. */
export function registerQueueKeys(needs: {
  readonly jobs: JobBoard;
  readonly queue: QueueState;
}): Disposable {
  const owned = new DisposableStore();
  const told = new Map<ContextKey, boolean>();
  const show = (): void => {
    const keys: Readonly<Record<QueueKey, boolean>> = {
      'auteur:isQueuePaused': needs.queue.current.paused,
      'auteur:hasOpenJobs': needs.jobs.hasActive,
      'auteur:hasFailedJobs': needs.jobs.hasFailed,
    };
    for (const key of Object.keys(keys) as readonly QueueKey[]) {
      if (told.get(key) === keys[key]) continue;
      told.set(key, keys[key]);
      void vscode.commands.executeCommand('setContext', key, keys[key]);
    }
  };
  owned.add(needs.queue.onChanged(show));
  return owned;
}
