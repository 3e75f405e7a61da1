import { DisposableStore, Emitter, type Disposable } from '../core/events.ts';
import type { JobId, ShotId } from '../core/model/ids.ts';
import type { Studio } from '../core/ports/studio.ts';
import type { JobView } from '../core/protocol/views.ts';
import { isActive } from '../core/protocol/jobState.ts';

/** Every job of this machine, as it was last heard of; what tree, page and status bar draw. */
export class JobBoard implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new Emitter<readonly JobView[]>());
  /** Tells the jobs that changed. */
  readonly onChanged = this.#changed.event;

  readonly #studio: Pick<Studio, 'jobs' | 'onJobs'>;
  readonly #jobs = new Map<JobId, JobView>();
  /** The newest job of each shot. */
  readonly #latest = new Map<ShotId, JobView>();

  constructor(studio: Pick<Studio, 'jobs' | 'onJobs'>) {
    this.#studio = studio;
    this.#owned.add(
      studio.onJobs((jobs) => {
        this.#put(jobs);
      }),
    );
  }

  async refresh(): Promise<void> {
    this.#put(await this.#studio.jobs({}));
  }

  /** Newest first. */
  all(): readonly JobView[] {
    return [...this.#jobs.values()].sort((a, b) => compareBySubmission(b, a));
  }

  get(id: JobId): JobView | undefined {
    return this.#jobs.get(id);
  }

  /** The job a shot shows: what runs or waits, or a failure that nothing newer has followed. */
  ofShot(shot: ShotId): JobView | undefined {
    const running = this.activeOf(shot);
    if (running !== undefined) return running;
    const latest = this.#latest.get(shot);
    return latest?.status === 'error' ? latest : undefined;
  }

  activeOf(shot: ShotId): JobView | undefined {
    const latest = this.#latest.get(shot);
    if (latest !== undefined && latest.status === 'running') return latest;
    const active = [...this.#jobs.values()].filter((job) => job.shotId === shot && isActive(job));
    return active.find((job) => job.status === 'running') ?? active[0];
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #put(jobs: readonly JobView[]): void {
    for (const job of jobs) {
      this.#jobs.set(job.id, job);
      const latest = this.#latest.get(job.shotId);
      if (latest === undefined || compareBySubmission(job, latest) >= 0) this.#latest.set(job.shotId, job);
    }
    if (jobs.length > 0) this.#changed.fire(jobs);
  }
}

function compareBySubmission(a: JobView, b: JobView): number {
  return a.submitted.localeCompare(b.submitted) || a.id.localeCompare(b.id);
}
