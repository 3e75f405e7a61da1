import type { ProgressWords } from '../../core/protocol/progressPage.ts';
import type { Translate } from '../translate.ts';

export function progressWords(t: Translate): ProgressWords {
  return {
    running: t('Running'),
    waiting: t('Waiting'),
    finished: t('Finished'),
    empty: t(
      'Takes you generate show here while they are made: right-click a shot and choose Generate Take.',
    ),
    newProject: t('New Project'),
    cancel: t('Cancel'),
    cancelOf: t('Cancel {address} of {project}'),
    cancelBatch: t('Cancel all of them'),
    moveToTop: t('Move to Top'),
    moveToTopOf: t('Move {address} of {project} to the top'),
    retry: t('Try Again'),
    retryOf: t('Try {address} of {project} again'),
    showLog: t('Show Log'),
    showLogOf: t('Show the log of {address} of {project}'),
    paused: t('The queue is paused: what runs goes on, nothing new is begun.'),
    resume: t('Resume'),
    later: t('{count} more waiting'),
    open: t('Open'),
    openOf: t('Open take {number} of {address}'),
    take: t('Take {number}'),
    completed: t('Done'),
    failed: t('Failed'),
    cancelled: t('Cancelled'),
    commitPending: t('Recorded, not yet committed to Git'),
    fallback: t('instead of {from}'),
    earlier: t('{count} more finished earlier'),
    progressOf: t('Progress of {address}'),
    previewOf: t('Preview of the take of {address}'),
    announceDone: t('Take {number} of {address} is done'),
    announceFailed: t('The take of {address} failed'),
    announceCancelled: t('The take of {address} was cancelled'),
  };
}
