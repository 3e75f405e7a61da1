import type { AuteurError } from '../core/errors.ts';
import { DisposableStore, type Event } from '../core/events.ts';
import type { JobId } from '../core/model/ids.ts';
import type { JobQueue } from '../core/ports/jobQueue.ts';
import { isSettled } from '../core/protocol/jobState.ts';
import type { JobView } from '../core/protocol/views.ts';

interface Watched {
  readonly queue: Pick<JobQueue, 'jobs' | 'onChanged'>;
  /** A newer build has taken the queue over: nothing more is heard of the jobs. */
  readonly onOutdated: Event<AuteurError>;
}

/** Waits until all of the jobs have ended, and their takes are committed or said to be pending. @throws AuteurError as told */
export function untilSettled(
  ids: readonly JobId[],
  { queue, onOutdated }: Watched,
): Promise<readonly JobView[]> {
  const open = new Set(ids);
  return new Promise((resolve, reject) => {
    const subscriptions = new DisposableStore();
    const see = (jobs: readonly JobView[]): void => {
      for (const job of jobs) if (isSettled(job)) open.delete(job.id);
      if (open.size > 0) return;
      subscriptions.dispose();
      resolve(queue.jobs({ ids }).toReversed());
    };
    subscriptions.add(queue.onChanged(see));
    subscriptions.add(
      onOutdated((error) => {
        subscriptions.dispose();
        reject(error);
      }),
    );
    see(queue.jobs({ ids }));
  });
}
