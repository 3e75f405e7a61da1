import PQueue from 'p-queue';
import { AuteurError, systemCode, toFailure, type ErrorCode } from '../core/errors.ts';
import type { Disposable } from '../core/events.ts';
import { JobId } from '../core/model/ids.ts';
import { RelativePath } from '../core/model/relativePath.ts';
import type { AfterFailure, JobQueue, Leases } from '../core/ports/jobQueue.ts';
import { resolveInside } from '../core/storage/projectPath.ts';
import { TakeFinder } from '../core/storage/takes.ts';
import { discard, readOutbox, readResult, setAside, type OutboxEntry } from './outbox.ts';
import { TakeCommitter, type TakeCommitterOptions } from './takeCommitter.ts';
import { recordTake, takePaths } from './takeRecord.ts';
import { passed } from '../core/storage/steps.ts';

const lookMs = 1_000;
const firstRetryMs = 500;
const longestRetryMs = 5_000;
/** Most of the time a take is recorded in is spent waiting for the disk. */
const recordedAtOnce = 4;

/** Errors that may pass: a full or read-only disk, a file that is held. Every other one ends the job. */
const passing = new Set(['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EMFILE', 'ENFILE', 'EIO']);
const passingCodes: ReadonlySet<ErrorCode> = new Set([
  'disk-full',
  'disk-failing',
  'disk-read-only',
  'no-permission',
  'database-unusable',
]);

export interface RecorderOptions {
  readonly queue: JobQueue;
  readonly leases: Leases;
  readonly roots: () => readonly string[];
  readonly log: (line: string) => void;
  readonly hurry?: TakeCommitterOptions['hurry'];
  readonly onEarlier?: TakeCommitterOptions['onEarlier'];
}

interface ProjectState {
  readonly epoch: number;
  readonly committer: TakeCommitter;
  readonly takes: TakeFinder;
  /** What could not be recorded, by its folder: when to try again, and how long to wait after that. */
  readonly retries: Map<string, { readonly at: number; readonly pause: number }>;
}

interface Round {
  work: Promise<void>;
  again: boolean;
}

/** Turns complete outputs into recorded takes, in each project while it holds the project's lease. */
export class Recorder implements Disposable {
  readonly #options: RecorderOptions;
  readonly #projects = new Map<string, ProjectState>();
  /** One look at a time in each project: a hook that hangs in one keeps no other waiting. */
  readonly #rounds = new Map<string, Round>();
  readonly #timer: NodeJS.Timeout;
  #stopped = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#timer = setInterval(() => {
      this.wake();
    }, lookMs);
  }

  /** Looks into the outboxes now; calls that come while it looks become one more look. */
  wake(): void {
    try {
      for (const root of this.#options.roots()) this.#start(root);
    } catch (error) {
      this.#options.log(`Looking for projects failed: ${toFailure(error).message}`);
    }
  }

  /** Records and commits what is complete, then gives the leases back. */
  async stop(): Promise<void> {
    this.dispose();
    // No round begins any more, so the last look has each project to itself.
    await Promise.all([...this.#rounds.values()].map(({ work }) => work));
    await Promise.all(this.#options.roots().map((root) => this.#lookSafely(root, true)));
    for (const root of this.#projects.keys()) this.#options.leases.release(leaseName(root));
  }

  dispose(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
  }

  #start(root: string): void {
    if (this.#stopped) return;
    const running = this.#rounds.get(root);
    if (running !== undefined) {
      running.again = true;
      // A commit may take longer than the lease lasts.
      this.#options.leases.hold(leaseName(root));
      return;
    }
    const round: Round = { work: Promise.resolve(), again: false };
    this.#rounds.set(root, round);
    round.work = this.#lookSafely(root, false).finally(() => {
      this.#rounds.delete(root);
      if (round.again) this.#start(root);
    });
  }

  async #lookSafely(root: string, last: boolean): Promise<void> {
    try {
      const epoch = this.#options.leases.hold(leaseName(root));
      if (epoch !== undefined) await this.#look(root, this.#stateOf(root, epoch), last);
    } catch (error) {
      this.#options.log(`Recording in ${root} failed: ${toFailure(error).message}`);
    }
  }

  async #look(root: string, state: ProjectState, last: boolean): Promise<void> {
    // Asked first: what is delivered now has its output complete in the outbox.
    const delivered = this.#options.queue.deliveredJobs(root);
    const entries = await readOutbox(root);
    await this.#considerAll(root, entries, state);
    const complete = new Set(entries.filter((entry) => entry.complete).map(({ jobId }) => jobId));
    for (const id of delivered.filter((one) => !complete.has(one))) {
      this.#options.queue.redo(id, 'its output is gone from the outbox');
    }
    // A round at a time, so that what is delivered meanwhile is recorded in between.
    const round = this.#rounds.get(root);
    if ((await state.committer.flush(last)) && round !== undefined) round.again = true;
  }

  async #considerAll(root: string, entries: readonly OutboxEntry[], state: ProjectState): Promise<void> {
    const places = new PQueue({ concurrency: recordedAtOnce });
    const considered = attemptsByJob(entries).map((attempts) =>
      places.add(async () => {
        // Of one job the first complete attempt is recorded; the others see that.
        for (const entry of attempts) await this.#consider(root, entry, state);
      }),
    );
    // No look may end, and the next begin, while one of these still records.
    await Promise.allSettled(considered);
    await Promise.all(considered);
  }

  async #consider(root: string, entry: OutboxEntry, state: ProjectState): Promise<void> {
    const { queue, log } = this.#options;
    const id = JobId.parse(entry.jobId);
    const outcome = queue.outcome(id);
    if (outcome === 'running' || (outcome === 'pending' && entry.complete)) return;
    const recordable = entry.complete && (outcome === 'delivered' || outcome === 'unknown');
    if (recordable) await this.#tryToRecord(root, entry, state);
    else if (outcome !== 'unknown' && outcome !== 'delivered') {
      if (entry.complete && outcome !== 'completed')
        log(`Output of job ${id} was dropped: the job is ${outcome}.`);
      await discard(entry);
    }
  }

  /** What cannot be recorded keeps its output, and never keeps the others from being recorded. */
  async #tryToRecord(root: string, entry: OutboxEntry, state: ProjectState): Promise<void> {
    const retry = state.retries.get(entry.folder);
    if (retry !== undefined && retry.at > performance.now()) return;
    const { queue, log } = this.#options;
    const id = JobId.parse(entry.jobId);
    try {
      if (queue.outcome(id) === 'unknown' || queue.beginRecording(id)) await this.#record(root, entry, state);
    } catch (error) {
      const failure = toFailure(error);
      log(`${entry.folder}: ${failure.message}`);
      const pause = retry?.pause ?? firstRetryMs;
      const next = { at: performance.now() + pause, pause: Math.min(2 * pause, longestRetryMs) };
      state.retries.set(entry.folder, next);
      const then = await afterFailure(error, root, entry);
      queue.recordingFailed(id, failure, then);
      if (then === 'ends') await this.#setAside(entry);
    }
  }

  /** The job has its end; where its output cannot be kept for a look, the next round clears it away. */
  async #setAside(entry: OutboxEntry): Promise<void> {
    try {
      await setAside(entry);
    } catch (error) {
      this.#options.log(`${entry.folder} was not set aside: ${toFailure(error).message}`);
    }
  }

  async #record(root: string, entry: OutboxEntry, state: ProjectState): Promise<void> {
    const { queue, leases, log } = this.#options;
    passed('recording.begun');
    const result = await readResult(entry);
    const isOurs = (): boolean => leases.hold(leaseName(root)) === state.epoch;
    const recorded = await recordTake({
      root,
      result,
      attemptFolder: entry.folder,
      takes: state.takes,
      isOurs,
    });
    if (recorded === 'not-ours') return;
    const { job, drawnTakeNumber } = result;
    if (recorded === 'number-taken') {
      log(`Take ${drawnTakeNumber ?? 0} of ${job.address} was taken meanwhile; the picture is drawn again.`);
      await discard(entry);
      queue.redo(job.id, 'its take number was taken by others');
      return;
    }
    const { media } = takePaths(job.folder, recorded);
    const path = RelativePath.parse(media[0]);
    queue.recorded(job.id, { number: recorded.number, path, commit: { state: 'pending' } });
    passed('job.recorded');
    await discard(entry);
    passed('outbox.emptied');
    state.committer.add(job.folder, recorded, job.address);
  }

  /** What another recorder did meanwhile is not known here: a new epoch starts from the files and the database. */
  #stateOf(root: string, epoch: number): ProjectState {
    const known = this.#projects.get(root);
    if (known?.epoch === epoch) return known;
    const { queue, log, hurry, onEarlier } = this.#options;
    const takes = new TakeFinder();
    const state = {
      epoch,
      committer: new TakeCommitter({ root, takes, queue, log, hurry, onEarlier }),
      takes,
      retries: new Map(),
    };
    this.#projects.set(root, state);
    return state;
  }
}

function attemptsByJob(entries: readonly OutboxEntry[]): readonly (readonly OutboxEntry[])[] {
  const jobs = new Map<string, OutboxEntry[]>();
  for (const entry of entries) jobs.set(entry.jobId, [...(jobs.get(entry.jobId) ?? []), entry]);
  return [...jobs.values()];
}

function mayPass(error: unknown): boolean {
  if (AuteurError.is(error)) return passingCodes.has(error.code);
  return passing.has(systemCode(error) ?? '');
}

/** A take that has its number is no error: its recording waits until what is in its way is gone. */
async function afterFailure(error: unknown, root: string, entry: OutboxEntry): Promise<AfterFailure> {
  if (AuteurError.is(error, 'output-invalid')) return 'ends';
  if (await mayHaveNumber(root, entry)) return 'waits with its number';
  return mayPass(error) ? 'waits' : 'ends';
}

/** Whether the take is claimed already; a disk that does not say so counts as yes. */
async function mayHaveNumber(root: string, entry: OutboxEntry): Promise<boolean> {
  try {
    const { job } = await readResult(entry);
    return (await new TakeFinder().find(await resolveInside(root, job.folder), job.id)) !== undefined;
  } catch (error) {
    return !AuteurError.is(error);
  }
}

function leaseName(root: string): string {
  return `recorder:${root}`;
}
