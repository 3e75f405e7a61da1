import type { Event } from '../events.ts';
import type { JobId, ShotId } from '../model/ids.ts';
import type { CommitState, Failure, JobRequest, JobStatus } from '../model/job.ts';
import type { PipelineDefinition } from '../model/pipelineDefinition.ts';
import type { JobsMeant, QueuePlace, QueueView, RetrySeed } from '../protocol/queueView.ts';
import type { JobView, RecordedTake } from '../protocol/views.ts';
import type { JobFilter } from './studio.ts';

/** The right to run one attempt of a job. Every later word about the attempt carries the token. */
export interface Claim {
  readonly job: JobRequest;
  readonly attempt: number;
  /** Fencing token: grows with each claim, so that a runner that was given up for dead changes nothing. */
  readonly token: number;
  /** The card that is this attempt's, by its id. */
  readonly device?: string;
  /** No other job of this machine uses a card meanwhile. */
  readonly alone: boolean;
}

/** A graphics card of this machine. */
export interface Card {
  readonly id: string;
  readonly name: string;
  readonly vramMb: number;
  /** What is free of it now, where that can be told. */
  readonly freeMb?: number;
}

/** What a process can take on: so many jobs that need no card, and one on each card that is free. */
export interface Capacity {
  readonly cpu: number;
  readonly cards: readonly Card[];
}

/** A job whose runner is gone. */
export interface Orphan {
  readonly id: JobId;
  readonly root: string;
}

/** `delivered`: its output is complete and waits for the recorder. */
export type Outcome = JobStatus | 'delivered' | 'unknown';

/**
 * What becomes of a job whose recording failed: it ends; it waits and may be cancelled; or it waits and may not,
 * because its take already has a number.
 */
export type AfterFailure = 'ends' | 'waits' | 'waits with its number';

export interface SubmitOptions {
  /** Higher goes first; 0 unless said otherwise. */
  readonly priority?: number;
}

/** A card that is kept for what a job has started, though nobody runs that job now. */
export interface KeptCard {
  readonly id: JobId;
  readonly token: number;
  /** Whether its job goes on; else it has ended, and what it has started is to end, too. */
  readonly waits: boolean;
  /** Absent where the job cannot be read. */
  readonly definition?: PipelineDefinition;
}

/** Cards that stay taken until somebody has seen that nothing runs there any more. */
export interface KeptCards {
  /** @param engine what runs the jobs */
  keptCards(engine: string): readonly KeptCard[];
  /** What was started has ended; nothing happens where the job has been taken up meanwhile. */
  cardIsFree(kept: KeptCard): void;
  /** Ends a waiting job, whose card stays kept; false where it has been taken up meanwhile. */
  endKept(kept: KeptCard, failure: Failure): boolean;
  /** All that need the engine wait a while, and say why. */
  engineIsAway(engine: string, reason: Failure): void;
}

/** Accepts jobs durably and hands each to one runner at a time. Only the queue moves a job's status. */
export interface JobQueue extends KeptCards {
  /** Jobs that changed; none where it was paused or goes on. */
  readonly onChanged: Event<readonly JobView[]>;
  /** On disk when it returns. Jobs submitted at once are one batch. */
  submit(jobs: readonly JobRequest[], options?: SubmitOptions): readonly JobView[];
  /** The next waiting job of one of these projects that can run now; one that needs no card, unless said otherwise. */
  claim(roots: readonly string[] | 'all', capacity?: Capacity): Claim | undefined;
  /** Whether a job that waits needs a card: only then need anybody look what cards there are. */
  wantsCards(): boolean;
  /** Keeps what is known of the cards of this machine, for the sentences that say why a job waits. */
  setCards(cards: readonly Card[]): void;
  /** The number this attempt may draw: `free`, or the one after those that other running attempts draw. */
  reserveTakeNumber(claim: Claim, free: number): number;
  /** Extends the claims' leases; returns those that are no longer ours: cancelled, or given to another. */
  renew(claims: readonly Claim[]): readonly Claim[];
  progress(claim: Claim, progress: number, step: string): void;
  /** The attempt's output is complete in the outbox; false where the claim was lost. */
  delivered(claim: Claim): boolean;
  /**
   * Hands the job back, which then waits again; false where the claim was lost. What it started may still use its card,
   * which is kept for it a while.
   */
  release(claim: Claim): boolean;
  /** What it needs is away: it and all that need the same wait a while, longer each time, and it has not failed. */
  putBack(claim: Claim, reason: Failure): boolean;
  /** The card ran out of memory: it is tried once more while nothing else uses a card. */
  retryAlone(claim: Claim): boolean;
  /** What a cancelled attempt started has ended, and its card is free. */
  freeCard(claim: Claim): void;
  /**
   * Ends the job with an error; false where the claim was lost.
   * @param left whether what it has started may go on, so that its card is kept
   */
  fail(claim: Claim, error: Failure, left?: boolean): boolean;
  /** Jobs whose runner died. Each must be adopted or requeued. */
  orphans(roots: readonly string[] | 'all'): readonly Orphan[];
  /** The dead runner's output is complete: it counts as delivered. */
  adopt(orphan: Orphan): void;
  /**
   * The job waits again; one that has killed its runner twice is set aside instead.
   * @returns false where another process has taken it up already
   */
  requeue(orphan: Orphan): boolean;
  outcome(id: JobId): Outcome;
  /** Its delivered output cannot be used for this reason: the job waits again, or ends with it after many times. */
  redo(id: JobId, reason: string): void;
  /** Jobs of a project whose output is complete and waits for the recorder. */
  deliveredJobs(root: string): readonly JobId[];
  /** From now on a delivered job cannot be cancelled; false where it was. */
  beginRecording(id: JobId): boolean;
  /** Its delivered output cannot be recorded, for good or for now. */
  recordingFailed(id: JobId, failure: Failure, then: AfterFailure): void;
  /** Ends a job with its take, whoever ran it. Idempotent by job id. */
  recorded(id: JobId, take: RecordedTake): void;
  committed(ids: readonly JobId[], commit: CommitState): void;
  /** For how many takes of which shots of a project jobs wait or run. */
  openShots(root: string): ReadonlyMap<ShotId, number>;
  /** Whether jobs of a project wait or run: more takes will come. */
  hasWork(root: string): boolean;
  /** Projects with jobs that wait or run, or with takes that are not in Git yet. */
  activeRoots(): readonly string[];
  /** Completed jobs of a project whose takes are not in Git yet. */
  commitPending(root: string): readonly JobView[];
  /** @throws AuteurError `job-unknown`, `job-ended` */
  cancel(id: JobId): JobView;
  /** Cancels all of these that wait or run, at once; those that did. */
  cancelAll(meant: JobsMeant): readonly JobView[];
  /** Those of these that failed and were not tried again yet; not what was set aside. */
  failed(meant: JobsMeant): readonly JobView[];
  /**
   * Asks anew for what failed or was cancelled, in new jobs, for each once.
   * @param named whether each was meant by itself; else what has been tried again meanwhile is left out
   * @throws AuteurError `job-unknown`, `job-not-failed`, `job-retried`, `job-unreadable`
   */
  retry(ids: readonly JobId[], seed: RetrySeed, named?: boolean): readonly JobView[];
  /**
   * Puts waiting jobs elsewhere in the queue, in the order they are named; one that waits no more is left out.
   * @throws AuteurError `job-unknown`, `job-not-waiting` of the job they are put beside
   */
  move(ids: readonly JobId[], place: QueuePlace): void;
  pause(): void;
  resume(): void;
  /** @param next so many of those that wait are told */
  view(next: number): QueueView;
  /** Newest first. */
  jobs(filter: JobFilter): readonly JobView[];
  /** Looks whether another process changed something, and tells. */
  poll(): void;
  close(): void;
}

/** A right that one process of the machine holds at a time, lost after seconds of silence. */
export interface Leases {
  /** Takes or renews; the epoch, which grows with each new holder, or undefined while another holds it. */
  hold(name: string): number | undefined;
  release(name: string): void;
}
