import { posix } from 'node:path';
import { toFailure } from '../core/errors.ts';
import { slateCode } from '../core/model/address.ts';
import type { JobId } from '../core/model/ids.ts';
import type { CommitState } from '../core/model/job.ts';
import type { Take } from '../core/model/take.ts';
import type { JobQueue } from '../core/ports/jobQueue.ts';
import { commitPaths, dirtyPaths } from '../core/storage/commit.ts';
import { takesCommitted } from '../core/storage/givenNumbers.ts';
import { isThere } from '../core/storage/locate.ts';
import { resolveInside } from '../core/storage/projectPath.ts';
import { scanTakes, type TakeFinder } from '../core/storage/takes.ts';
import { takePaths } from './takeRecord.ts';
import { passed } from '../core/storage/steps.ts';

/** Takes finished close together become one commit; those that fail with it are few. */
const gatherMs = 1_500;
const gatherMost = 50;
/** Of takes recorded earlier, which no one waits for: each commit looks at the whole index, however few they are. */
const earlierMost = 500;
const retryMs = 15_000;
/** Even the last chance finds nothing else than was found just now. */
const justNowMs = 2_000;
const rendersFolder = '03_Renders';

type Pending = CommitState & { readonly state: 'pending' };

/** A commit that could not be made. */
interface Refusal {
  readonly commit: Pending;
  readonly at: number;
}

interface Uncommitted {
  readonly id: JobId;
  readonly label: string;
  readonly sidecar: string;
  readonly media: readonly string[];
  readonly files: Take['files'];
}

export interface TakeCommitterOptions {
  readonly root: string;
  readonly takes: TakeFinder;
  readonly queue: JobQueue;
  readonly log: (line: string) => void;
  /** Once aborted, takes recorded earlier are left to whoever comes next; what is committed of them just now ends. */
  readonly hurry?: AbortSignal | undefined;
  readonly onEarlier?: ((progress: EarlierTakes) => void) | undefined;
}

/** How far the commits of takes are that were recorded earlier. */
export interface EarlierTakes {
  readonly done: number;
  readonly total: number;
}

/** Brings the recorded takes of one project into Git, those of earlier runs included. */
export class TakeCommitter {
  readonly #options: TakeCommitterOptions;
  readonly #uncommitted = new Map<JobId, Uncommitted>();
  /** Those of earlier runs: every other take goes first. */
  readonly #earlier = new Map<JobId, Uncommitted>();
  #earlierDone = 0;
  #oldest = 0;
  #refused: Refusal | undefined;
  /** It says nothing of the takes recorded now, which are tried all the same. */
  #earlierRefused: Refusal | undefined;
  #catchUpAt = 0;

  constructor(options: TakeCommitterOptions) {
    this.#options = options;
  }

  add(folder: string, take: Take, address: string): void {
    if (this.#uncommitted.size === 0) this.#oldest = performance.now();
    this.#earlier.delete(take.id);
    this.#uncommitted.set(take.id, uncommitted(folder, take, address));
    // Whoever waits for the take is not kept until the next try.
    const refused = this.#refused;
    if (refused !== undefined && isRecent(refused, retryMs))
      this.#options.queue.committed([take.id], refused.commit);
  }

  /**
   * Commits when no more takes are coming, when enough have gathered, or at once where it is the last chance. Of takes
   * recorded earlier only so many at a time, unless it is the last chance; true where more of them can be committed.
   */
  async flush(last: boolean): Promise<boolean> {
    if (performance.now() >= this.#catchUpAt && !this.#isHurried) await this.#catchUp();
    while (this.#isTime(last)) {
      if (!(await this.#commit())) return false;
    }
    while (this.#isTimeForEarlier(last)) {
      if (!(await this.#commitEarlier())) return false;
      if (!last) break;
    }
    return this.#isTimeForEarlier(last);
  }

  get #isHurried(): boolean {
    return this.#options.hurry?.aborted === true;
  }

  #isTime(last: boolean): boolean {
    if (this.#uncommitted.size === 0 || isTooSoon(this.#refused, last)) return false;
    if (last) return true;
    const waited = performance.now() - this.#oldest;
    const { queue, root } = this.#options;
    return !queue.hasWork(root) || waited > gatherMs || this.#uncommitted.size >= gatherMost;
  }

  #isTimeForEarlier(last: boolean): boolean {
    if (this.#earlier.size === 0 || this.#isHurried) return false;
    return !isTooSoon(this.#refused, last) && !isTooSoon(this.#earlierRefused, last);
  }

  /** So much at a time; false where it is pending. */
  async #commit(): Promise<boolean> {
    const batch = [...this.#uncommitted.values()].slice(0, gatherMost);
    const commit = await this.#commitBatch(batch);
    if (commit.state === 'pending') {
      this.#refused = this.#waits(commit, [...this.#uncommitted.keys(), ...this.#earlier.keys()]);
      return false;
    }
    this.#refused = undefined;
    this.#committed(batch, this.#uncommitted);
    const sidecars = batch.map(({ sidecar }) => sidecar);
    await takesCommitted(this.#options.root, sidecars);
    return true;
  }

  async #commitEarlier(): Promise<boolean> {
    this.#tellEarlier();
    const batch = [...this.#earlier.values()].slice(0, earlierMost);
    const commit = await this.#commitBatch(batch, this.#options.hurry);
    // It waits for nothing but the next run: that is no reason to tell.
    if (commit.state === 'pending') {
      if (!this.#isHurried) this.#earlierRefused = this.#waits(commit, [...this.#earlier.keys()]);
      return false;
    }
    this.#earlierRefused = undefined;
    this.#committed(batch, this.#earlier);
    this.#earlierDone += batch.length;
    this.#tellEarlier();
    return true;
  }

  #commitBatch(batch: readonly Uncommitted[], signal?: AbortSignal): Promise<CommitState> {
    return commitPaths(this.#options.root, {
      paths: batch.flatMap(({ sidecar, media }) => [sidecar, ...media]),
      media: batch.flatMap(({ media }) => media),
      contents: batch.flatMap(({ files }) => files),
      message: messageOf(batch),
      signal,
    });
  }

  #committed(batch: readonly Uncommitted[], of: Map<JobId, Uncommitted>): void {
    const ids = batch.map(({ id }) => id);
    this.#options.queue.committed(ids, { state: 'committed' });
    passed('job.committed');
    for (const id of ids) of.delete(id);
  }

  /** What stops one commit stops those after it: no take is left without a word. */
  #waits(commit: Pending, ids: readonly JobId[]): Refusal {
    const { queue, root, log } = this.#options;
    queue.committed(ids, commit);
    log(`Commit pending in ${root}: ${commit.reason ?? ''}`);
    return { commit, at: performance.now() };
  }

  #tellEarlier(): void {
    this.#options.onEarlier?.({
      done: this.#earlierDone,
      total: this.#earlierDone + this.#earlier.size,
    });
  }

  /** What cannot be looked through now is looked through later: a pending take is never forgotten. */
  async #catchUp(): Promise<void> {
    this.#catchUpAt = performance.now() + retryMs;
    try {
      await this.#catchUpFromQueue();
      await this.#catchUpFromFiles();
      if (!this.#isHurried) this.#catchUpAt = Infinity;
    } catch (error) {
      this.#options.log(`${this.#options.root}: ${toFailure(error).message}`);
    }
  }

  /** Takes that an earlier run recorded but could not commit; one that cannot be read keeps no other waiting. */
  async #catchUpFromQueue(): Promise<void> {
    for (const { id, take, address } of this.#options.queue.commitPending(this.#options.root)) {
      if (this.#isHurried) return;
      if (take === undefined || this.#uncommitted.has(id)) continue;
      try {
        await this.#takeUp(id, posix.dirname(take.path), address);
      } catch (error) {
        this.#options.log(`Take ${take.path}: ${toFailure(error).message}`);
      }
    }
  }

  async #takeUp(id: JobId, folder: string, address: string): Promise<void> {
    const { root, takes, queue } = this.#options;
    const take = (await isThere(root)) ? await takes.find(await resolveInside(root, folder), id) : undefined;
    const reason = 'The take is no longer where it was recorded.';
    if (take === undefined) queue.committed([id], { state: 'pending', reason });
    else this.#addEarlier(folder, take, address);
  }

  /** Takes that no queue of this machine knows: its database was lost, or another machine recorded them. */
  async #catchUpFromFiles(): Promise<void> {
    const { root, hurry } = this.#options;
    const dirty = await dirtyPaths(root, [rendersFolder], hurry);
    const sidecars = new Set(dirty.filter((path) => path.endsWith('.json')));
    for (const folder of new Set([...sidecars].map((path) => posix.dirname(path)))) {
      if (this.#isHurried) return;
      const { takes } = await scanTakes(await resolveInside(root, folder));
      for (const take of takes) {
        if (sidecars.has(takePaths(folder, take).sidecar)) this.#addEarlier(folder, take, take.address);
      }
    }
  }

  #addEarlier(folder: string, take: Take, address: string): void {
    if (!this.#uncommitted.has(take.id)) this.#earlier.set(take.id, uncommitted(folder, take, address));
  }
}

function uncommitted(folder: string, take: Take, address: string): Uncommitted {
  const label = `take ${slateCode(take.number)} of ${address}`;
  return { id: take.id, label, files: take.files, ...takePaths(folder, take) };
}

function isTooSoon(refused: Refusal | undefined, last: boolean): boolean {
  return refused !== undefined && isRecent(refused, last ? justNowMs : retryMs);
}

function isRecent({ at }: Refusal, ms: number): boolean {
  return performance.now() < at + ms;
}

function messageOf(batch: readonly Uncommitted[]): string {
  const [only] = batch;
  if (only !== undefined && batch.length === 1) return `Record ${only.label}`;
  return `Record ${batch.length} takes\n\n${batch.map(({ label }) => `- ${label}`).join('\n')}\n`;
}
