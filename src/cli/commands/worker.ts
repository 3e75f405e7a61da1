import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { AuteurError } from '../../core/errors.ts';
import type { JobId } from '../../core/model/ids.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { JobView } from '../../core/protocol/views.ts';
import { exitCodes } from '../exit.ts';
import { isEnded } from '../jobJson.ts';
import { examples } from '../options.ts';
import { createLines } from '../progress/display.ts';
import { StuckJobs } from '../progress/stuckJobs.ts';
import type { Reply, Run } from '../reply.ts';
import { sayPaused } from '../sayPaused.ts';
import type { Session } from '../session.ts';
import { WorkerPresence } from '../workerPresence.ts';
import { isEarlier, workerReply } from '../workerReply.ts';

interface WorkerOptions {
  readonly once?: true;
}

const pollInterval = 1000;

export function registerWorker(program: Command, run: Run): void {
  program
    .command('worker')
    .description(
      'run the jobs of every project on this machine, until stopped; within a film, commit its takes',
    )
    .option('--once', 'end when no job waits or runs')
    .addHelpText('after', examples('worker', 'worker --once --json'))
    .action((options: WorkerOptions) => run((session) => work(session, options)));
}

async function work(session: Session, options: WorkerOptions): Promise<Reply> {
  const began = Date.now();
  const signals = session.interrupt.listen();
  const unread = session.terminal.onClosed(() => session.interrupt.stop());
  const studio = session.studio('all');
  const seen = new Seen();
  // The studio sets to work as soon as its queue is open: what ends before the worker looks at it is heard of here.
  const heard = studio.onJobs((jobs) => seen.add(jobs));
  try {
    // Opens the queue: who cannot do that does not announce a worker.
    await studio.jobs({ ids: [] });
    await sayPaused(session.terminal, studio);
    await openHere(session, studio);
    return await workOn(session, studio, { seen, began, once: options.once === true });
  } finally {
    heard.dispose();
    unread.dispose();
    signals.dispose();
  }
}

/** The film around the user may have takes to commit that no job here tells of: it was moved, or unpacked. */
async function openHere(session: Session, studio: Studio): Promise<void> {
  try {
    await studio.openProject(await session.project());
  } catch (error) {
    if (!AuteurError.is(error, 'not-a-project')) throw error;
  }
}

async function workOn(
  session: Session,
  studio: Studio,
  { seen, once, began }: Omit<Watching, 'presence'>,
): Promise<Reply> {
  const presence = new WorkerPresence(session.home);
  await presence.announce();
  try {
    await watch(session, studio, { seen, presence, once, began });
    await seen.look(studio);
    const all = await studio.jobs({});
    // What is committed last is told, too.
    await session.close();
    const work = {
      began,
      heard: seen.jobs,
      all: all.map((job) => seen.latest(job)),
      committedEarlier: session.earlier.committed,
    };
    return { ...(await workerReply(session.terminal, work)), exitCode: exitCodeOf(session, once) };
  } finally {
    await presence.withdraw();
  }
}

/** The jobs that were open, or changed, at some moment of this worker's life. */
class Seen {
  readonly #jobs = new Map<JobId, JobView>();

  add(jobs: readonly JobView[]): void {
    for (const job of jobs) this.#jobs.set(job.id, job);
  }

  get ids(): readonly JobId[] {
    return [...this.#jobs.keys()];
  }

  /** Brings up to date what may have been missed. */
  async look(studio: Studio): Promise<void> {
    if (this.ids.length > 0) this.add(await studio.jobs({ ids: this.ids }));
  }

  get jobs(): readonly JobView[] {
    return [...this.#jobs.values()];
  }

  /** As last seen. */
  latest(job: JobView): JobView {
    return this.#jobs.get(job.id) ?? job;
  }
}

interface Watching {
  readonly seen: Seen;
  readonly presence: WorkerPresence;
  readonly once: boolean;
  readonly began: number;
}

async function watch(
  session: Session,
  studio: Studio,
  { seen, presence, once, began }: Watching,
): Promise<void> {
  const display = createLines(session.terminal);
  if (!once) display.say('Waiting for jobs; Ctrl+C ends the worker.');
  let wake: () => void = () => undefined;
  const stuck = new StuckJobs(display.say);
  const news = studio.onJobs((jobs) => {
    stuck.update(jobs);
    display.update(jobs.filter((job) => !isEarlier(job, began)));
    if (jobs.some(isEnded)) wake();
  });
  const earlier = session.earlier.watch(display.sayBelow);
  try {
    await isIdle(studio, seen);
    if (!once) await session.interrupt.asked;
    while (!session.interrupt.signal.aborted) {
      const changed = new Promise<void>((resolve) => (wake = resolve));
      if ((await isIdle(studio, seen)) && (await mayLeave(studio, seen, presence))) return;
      await Promise.race([changed, session.interrupt.asked, sleep(pollInterval)]);
    }
  } finally {
    for (const item of [earlier, news, display]) item.dispose();
  }
}

async function isIdle(studio: Studio, seen: Seen): Promise<boolean> {
  const open = (await studio.jobs({})).filter((job) => !isEnded(job) || awaitsCommit(job));
  seen.add(open);
  return open.length === 0;
}

/** Recorded by a process that died before the commit; once a reason is known, nothing more is done here. */
function awaitsCommit({ take }: JobView): boolean {
  return take?.commit.state === 'pending' && take.commit.reason === undefined;
}

/** Takes the sign down first: whoever saw it hanging has already put his jobs into the queue. */
async function mayLeave(studio: Studio, seen: Seen, presence: WorkerPresence): Promise<boolean> {
  await presence.withdraw();
  if (await isIdle(studio, seen)) {
    if (seen.ids.length > 0) await studio.settled(seen.ids);
    return true;
  }
  await presence.announce();
  return false;
}

/** A worker without an end of its own is meant to be stopped; one with --once was kept from its work. */
function exitCodeOf(session: Session, once: boolean): number {
  return (once ? session.interrupt.exitCode : undefined) ?? exitCodes.done;
}
