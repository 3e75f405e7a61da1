import type { JobId } from '../core/model/ids.ts';
import type { Studio } from '../core/ports/studio.ts';
import type { JobView } from '../core/protocol/views.ts';
import { startWorker } from './detachedWorker.ts';
import { exitCodes, InterruptedError } from './exit.ts';
import { oneLine, plural } from './format/text.ts';
import { generateReply } from './generateReply.ts';
import { jobJson } from './jobJson.ts';
import { cancelling, follow } from './progress/follow.ts';
import type { Reply } from './reply.ts';
import type { Session } from './session.ts';
import { sayPaused } from './sayPaused.ts';
import { sayFallbacks, sayPendingCommits } from './takeNotes.ts';

/** What takes are asked for, and where they belong. */
export interface TakesWanted {
  readonly roots: readonly string[];
  /** Puts the jobs into the queue. */
  readonly ask: (studio: Studio) => Promise<readonly JobView[]>;
  /** What is said where nothing was to be asked for. */
  readonly none?: string;
}

/** How long after the first signal the command may still run; what waits then is done by whoever comes next. */
const patience = 9500;

/** Accepts the jobs, runs them here, and shows them until every one has ended. */
export async function makeTakes(session: Session, wanted: TakesWanted): Promise<Reply> {
  const { interrupt, terminal } = session;
  const answer = interrupt.answer(() => terminal.note(cancelling));
  const signals = interrupt.listen();
  // Closing records and commits what is still on its way.
  const inTime = (closing: Promise<void>): Promise<void> =>
    Promise.race([closing, interrupt.since(patience)]);
  try {
    const started = Date.now();
    const news = new Map<JobId, JobView>();
    const studio = session.studio('open');
    const followed = await takesOf(session, wanted);
    // What waited for its commit until now may be committed at closing.
    studio.onJobs((jobs) => jobs.forEach((job) => news.set(job.id, job)));
    await inTime(session.close());
    const isOver = ({ status }: JobView): boolean => status === 'error' || status === 'cancelled';
    const last = followed.map((job) => (isOver(job) ? job : (news.get(job.id) ?? job)));
    sayPendingCommits(terminal, last);
    const reply = generateReply(session, last, Date.now() - started);
    return last.length === 0 && wanted.none !== undefined ? { ...reply, lines: [wanted.none] } : reply;
  } catch (error) {
    await Promise.allSettled([inTime(session.leave())]);
    throw error;
  } finally {
    for (const item of [signals, answer]) item.dispose();
  }
}

async function takesOf(session: Session, wanted: TakesWanted): Promise<readonly JobView[]> {
  const studio = session.studio('open');
  const accepted = await accept(session, studio, wanted);
  sayFallbacks(session.terminal, accepted);
  await sayPaused(session.terminal, studio);
  return follow(
    session,
    studio,
    accepted.map((job) => job.id),
  );
}

/** A project on a disk that does not answer must not keep a user who wants to leave. */
async function accept(
  session: Session,
  studio: Studio,
  { roots, ask }: TakesWanted,
): Promise<readonly JobView[]> {
  const { interrupt } = session;
  const left = interrupt.since(patience);
  await Promise.race([Promise.all(roots.map((root) => studio.openProject(root))), left]);
  const { exitCode } = interrupt;
  if (exitCode !== undefined) throw new InterruptedError('Stopped before any job was accepted.', exitCode);
  // From here on the jobs are accepted: a wish to stop cancels them.
  return ask(studio);
}

/** Only accepts the jobs; a worker in the background runs them. */
export async function submitTakes(session: Session, { ask }: TakesWanted): Promise<Reply> {
  const studio = session.studio();
  const accepted = await ask(studio);
  await startWorker(session.home);
  sayFallbacks(session.terminal, accepted);
  await sayPaused(session.terminal, studio);
  return {
    json: { jobs: accepted.map(jobJson) },
    lines: [...accepted.map(detachedLine), `${plural(accepted.length, 'job')} accepted.`],
    exitCode: exitCodes.done,
  };
}

function detachedLine(job: JobView): string {
  return oneLine(`${job.id}  ${job.address}`);
}
