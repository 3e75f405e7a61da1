import type { JobWord } from '../core/domain/filmQuery.ts';
import { unexpected, type AuteurError } from '../core/errors.ts';
import { DisposableStore, Emitter, type Disposable } from '../core/events.ts';
import type { JobId, ShotId } from '../core/model/ids.ts';
import type { Studio } from '../core/ports/studio.ts';
import type { JobView } from '../core/protocol/views.ts';
import { isActive } from '../core/protocol/jobState.ts';

/** So many jobs cross the threads at once: a machine keeps the jobs of a month. */
const pageSize = 500;

interface ShotJobs {
  readonly active: Map<JobId, JobView>;
  latest: JobView;
}

/** Every job of this machine, as it was last heard of; what tree, page and status bar draw. */
export class JobBoard implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new Emitter<readonly JobView[]>());
  /** Tells the jobs that changed. */
  readonly onChanged = this.#changed.event;
  readonly #failed = this.#owned.add(new Emitter<AuteurError>());
  /** The queue cannot be read; told once, until it could be read again or fails otherwise. */
  readonly onFailed = this.#failed.event;

  readonly #studio: Pick<Studio, 'jobs' | 'onJobs'>;
  readonly #jobs = new Map<JobId, JobView>();
  readonly #active = new Map<JobId, JobView>();
  readonly #failedOnes = new Map<JobId, JobView>();
  readonly #ofShot = new Map<ShotId, ShotJobs>();
  #endedInOrder: readonly JobView[] | undefined;
  #problem: AuteurError | undefined;

  constructor(studio: Pick<Studio, 'jobs' | 'onJobs'>) {
    this.#studio = studio;
    this.#owned.add(
      studio.onJobs((jobs) => {
        const missedSome = this.#problem !== undefined;
        this.#put(jobs, true);
        // A failure is told by the board itself.
        if (missedSome) this.refresh().catch(() => undefined);
      }),
    );
  }

  /** Why the queue could not be read when it was last asked. */
  get problem(): AuteurError | undefined {
    return this.#problem;
  }

  async refresh(): Promise<void> {
    try {
      await this.#readAll();
    } catch (error) {
      this.#fail(unexpected(error));
      throw error;
    }
  }

  async #readAll(): Promise<void> {
    let page = await this.#studio.jobs({ limit: pageSize });
    this.#put(page);
    for (let last = page.at(-1); last !== undefined && page.length === pageSize; last = page.at(-1)) {
      page = await this.#studio.jobs({ limit: pageSize, before: last.id });
      this.#put(page);
    }
  }

  /** What runs or waits, newest first. */
  active(): readonly JobView[] {
    return [...this.#active.values()].sort((a, b) => bySubmission(b, a));
  }

  /** In no order. */
  running(): readonly JobView[] {
    return [...this.#active.values()].filter(({ status }) => status === 'running');
  }

  get hasActive(): boolean {
    return this.#active.size > 0;
  }

  /** Something failed and was not tried again yet. */
  get hasFailed(): boolean {
    return this.#failedOnes.size > 0;
  }

  /** What failed and was not tried again yet, in no order. */
  failed(): readonly JobView[] {
    return [...this.#failedOnes.values()];
  }

  /** What waits, in the order in which it is to run. */
  waiting(): readonly JobView[] {
    return [...this.#active.values()].filter(({ status }) => status === 'pending').sort(byTurn);
  }

  /** What has ended, the last first. */
  ended(): readonly JobView[] {
    this.#endedInOrder ??= [...this.#jobs.values()]
      .filter((job) => !isActive(job))
      .sort((a, b) => compare(endOf(b), endOf(a)));
    return this.#endedInOrder;
  }

  get(id: JobId): JobView | undefined {
    return this.#jobs.get(id);
  }

  /** The job a shot shows: what runs or waits, or a failure that nothing newer has followed. */
  ofShot(shot: ShotId): JobView | undefined {
    const running = this.activeOf(shot);
    if (running !== undefined) return running;
    const latest = this.#ofShot.get(shot)?.latest;
    return latest?.status === 'error' ? latest : undefined;
  }

  /** What goes on for a shot, in the words of a filter. */
  wordsOf(shot: ShotId): ReadonlySet<JobWord> {
    const active = [...(this.#ofShot.get(shot)?.active.values() ?? [])];
    const words = active.map(({ status }): JobWord => (status === 'running' ? 'running' : 'waiting'));
    return new Set<JobWord>(this.ofShot(shot)?.status === 'error' ? ['failed'] : words);
  }

  activeOf(shot: ShotId): JobView | undefined {
    const active = [...(this.#ofShot.get(shot)?.active.values() ?? [])];
    return active.find((job) => job.status === 'running') ?? active[0];
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #put(jobs: readonly JobView[], told = false): void {
    const failed = this.#problem !== undefined;
    this.#problem = undefined;
    for (const job of jobs) this.#keep(job);
    // Also where none has changed: the queue was paused, or goes on.
    if (jobs.length > 0 || failed || told) this.#changed.fire(jobs);
  }

  #fail(error: AuteurError): void {
    const known = this.#problem?.code === error.code;
    this.#problem = error;
    if (known) return;
    this.#changed.fire([]);
    this.#failed.fire(error);
  }

  #keep(job: JobView): void {
    this.#jobs.set(job.id, job);
    if (job.status === 'error' && job.retriedBy === undefined) this.#failedOnes.set(job.id, job);
    else this.#failedOnes.delete(job.id);
    const ofShot = this.#shotJobs(job);
    if (bySubmission(job, ofShot.latest) >= 0) ofShot.latest = job;
    if (isActive(job)) {
      this.#active.set(job.id, job);
      ofShot.active.set(job.id, job);
      return;
    }
    this.#active.delete(job.id);
    ofShot.active.delete(job.id);
    this.#endedInOrder = undefined;
  }

  #shotJobs(job: JobView): ShotJobs {
    const known = this.#ofShot.get(job.shotId);
    if (known !== undefined) return known;
    const made = { active: new Map<JobId, JobView>(), latest: job };
    this.#ofShot.set(job.shotId, made);
    return made;
  }
}

function endOf(job: JobView): string {
  return job.finished ?? job.submitted;
}

/** The order of the queue. */
function byTurn(a: JobView, b: JobView): number {
  return (b.priority ?? 0) - (a.priority ?? 0) || (a.place ?? 0) - (b.place ?? 0) || bySubmission(a, b);
}

function bySubmission(a: JobView, b: JobView): number {
  return compare(a.submitted, b.submitted) || compare(a.id, b.id);
}

/** Times and ids are ASCII, and thousands of them are put in order: no language's rules are needed. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
