import type { JobId } from '../core/model/ids.ts';
import type { Studio } from '../core/ports/studio.ts';
import type { JobView } from '../core/protocol/views.ts';
import type { AuteurError } from '../core/errors.ts';
import { isNothingToMake } from '../core/failures/nothingToMake.ts';
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
    const { jobs: followed, none } = await takesOf(session, wanted);
    // What waited for its commit until now may be committed at closing.
    studio.onJobs((jobs) => jobs.forEach((job) => news.set(job.id, job)));
    await inTime(session.close());
    const isOver = ({ status }: JobView): boolean => status === 'error' || status === 'cancelled';
    const last = followed.map((job) => (isOver(job) ? job : (news.get(job.id) ?? job)));
    sayPendingCommits(terminal, last);
    const reply = generateReply(session, last, Date.now() - started);
    return none === undefined ? reply : { ...reply, lines: [none] };
  } catch (error) {
    await Promise.allSettled([inTime(session.leave())]);
    throw error;
  } finally {
    for (const item of [signals, answer]) item.dispose();
  }
}

interface Asked {
  readonly jobs: readonly JobView[];
  /** What is said where there are none. */
  readonly none?: string | undefined;
}

async function takesOf(session: Session, wanted: TakesWanted): Promise<Asked> {
  const studio = session.studio('open');
  const { jobs, none } = await accept(session, studio, wanted);
  if (none !== undefined) return { jobs, none };
  sayFallbacks(session.terminal, jobs);
  await sayPaused(session.terminal, studio);
  const ids = jobs.map((job) => job.id);
  return { jobs: await follow(session, studio, ids) };
}

/** A project on a disk that does not answer must not keep a user who wants to leave. */
async function accept(session: Session, studio: Studio, wanted: TakesWanted): Promise<Asked> {
  const { interrupt } = session;
  const left = interrupt.since(patience);
  await Promise.race([Promise.all(wanted.roots.map((root) => studio.openProject(root))), left]);
  const { exitCode } = interrupt;
  if (exitCode !== undefined) throw new InterruptedError('Stopped before any job was accepted.', exitCode);
  // From here on the jobs are accepted: a wish to stop cancels them.
  return askFor(studio, wanted);
}

/** Where what was wanted is so already, nothing failed. */
async function askFor(studio: Studio, { ask, none }: TakesWanted): Promise<Asked> {
  try {
    const jobs = await ask(studio);
    return jobs.length === 0 ? { jobs, none } : { jobs };
  } catch (error) {
    if (!isNothingToMake(error)) throw error;
    return { jobs: [], none: nothingLine(error) };
  }
}

export function nothingLine({ message, hint }: AuteurError): string {
  return oneLine(`${message} ${hint}`);
}

/** Only accepts the jobs; a worker in the background runs them. */
export async function submitTakes(session: Session, wanted: TakesWanted): Promise<Reply> {
  const studio = session.studio();
  const { jobs: accepted, none } = await askFor(studio, wanted);
  if (none !== undefined) return { json: { jobs: [] }, lines: [none] };
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
