import { rm } from 'node:fs/promises';
import { AuteurError, toFailure, type ErrorCode } from '../core/errors.ts';
import { Emitter, type Disposable } from '../core/events.ts';
import type { Capacity, Card, Claim, JobQueue, Orphan } from '../core/ports/jobQueue.ts';
import type { JobRequest } from '../core/model/job.ts';
import {
  LeftBehind,
  RunEnd,
  type Pipeline,
  type PipelineOutput,
  type PipelineProgress,
} from '../core/ports/pipeline.ts';
import { freeTakeNumber } from '../core/storage/givenNumbers.ts';
import { requireProjectOf } from './projectPresence.ts';
import { ProgressThrottle } from './progressThrottle.ts';
import { describeMedia } from './media/describeMedia.ts';
import { completeAttempt, discard, openAttempt, readOutbox } from './outbox.ts';
import { passed } from '../core/storage/steps.ts';

const renewMs = 2_000;
const lookMs = 500;

/** What a job needs is away: it has not failed, and goes on when that is back. */
const awayCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'engine-not-running',
  'engine-hung',
  'comfyui-not-running',
]);

export interface RunnerOptions {
  readonly queue: JobQueue;
  /** What runs a job; throws where this version has nothing that does. */
  readonly pipelineOf: (job: JobRequest) => Pipeline;
  /** Jobs run at once that need no card; beside them, one runs on each card. */
  readonly concurrency: number;
  /** The graphics cards of this machine. */
  readonly cards?: () => Promise<readonly Card[]>;
  readonly version: string;
  readonly roots: () => readonly string[] | 'all';
  readonly log: (line: string) => void;
}

/** Takes jobs from the queue and runs them; it writes nothing but the outbox. */
export class Runner implements Disposable {
  readonly #options: RunnerOptions;
  readonly #running = new Map<Claim, AbortController>();
  readonly #runs = new Set<Promise<void>>();
  /** Those whose run has ended, and what they have started perhaps not. */
  readonly #left = new Set<Claim>();
  readonly #delivered = new Emitter<string>();
  /** A project's root, each time one of its attempts is complete in the outbox. */
  readonly onDelivered = this.#delivered.event;
  readonly #timers: NodeJS.Timeout[];
  #looking: Promise<void> | undefined;
  /** Why the cards could not be looked at: said once. */
  #cardProblem: string | undefined;
  #stopped = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#timers = [setInterval(() => this.#renew(), renewMs), setInterval(() => this.look(), lookMs)];
  }

  /** Claims as many jobs as there are free places. */
  look(): void {
    this.#looking ??= this.#claimAll()
      .catch((error: unknown) => this.#options.log(`Looking for jobs failed: ${toFailure(error).message}`))
      .finally(() => {
        this.#looking = undefined;
      });
  }

  /** Stops looking, hands running jobs back and waits until nothing runs. */
  async stop(): Promise<void> {
    this.dispose();
    await this.#looking;
    for (const [claim, controller] of this.#running) {
      this.#options.queue.release(claim);
      controller.abort(new RunEnd('handed-back'));
    }
    await Promise.all(this.#runs);
  }

  dispose(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearInterval(timer);
  }

  /** Notices at once what `renew` would notice later: cancelled, or taken over. */
  checkClaims(): void {
    const { queue } = this.#options;
    for (const claim of queue.renew([...this.#running.keys()])) {
      const isCancelled = queue.outcome(claim.job.id) === 'cancelled';
      this.#running.get(claim)?.abort(new RunEnd(isCancelled ? 'cancelled' : 'handed-back'));
    }
  }

  #renew(): void {
    try {
      this.checkClaims();
    } catch (error) {
      this.#options.log(`Renewing the leases failed: ${toFailure(error).message}`);
    }
  }

  async #claimAll(): Promise<void> {
    const { queue, roots } = this.#options;
    // After a sleep our own leases have run out, though we live: renew them before looking for lost jobs.
    this.checkClaims();
    await this.#takeUpOrphans();
    const cards = await this.#lookForCards();
    while (!this.#stopped) {
      const claim = queue.claim(roots(), this.#capacity(cards));
      if (claim === undefined) return;
      passed('job.claimed');
      this.#start(claim);
    }
  }

  #start(claim: Claim): void {
    const controller = new AbortController();
    this.#running.set(claim, controller);
    const run = this.#run(claim, controller.signal).finally(() => {
      this.#running.delete(claim);
      this.#runs.delete(run);
      if (!this.#stopped) this.look();
    });
    this.#runs.add(run);
  }

  /** The queue knows which of the cards are free: other processes use them, too. */
  #capacity(cards: readonly Card[]): Capacity {
    const withoutCard = [...this.#running.keys()].filter(({ device }) => device === undefined);
    return { cpu: this.#options.concurrency - withoutCard.length, cards };
  }

  async #lookForCards(): Promise<readonly Card[]> {
    const { queue, cards, log } = this.#options;
    if (cards === undefined || !queue.wantsCards()) return [];
    try {
      const found = await cards();
      queue.setCards(found);
      this.#cardProblem = undefined;
      return found;
    } catch (error) {
      const { message } = toFailure(error);
      if (message !== this.#cardProblem) log(`The graphics cards could not be looked at: ${message}`);
      this.#cardProblem = message;
      return [];
    }
  }

  /** Those of any project: one that nobody opens again would keep its card from all others. */
  async #takeUpOrphans(): Promise<void> {
    for (const orphan of this.#options.queue.orphans('all')) {
      try {
        await this.#takeUp(orphan);
      } catch (error) {
        // Its project may be on a disk that is not there.
        this.#options.log(`Job ${orphan.id} could not be taken up: ${toFailure(error).message}`);
      }
    }
  }

  /** A dead runner may have finished its output: then only the recording is left to do. */
  async #takeUp(orphan: Orphan): Promise<void> {
    const { queue, log } = this.#options;
    const attempts = (await readOutbox(orphan.root)).filter(({ jobId }) => jobId === orphan.id);
    const complete = attempts.some((attempt) => attempt.complete);
    log(`Job ${orphan.id} lost its runner; ${complete ? 'its output is complete' : 'it waits again'}.`);
    if (complete) {
      queue.adopt(orphan);
      this.#delivered.fire(orphan.root);
    } else if (queue.requeue(orphan)) {
      // Where another process was quicker, the job may run again, and what lies here be its new attempt.
      for (const attempt of attempts) await discard(attempt);
    }
  }

  async #run(claim: Claim, signal: AbortSignal): Promise<void> {
    const { queue, log } = this.#options;
    try {
      const output = await this.#produce(claim, signal);
      if (output === undefined) return;
      const isDelivered = queue.delivered(claim);
      passed('job.delivered');
      // Whoever has the job now may need what is left of the run.
      if (!isDelivered) return;
      this.#delivered.fire(claim.job.projectRoot);
      await output.onKept?.();
    } catch (error) {
      // The lease runs out, and whoever takes the job up finds what is complete in the outbox.
      log(`Job ${claim.job.id} could not be moved on: ${toFailure(error).message}`);
    } finally {
      const left = this.#left.delete(claim);
      if (signal.aborted && !left) this.#freeCard(claim);
    }
  }

  /** What cannot be said now is known when the lease has run out. */
  #freeCard(claim: Claim): void {
    try {
      this.#options.queue.freeCard(claim);
    } catch (error) {
      this.#options.log(`The card of job ${claim.job.id} was not freed: ${toFailure(error).message}`);
    }
  }

  /** What is complete in the outbox now; where nothing is, nothing of the attempt is left. */
  async #produce(claim: Claim, signal: AbortSignal): Promise<PipelineOutput | undefined> {
    let folder: string | undefined;
    try {
      await requireProjectOf(claim.job);
      folder = await openAttempt(claim);
      passed('attempt.opened');
      return await this.#attempt(claim, folder, signal);
    } catch (error) {
      if (folder !== undefined) await this.#remove(folder);
      if (error instanceof LeftBehind) this.#left.add(claim);
      if (!signal.aborted) this.#end(claim, error instanceof LeftBehind ? error.cause : error);
      return undefined;
    }
  }

  /** What becomes of a job that made nothing. */
  #end(claim: Claim, error: unknown): void {
    const { queue, log } = this.#options;
    const { id, definition } = claim.job;
    if (AuteurError.is(error) && awayCodes.has(error.code) && definition !== undefined) {
      log(`Job ${id} waits again: ${error.message}`);
      queue.putBack(claim, toFailure(error));
      return;
    }
    if (
      AuteurError.is(error, 'gpu-out-of-memory') &&
      !this.#left.has(claim) &&
      claim.device !== undefined &&
      !claim.alone
    ) {
      log(`Job ${id} is tried again alone: ${error.message}`);
      queue.retryAlone(claim);
      return;
    }
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log(`Job ${id} failed: ${detail}`);
    queue.fail(claim, toFailure(error), this.#left.has(claim));
  }

  /** A disk that keeps even this from happening is no reason to leave the job without its end. */
  async #remove(folder: string): Promise<void> {
    try {
      await rm(folder, { recursive: true, force: true });
    } catch (error) {
      this.#options.log(`${folder} was left behind: ${toFailure(error).message}`);
    }
  }

  async #attempt(claim: Claim, folder: string, signal: AbortSignal): Promise<PipelineOutput> {
    const { queue, pipelineOf, version } = this.#options;
    const { job } = claim;
    const pipeline = pipelineOf(job);
    const started = new Date();
    const free = await freeTakeNumber(job.projectRoot, job.folder);
    const takeNumber = queue.reserveTakeNumber(claim, free);
    passed('number.reserved');
    signal.throwIfAborted();
    const progress = new ProgressThrottle((word) => {
      this.#tell(claim, word);
    });
    const onProgress = progress.push;
    const device = claim.device === undefined ? {} : { device: claim.device };
    const output = await pipeline
      .run({ job, attempt: claim.attempt, takeNumber, outputDir: folder, ...device, signal, onProgress })
      .finally(() => {
        progress.dispose();
      });
    signal.throwIfAborted();
    passed('output.made');
    const files = await describeMedia({ folder, files: output.files, signal, log: this.#options.log });
    await completeAttempt(folder, {
      ...{ claim, takeNumber, started, version, signal },
      output: { ...output, files },
    });
    return output;
  }

  /** A word that cannot be kept is no reason to end the work it speaks of. */
  #tell(claim: Claim, { progress, step }: PipelineProgress): void {
    try {
      this.#options.queue.progress(claim, progress, step);
    } catch (error) {
      this.#options.log(`Progress of job ${claim.job.id} was not kept: ${toFailure(error).message}`);
    }
  }
}
