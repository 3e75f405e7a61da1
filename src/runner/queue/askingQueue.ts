import { randomUUID } from 'node:crypto';
import { AuteurError } from '../../core/errors.ts';
import { JobId, newId } from '../../core/model/ids.ts';
import type { JobRequest } from '../../core/model/job.ts';
import type { SubmitOptions } from '../../core/ports/jobQueue.ts';
import type { JobFilter } from '../../core/ports/studio.ts';
import type { JobsMeant, QueuePlace, QueueView, RetrySeed } from '../../core/protocol/queueView.ts';
import type { JobView } from '../../core/protocol/views.ts';
import { randomSeed } from '../jobRequests.ts';
import { shownOf, type JobRow } from './jobRow.ts';
import { endingMs } from './lanes.ts';
import { meant } from './meantJobs.ts';
import { now } from './queueBase.ts';
import { Rearrangement } from './rearrangement.ts';
import { keepsNumber, RecordingQueue } from './recordingQueue.ts';
import { remainingMs } from './remaining.ts';

/** A delivered job is recorded within moments; only one whose recording is stuck can still be cancelled. */
const cancellable = `(status = 'pending' OR status = 'running' AND (delivered = 0 OR error IS NOT NULL AND NOT ${keepsNumber}))`;

/** Jobs that are asked for at once. */
interface Batch {
  readonly batch: string;
  readonly priority: number;
  readonly rev: number;
}

/** The users' side of the queue: what they ask for, call off, try again and put in another order. */
export class AskingQueue extends RecordingQueue {
  submit(jobs: readonly JobRequest[], { priority = 0 }: SubmitOptions = {}): readonly JobView[] {
    const batch = randomUUID();
    this.writeDurably((rev) => {
      this.#insert(jobs, { priority, batch, rev });
    });
    return this.told.filter((job) => job.batch === batch);
  }

  jobs({ root, ids, limit, before }: JobFilter): readonly JobView[] {
    if (ids === undefined)
      return this.views(this.table.newest(root === undefined ? 'all' : [root], limit, before));
    const rows = ids
      .map((id) => this.table.find(id))
      .filter((row) => row !== undefined)
      .filter((row) => root === undefined || row.project_root === root);
    return this.views(rows.sort((a, b) => b.seq - a.seq));
  }

  cancel(id: JobId): JobView {
    const [cancelled] = this.cancelAll({ ids: [id] });
    if (cancelled !== undefined) return cancelled;
    const { status } = this.#find(id);
    throw new AuteurError('job-ended', {
      id,
      status: status === 'running' ? 'its take is being recorded' : status,
    });
  }

  cancelAll(jobs: JobsMeant): readonly JobView[] {
    const { sql, values } = meant(jobs);
    const ended = "status = 'cancelled', token = token + 1, error = NULL, finished = ?";
    // Until what it has started has ended, its card is not free.
    const lease = 'lease_until = CASE WHEN device IS NULL THEN NULL ELSE ? END';
    const rev = this.writeDurably((one) => {
      this.run(
        `UPDATE jobs SET ${ended}, ${lease}, rev = ? WHERE ${cancellable} AND ${sql}`,
        ...[now(), Date.now() + endingMs, one, ...values],
      );
      return one;
    });
    return this.#changedAt(rev);
  }

  failed(jobs: JobsMeant): readonly JobView[] {
    const { sql, values } = meant(jobs);
    // What was set aside is tried again only where it is named: it may end its runner once more.
    const failed = `status = 'error' AND quarantined = 0 AND retried_by IS NULL AND ${sql}`;
    return this.views(this.table.select(failed, 'all', ...values));
  }

  retry(ids: readonly JobId[], seed: RetrySeed, named = true): readonly JobView[] {
    const batch = randomUUID();
    this.writeDurably((rev) => {
      const again = [...new Set(ids)]
        .map((id) => this.#find(id))
        .filter((row) => named || (row.status === 'error' && row.retried_by === null))
        .map((row) => requireNotRetried(row))
        .map((row) => ({ row, job: this.#again(row, seed) }));
      const jobs = again.map(({ job }) => job);
      this.#insert(jobs, { priority: 0, batch, rev });
      for (const { row, job } of again)
        this.run('UPDATE jobs SET retried_by = ?, rev = ? WHERE seq = ?', job.id, rev, row.seq);
    });
    return this.told.filter((job) => job.batch === batch);
  }

  move(ids: readonly JobId[], place: QueuePlace): void {
    this.writeDurably((rev) => {
      const rows = ids.map((id) => this.#find(id)).filter(({ status }) => status === 'pending');
      const beside = 'job' in place ? this.#requireWaiting(place.job) : undefined;
      new Rearrangement(this.database, rev).put(rows, place, beside);
    });
  }

  pause(): void {
    this.writeDurably(() => this.run("INSERT OR REPLACE INTO settings (name, value) VALUES ('paused', '1')"));
  }

  resume(): void {
    this.writeDurably(() => this.run("DELETE FROM settings WHERE name = 'paused'"));
  }

  view(next: number): QueueView {
    const remaining = remainingMs(this.database);
    return {
      paused: this.isPaused(),
      running: this.table.count('running'),
      waiting: this.table.count('pending'),
      ...(remaining === undefined ? {} : { remainingMs: remaining }),
      next: this.views(this.table.waiting(next)).map(({ id, waiting = '' }) => ({ id, waiting })),
    };
  }

  #insert(jobs: readonly JobRequest[], { priority, batch, rev }: Batch): void {
    const counted = this.get('UPDATE counter SET place = place + ? RETURNING place', jobs.length);
    const first = Number(counted?.['place']) - jobs.length + 1;
    const insert = `INSERT INTO jobs (id, project_root, shot_id, shown, submitted, pipeline, quality, engine, vram,
      priority, place, batch, rev) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
    jobs.forEach((job, index) => {
      this.run(
        insert,
        ...[job.id, job.projectRoot, job.shotId, JSON.stringify(shownOf(job)), job.submitted],
        ...[job.pipeline.id, job.quality, engineOf(job) ?? null, vramOf(job)],
        ...[priority, first + index, batch, rev],
      );
      this.run('INSERT INTO requests VALUES (last_insert_rowid(), ?)', JSON.stringify(job));
    });
  }

  /** What one transaction has changed, in the order it was asked for. */
  #changedAt(rev: number): readonly JobView[] {
    return this.views(this.table.select('rev = ?', 'all', rev));
  }

  #find(id: JobId): JobRow {
    const row = this.table.find(id);
    if (row === undefined) throw new AuteurError('job-unknown', { id });
    return row;
  }

  #requireWaiting(id: JobId): JobRow {
    const row = this.#find(id);
    if (row.status !== 'pending') throw new AuteurError('job-not-waiting', { id, status: row.status });
    return row;
  }

  #again(row: JobRow, seed: RetrySeed): JobRequest {
    const { value: job, problem = '' } = this.table.request(row);
    if (job === undefined) throw new AuteurError('job-unreadable', { reason: problem });
    const submitted = now();
    return { ...job, id: newId(JobId), submitted, ...(seed === 'new' ? { seed: randomSeed() } : {}) };
  }
}

/** In the transaction that tries it again, as two windows may want the same. */
function requireNotRetried(row: JobRow): JobRow {
  const { id, status, retried_by: by } = row;
  if (status !== 'error' && status !== 'cancelled') throw new AuteurError('job-not-failed', { id, status });
  if (by !== null) throw new AuteurError('job-retried', { id, by });
  return row;
}

/** What a job needs to be there: the container engine of this machine, or a server; nothing where it needs none. */
export function engineOf({ definition }: JobRequest): string | undefined {
  return definition?.kind === 'comfyui' ? `comfyui ${definition.server}` : definition?.kind;
}

/** Megabytes of graphics memory; 0 where no card is needed. */
export function vramOf({ definition, vramMb }: JobRequest): number {
  return vramMb ?? Math.round((definition?.vramGb ?? 0) * 1024);
}
