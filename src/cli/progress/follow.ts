import type { JobId } from '../../core/model/ids.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { JobView } from '../../core/protocol/views.ts';
import type { Session } from '../session.ts';
import { createDisplay } from './display.ts';
import { StuckJobs } from './stuckJobs.ts';

/** A take that is being recorded, or a hook that hangs, keeps nobody longer than this after his first Ctrl+C. */
const patience = 7000;

export const cancelling =
  'Cancelling; what is complete is still recorded. Ctrl+C once more to leave at once.';

interface Following {
  readonly session: Session;
  readonly studio: Studio;
  readonly ids: readonly JobId[];
}

/**
 * Shows these jobs until every one has ended; when the user asks to stop, they are cancelled first.
 * What then cannot end in time is returned as it stands.
 */
export async function follow(
  session: Session,
  studio: Studio,
  ids: readonly JobId[],
): Promise<readonly JobView[]> {
  const display = await createDisplay(session.terminal);
  const wanted = new Set(ids);
  const stuck = new StuckJobs(display.say);
  const show = (jobs: readonly JobView[]): void => {
    const ours = jobs.filter((job) => wanted.has(job.id));
    display.update(ours);
    stuck.update(ours);
  };
  const news = studio.onJobs(show);
  const answer = session.interrupt.answer(() => display.say(cancelling));
  const earlier = session.earlier.watch(display.sayBelow);
  try {
    show((await studio.jobs({ ids })).toReversed());
    const last = await endOf({ session, studio, ids });
    show(last);
    return last.map((job) => stuck.told(job));
  } finally {
    for (const item of [earlier, answer, news, display]) item.dispose();
  }
}

async function endOf(following: Following): Promise<readonly JobView[]> {
  const { session, studio, ids } = following;
  const ended = studio.settled(ids);
  await Promise.race([ended, session.interrupt.asked]);
  if (session.interrupt.exitCode === undefined) return ended;
  const overdue = session.interrupt.since(patience);
  await Promise.race([studio.cancelJobs({ ids }).then(() => ended), overdue]);
  return (await studio.jobs({ ids })).toReversed();
}
