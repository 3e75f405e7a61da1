import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AuteurError, toFailure } from '../core/errors.ts';
import type { JobRequest } from '../core/model/job.ts';
import type { Card, JobQueue, KeptCards } from '../core/ports/jobQueue.ts';
import type { Pipeline } from '../core/ports/pipeline.ts';
import type { JobView } from '../core/protocol/views.ts';
import { prepareHome } from './home.ts';
import { defaultConcurrency } from './places.ts';
import { lookNowAndThen } from './lookNowAndThen.ts';
import { openDatabase } from './queue/database.ts';
import { LocalLeases } from './queue/leases.ts';
import { LocalQueue } from './queue/localQueue.ts';
import { machineStart } from './queue/machineStart.ts';
import { watchDatabase } from './queue/watchDatabase.ts';
import { Recorder, type RecorderOptions } from './recorder.ts';
import { Runner } from './runner.ts';

/** What another process changes is mostly heard of at once; where it is not, it is seen by then. */
const pollMs = 200;
const sweepMs = 10_000;
const lookAfterMs = 5_000;
/** The last look for leftovers takes no longer: whoever comes next looks, too. */
const lastSweepMs = 5_000;
/** Longer than a container is given to end. What runs on then has been handed back. */
const stopMs = 30_000;

export interface FloorOptions {
  /** The user's state folder, on a local disk. */
  readonly home: string;
  readonly pipelineOf: (job: JobRequest) => Pipeline;
  readonly version: string;
  readonly concurrency?: number;
  /** The graphics cards of this machine. */
  readonly cards?: () => Promise<readonly Card[]>;
  /** The projects whose jobs are run here; `all` means the machine's. */
  readonly roots: () => readonly string[] | 'all';
  /** Projects whose takes are committed here also where no job of this machine is theirs. */
  readonly opened?: () => readonly string[];
  /** Tidies up after jobs that ended while nobody could; asked now and then. */
  readonly sweep: (outcome: JobQueue['outcome'], signal: AbortSignal) => Promise<void>;
  /** Looks after what jobs have started that nobody runs now. */
  readonly lookAfter?: (kept: KeptCards) => Promise<void>;
  readonly onJobs: (jobs: readonly JobView[]) => void;
  /** A newer build has taken the queue over: this floor does nothing any more. */
  readonly onOutdated: (error: AuteurError) => void;
  readonly log: (line: string) => void;
  readonly hurry?: RecorderOptions['hurry'];
  readonly onEarlier?: RecorderOptions['onEarlier'];
}

/** Where jobs are worked on: the queue, the runner that empties it and the recorder that keeps what comes out. */
export interface Floor {
  readonly queue: JobQueue;
  /** Looks for jobs and outputs now, rather than at the next turn. */
  readonly wake: () => void;
  /** Lets go of jobs that were cancelled or taken over. */
  readonly checkClaims: () => void;
  /** Hands running jobs back, records and commits what is complete, closes the queue. */
  readonly stop: () => Promise<void>;
}

/** @throws AuteurError `home-on-network`, `database-unusable`, `database-newer` */
export async function openFloor(options: FloorOptions): Promise<Floor> {
  const { home, pipelineOf, version, roots, log } = options;
  await prepareHome(home);
  const database = openDatabase(join(home, 'auteur.db'));
  const queue = new LocalQueue(database);
  queue.onMachine(await machineStart());
  const concurrency = options.concurrency ?? defaultConcurrency;
  const cards = options.cards ?? (() => Promise.resolve([]));
  const runner = new Runner({ queue, pipelineOf, concurrency, cards, version, roots, log });
  const recorder = new Recorder({
    queue,
    leases: new LocalLeases(database),
    roots: () => {
      const named = roots();
      return named === 'all' ? [...new Set([...queue.activeRoots(), ...(options.opened?.() ?? [])])] : named;
    },
    log,
    hurry: options.hurry,
    onEarlier: options.onEarlier,
  });
  return wire({ queue, runner, recorder }, options);
}

function wire(
  { queue, runner, recorder }: { queue: JobQueue; runner: Runner; recorder: Recorder },
  options: FloorOptions,
): Floor {
  const told = queue.onChanged((jobs) => {
    options.onJobs(jobs);
    // None has changed where the queue goes on after a pause.
    if (jobs.length === 0 || jobs.some(({ status }) => status === 'pending')) runner.look();
  });
  const delivered = runner.onDelivered(() => recorder.wake());
  const look = (): void => {
    try {
      queue.poll();
    } catch (error) {
      options.log(`Looking at the queue failed: ${toFailure(error).message}`);
      if (AuteurError.is(error, 'database-newer')) leave(error);
    }
  };
  const poll = setInterval(look, pollMs);
  const { sweeping, keeping } = lookForWhatWasLeft(queue, options);
  const news = watchDatabase(options.home, look);
  // What still runs fills its outbox; the newer build finds it there when the lease has run out.
  const leave = (error: AuteurError): void => {
    clearInterval(poll);
    for (const item of [sweeping, keeping, news, runner, recorder]) item.dispose();
    options.onOutdated(error);
  };
  const wake = (): void => {
    runner.look();
    recorder.wake();
  };
  // What an earlier process has left need not wait for the first turn of a timer.
  wake();
  return {
    queue,
    wake,
    checkClaims: () => runner.checkClaims(),
    stop: async () => {
      await within(stopMs, runner.stop());
      await recorder.stop();
      await within(lastSweepMs, sweeping.stopAfterOneMore());
      sweeping.dispose();
      await within(lastSweepMs, keeping.stop());
      keeping.dispose();
      clearInterval(poll);
      news.dispose();
      told.dispose();
      delivered.dispose();
      queue.close();
    },
  };
}

function lookForWhatWasLeft(queue: JobQueue, { sweep, lookAfter, log }: FloorOptions) {
  const sweeping = lookNowAndThen({
    work: (signal) => sweep((id) => queue.outcome(id), signal),
    ...{ everyMs: sweepMs, log, failed: 'Leftovers were not tidied up' },
  });
  const keeping = lookNowAndThen({
    work: async () => lookAfter?.(queue),
    ...{ everyMs: lookAfterMs, log, failed: 'What was left on the cards could not be looked at' },
  });
  return { sweeping, keeping };
}

/** Waits for it so long, and no longer. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  const timer = new AbortController();
  const limit = sleep(ms, undefined, { signal: timer.signal }).catch(() => undefined);
  try {
    await Promise.race([work, limit]);
  } finally {
    timer.abort();
  }
}
