import { posix } from 'node:path';
import { toFailure } from '../core/errors.ts';
import { slateCode } from '../core/model/address.ts';
import type { JobId } from '../core/model/ids.ts';
import type { Take } from '../core/model/take.ts';
import type { JobQueue } from '../core/ports/jobQueue.ts';
import { commitPaths, dirtyPaths } from '../core/storage/commit.ts';
import { isThere } from '../core/storage/locate.ts';
import { resolveInside } from '../core/storage/projectPath.ts';
import { scanTakes, type TakeFinder } from '../core/storage/takes.ts';
import { takePaths } from './takeRecord.ts';
import { passed } from '../core/storage/steps.ts';

/** Takes finished close together become one commit. */
const gatherMs = 1_500;
const gatherMost = 50;
const retryMs = 15_000;
const rendersFolder = '03_Renders';

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
}

/** Brings the recorded takes of one project into Git, those of earlier runs included. */
export class TakeCommitter {
  readonly #options: TakeCommitterOptions;
  readonly #uncommitted = new Map<JobId, Uncommitted>();
  #oldest = 0;
  #retryAt = 0;
  #catchUpAt = 0;

  constructor(options: TakeCommitterOptions) {
    this.#options = options;
  }

  add(folder: string, take: Take, address: string): void {
    if (this.#uncommitted.size === 0) this.#oldest = performance.now();
    const label = `take ${slateCode(take.number)} of ${address}`;
    this.#uncommitted.set(take.id, { id: take.id, label, files: take.files, ...takePaths(folder, take) });
  }

  /** Commits when no more takes are coming, when enough have gathered, or at once where it is the last chance. */
  async flush(last: boolean): Promise<void> {
    if (performance.now() >= this.#catchUpAt) await this.#catchUp();
    while (this.#isTime(last)) {
      if (!(await this.#commit())) return;
    }
  }

  #isTime(last: boolean): boolean {
    if (this.#uncommitted.size === 0) return false;
    if (last) return true;
    if (performance.now() < this.#retryAt) return false;
    const waited = performance.now() - this.#oldest;
    const { queue, root } = this.#options;
    return !queue.hasWork(root) || waited > gatherMs || this.#uncommitted.size >= gatherMost;
  }

  /** So much at a time; false where it is pending. */
  async #commit(): Promise<boolean> {
    const { root, queue, log } = this.#options;
    const batch = [...this.#uncommitted.values()].slice(0, gatherMost);
    const commit = await commitPaths(root, {
      paths: batch.flatMap(({ sidecar, media }) => [sidecar, ...media]),
      media: batch.flatMap(({ media }) => media),
      contents: batch.flatMap(({ files }) => files),
      message: messageOf(batch),
    });
    const ids = [...this.#uncommitted.keys()];
    if (commit.state === 'pending') {
      // What stops one commit stops them all: no take is left without a word.
      queue.committed(ids, commit);
      this.#retryAt = performance.now() + retryMs;
      log(`Commit pending in ${root}: ${commit.reason ?? ''}`);
      return false;
    }
    queue.committed(
      batch.map(({ id }) => id),
      commit,
    );
    passed('job.committed');
    for (const { id } of batch) this.#uncommitted.delete(id);
    return true;
  }

  /** What cannot be looked through now is looked through later: a pending take is never forgotten. */
  async #catchUp(): Promise<void> {
    this.#catchUpAt = performance.now() + retryMs;
    try {
      await this.#catchUpFromQueue();
      await this.#catchUpFromFiles();
      this.#catchUpAt = Infinity;
    } catch (error) {
      this.#options.log(`${this.#options.root}: ${toFailure(error).message}`);
    }
  }

  /** Takes that an earlier run recorded but could not commit; one that cannot be read keeps no other waiting. */
  async #catchUpFromQueue(): Promise<void> {
    for (const { id, take, address } of this.#options.queue.commitPending(this.#options.root)) {
      if (take === undefined) continue;
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
    else this.add(folder, take, address);
  }

  /** Takes that no queue of this machine knows: its database was lost, or another machine recorded them. */
  async #catchUpFromFiles(): Promise<void> {
    const { root } = this.#options;
    const dirty = await dirtyPaths(root, [rendersFolder]);
    const sidecars = dirty.filter((path) => path.endsWith('.json'));
    for (const folder of new Set(sidecars.map((path) => posix.dirname(path)))) {
      const { takes } = await scanTakes(await resolveInside(root, folder));
      for (const take of takes) {
        if (sidecars.includes(takePaths(folder, take).sidecar)) this.add(folder, take, take.address);
      }
    }
  }
}

function messageOf(batch: readonly Uncommitted[]): string {
  const [only] = batch;
  if (only !== undefined && batch.length === 1) return `Record ${only.label}`;
  return `Record ${batch.length} takes\n\n${batch.map(({ label }) => `- ${label}`).join('\n')}\n`;
}
