import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/events.ts';
import { isActive } from '../core/protocol/jobState.ts';
import type { JobView } from '../core/protocol/views.ts';
import { Batch } from '../providers/batch.ts';
import { executeCommand } from '../providers/executeCommand.ts';
import { failedTakes } from '../providers/failedTakes.ts';
import { plainMessage } from '../providers/plainText.ts';
import type { Services } from './services.ts';

type Needs = Pick<Services, 'jobs' | 'projects' | 't'> & {
  /** The Progress page is in sight, and says it. */
  isShown(): boolean;
};

/** What fails together is told together. */
const gatherMs = 500;

/** Says that a take failed whose making was seen in this window, once for all that were asked for at once. */
export function tellFailures(needs: Needs): Disposable {
  const { jobs, projects } = needs;
  const owned = new DisposableStore();
  const seenActive = new Set<string>();
  const told = new Set<string>();
  const askedAs = ({ batch, id }: JobView): string => batch ?? id;
  const news = owned.add(
    new Batch<JobView>(gatherMs, (failed) => {
      for (const job of failed) told.add(askedAs(job));
      if (!needs.isShown()) say(needs, [...failed]);
    }),
  );
  const isOurs = ({ projectRoot }: JobView): boolean =>
    projects.current.some(({ root }) => root === projectRoot);
  owned.add(
    jobs.onChanged((changed) => {
      for (const job of changed) {
        if (isActive(job)) seenActive.add(job.id);
        else if (
          seenActive.delete(job.id) &&
          job.status === 'error' &&
          isOurs(job) &&
          !told.has(askedAs(job))
        )
          news.add(job);
      }
    }),
  );
  return owned;
}

function say({ t }: Needs, failed: readonly JobView[]): void {
  const found = failedTakes(t, failed);
  if (found === undefined) return;
  const { message, logOf } = found;
  const showLog = t('Show Job Log');
  const showProgress = t('Show Progress');
  const actions = [...(logOf === undefined ? [] : [showLog]), showProgress];
  void vscode.window.showErrorMessage(plainMessage(message), ...actions).then((chosen) => {
    if (chosen === showLog && logOf !== undefined) executeCommand('auteur.job.showLog', { jobId: logOf });
    if (chosen === showProgress) executeCommand('auteur.progress.show');
  });
}
