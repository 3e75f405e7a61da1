import { posix } from 'node:path';
import { AuteurError, toFailure, type ErrorCode } from '../core/errors.ts';
import type { Disposable } from '../core/events.ts';
import { slateCode } from '../core/model/address.ts';
import { JobId } from '../core/model/ids.ts';
import type { CommitState } from '../core/model/job.ts';
import { RelativePath } from '../core/model/relativePath.ts';
import type { JobQueue, Leases } from '../core/ports/jobQueue.ts';
import { commitPaths } from '../core/storage/commit.ts';
import { resolveInside } from '../core/storage/projectPath.ts';
import { findTake } from '../core/storage/takes.ts';
import { discard, readOutbox, readResult, setAside, type OutboxEntry } from './outbox.ts';
import { recordTake, takePaths } from './takeRecord.ts';

const lookMs = 1_000;
/** Takes finished close together become one commit. */
const gatherMs = 1_500;
const gatherMost = 50;
const retryMs = 15_000;

export interface RecorderOptions {
  readonly queue: JobQueue;
  readonly leases: Leases;
  readonly roots: () => readonly string[];
  readonly log: (line: string) => void;
}

/** Errors that trying again does not mend. */
const spoiled: ReadonlySet<ErrorCode> = new Set([
  'file-unreadable',
  'output-invalid',
  'path-outside',
  'folder-exists',
]);

interface Uncommitted {
  readonly id: JobId;
  readonly label: string;
  readonly sidecar: string;
  readonly media: readonly string[];
}

interface ProjectState {
  readonly epoch: number;
  readonly uncommitted: Map<JobId, Uncommitted>;
  oldest: number;
  retryAt: number;
  /** Whether takes of earlier runs that are not in Git yet were looked up. */
  caughtUp: boolean;
  lastFailure?: string;
}

/** Turns complete outputs into recorded takes, one project at a time, while it holds the project's lease. */
export class Recorder implements Disposable {
  readonly #options: RecorderOptions;
  readonly #projects = new Map<string, ProjectState>();
  readonly #timer: NodeJS.Timeout;
  #round: Promise<void> | undefined;
  #again = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.wake(), lookMs);
  }

  /** Looks into the outboxes now; calls that come while it looks become one more look. */
  wake(): void {
    if (this.#round === undefined) this.#round = this.#rounds();
    else this.#again = true;
  }

  async #rounds(): Promise<void> {
    try {
      for (this.#again = true; this.#isWanted();) await this.#lookAll(false);
    } catch (error) {
      this.#options.log(`Looking into the outboxes failed: ${toFailure(error).message}`);
    } finally {
      this.#round = undefined;
    }
  }

  #isWanted(): boolean {
    const wanted = this.#again;
    this.#again = false;
    return wanted;
  }

  /** Records and commits what is complete, then gives the leases back. */
  async stop(): Promise<void> {
    this.dispose();
    while (this.#round !== undefined) await this.#round;
    await this.#lookAll(true);
    for (const root of this.#projects.keys()) this.#options.leases.release(leaseName(root));
  }

  dispose(): void {
    clearInterval(this.#timer);
  }

  async #lookAll(last: boolean): Promise<void> {
    for (const root of this.#options.roots()) {
      try {
        const epoch = this.#options.leases.hold(leaseName(root));
        if (epoch !== undefined) await this.#look(root, this.#stateOf(root, epoch), last);
      } catch (error) {
        this.#options.log(`Recording in ${root} failed: ${toFailure(error).message}`);
      }
    }
  }

  async #look(root: string, state: ProjectState, last: boolean): Promise<void> {
    if (!state.caughtUp) await this.#catchUp(root, state);
    for (const entry of await readOutbox(root)) await this.#consider(root, entry, state);
    while (this.#isTimeToCommit(root, state, last)) {
      if (!(await this.#commit(root, state))) break;
    }
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
    try {
      await this.#record(root, entry, state);
    } catch (error) {
      const final = AuteurError.is(error) && spoiled.has(error.code);
      const failure = toFailure(error);
      if (!final && state.lastFailure === failure.message) return;
      state.lastFailure = failure.message;
      this.#options.log(`${entry.folder}: ${failure.message}`);
      this.#options.queue.recordingFailed(JobId.parse(entry.jobId), failure, final);
      if (final) await setAside(entry);
    }
  }

  async #record(root: string, entry: OutboxEntry, state: ProjectState): Promise<void> {
    const { queue, leases, log } = this.#options;
    const result = await readResult(entry);
    if (leases.hold(leaseName(root)) === undefined) return;
    const take = await recordTake(root, result, entry.folder);
    if (take === undefined) {
      log(
        `Take ${result.drawnTakeNumber ?? 0} of ${result.job.address} was taken meanwhile; the picture is drawn again.`,
      );
      await discard(entry);
      queue.redo(result.job.id);
      return;
    }
    const paths = takePaths(result.job.folder, take);
    const label = labelOf(take.number, result.job.address);
    queue.recorded(result.job.id, {
      number: take.number,
      path: RelativePath.parse(paths.media[0]),
      commit: { state: 'pending' },
    });
    await discard(entry);
    if (state.uncommitted.size === 0) state.oldest = performance.now();
    state.uncommitted.set(take.id, { id: take.id, label, ...paths });
  }

  #isTimeToCommit(root: string, state: ProjectState, last: boolean): boolean {
    if (state.uncommitted.size === 0) return false;
    if (last) return true;
    if (performance.now() < state.retryAt) return false;
    const waited = performance.now() - state.oldest;
    return !this.#options.queue.hasWork(root) || waited > gatherMs || state.uncommitted.size >= gatherMost;
  }

  /** Commits what was gathered, so much at a time; false where it is pending. */
  async #commit(root: string, state: ProjectState): Promise<boolean> {
    const batch = [...state.uncommitted.values()].slice(0, gatherMost);
    const commit = await commitPaths(root, {
      paths: batch.flatMap(({ sidecar, media }) => [sidecar, ...media]),
      media: batch.flatMap(({ media }) => media),
      message: messageOf(batch),
    });
    this.#settle(state, batch, commit);
    if (commit.state === 'pending') this.#options.log(`Commit pending in ${root}: ${commit.reason ?? ''}`);
    return commit.state === 'committed';
  }

  #settle(state: ProjectState, batch: readonly Uncommitted[], commit: CommitState): void {
    this.#options.queue.committed(
      batch.map(({ id }) => id),
      commit,
    );
    if (commit.state === 'pending') state.retryAt = performance.now() + retryMs;
    else for (const { id } of batch) state.uncommitted.delete(id);
  }

  /** Takes that an earlier run recorded but could not commit. */
  async #catchUp(root: string, state: ProjectState): Promise<void> {
    for (const job of this.#options.queue.commitPending(root)) {
      if (job.take === undefined) continue;
      const folder = posix.dirname(job.take.path);
      const take = await findTake(await resolveInside(root, folder), job.id);
      if (take === undefined) continue;
      const label = labelOf(take.number, job.address);
      state.uncommitted.set(job.id, { id: job.id, label, ...takePaths(folder, take) });
    }
    state.caughtUp = true;
  }

  /** What another recorder did meanwhile is not known here: a new epoch starts from the database. */
  #stateOf(root: string, epoch: number): ProjectState {
    const known = this.#projects.get(root);
    if (known?.epoch === epoch) return known;
    const state: ProjectState = { epoch, uncommitted: new Map(), oldest: 0, retryAt: 0, caughtUp: false };
    this.#projects.set(root, state);
    return state;
  }
}

function labelOf(number: number, address: string): string {
  return `take ${slateCode(number)} of ${address}`;
}

function messageOf(batch: readonly Uncommitted[]): string {
  const [only] = batch;
  if (only !== undefined && batch.length === 1) return `Record ${only.label}`;
  return `Record ${batch.length} takes\n\n${batch.map(({ label }) => `- ${label}`).join('\n')}\n`;
}

function leaseName(root: string): string {
  return `recorder:${root}`;
}
