import type { JobId } from '../../core/model/ids.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { JobView } from '../../core/protocol/views.ts';
import { plural } from '../format/text.ts';
import { isEnded } from '../jobJson.ts';
import type { Session } from '../session.ts';
import { createDisplay, type ProgressDisplay } from './display.ts';

interface Following {
  readonly session: Session;
  readonly studio: Studio;
  readonly ids: readonly JobId[];
  readonly display: ProgressDisplay;
}

/** Shows these jobs until every one has ended; when the user asks to stop, they are cancelled first. */
export async function follow(
  session: Session,
  studio: Studio,
  ids: readonly JobId[],
): Promise<readonly JobView[]> {
  const display = createDisplay(session.terminal);
  const wanted = new Set(ids);
  const show = (jobs: readonly JobView[]): void => display.update(jobs.filter((job) => wanted.has(job.id)));
  const news = studio.onJobs(show);
  try {
    show((await studio.jobs({ ids })).toReversed());
    const ended = await endOf({ session, studio, ids, display });
    show(ended);
    return ended;
  } finally {
    news.dispose();
    display.dispose();
  }
}

async function endOf(following: Following): Promise<readonly JobView[]> {
  const { session, studio, ids } = following;
  const ended = studio.settled(ids);
  await Promise.race([ended, session.interrupt.asked]);
  if (session.interrupt.exitCode !== undefined) await cancelAll(following);
  return ended;
}

async function cancelAll({ studio, ids, display }: Following): Promise<void> {
  const left = (await studio.jobs({ ids })).filter((job) => !isEnded(job));
  if (left.length > 0) display.say(`Cancelling ${plural(left.length, 'job')}; once more to leave at once.`);
  // A job that ends while it is being cancelled has its take: nothing is left to cancel.
  await Promise.allSettled(left.map((job) => studio.cancelJob(job.id)));
}
