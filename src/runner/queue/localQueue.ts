import { hostname } from 'node:os';
import { AuteurError, toFailure } from '../../core/errors.ts';
import type { JobId } from '../../core/model/ids.ts';
import type { Failure, JobRequest } from '../../core/model/job.ts';
import type { Claim, JobQueue, Orphan } from '../../core/ports/jobQueue.ts';
import type { JobFilter } from '../../core/ports/studio.ts';
import type { JobView } from '../../core/protocol/views.ts';
import { jobView, type JobRow } from './jobRow.ts';
import { isAbandoned, isHolderDead, type Roots } from './jobTable.ts';
import { now } from './queueBase.ts';
import { attemptsAllowed, RecordingQueue } from './recordingQueue.ts';

const leaseMs = 6_000;
const deathsAllowed = 2;
const waiting = "status = 'pending', token = token + 1, lease_until = NULL, progress = 0, step = ''";

/** The machine's queue, in SQLite: windows, command lines and workers share it. */
export class LocalQueue extends RecordingQueue implements JobQueue {
  submit(jobs: readonly JobRequest[]): readonly JobView[] {
    this.write((rev) => {
      for (const job of jobs) {
        this.run(
          'INSERT INTO jobs (id, project_root, shot_id, request, submitted, rev) VALUES (?, ?, ?, ?, ?, ?)',
          ...[job.id, job.projectRoot, job.shotId, JSON.stringify(job), job.submitted, rev],
        );
      }
    });
    return this.jobs({ ids: jobs.map(({ id }) => id) }).toReversed();
  }

  claim(roots: Roots): Claim | undefined {
    for (;;) {
      const [next] = this.table.select("status = 'pending'", roots, 1);
      if (next === undefined) return undefined;
      const claim = this.write((rev) => this.#claim(next.id, rev));
      if (claim !== undefined) return claim;
    }
  }

  /** Undefined where another process was quicker, and where the job cannot be read. */
  #claim(id: JobId, rev: number): Claim | undefined {
    const row = this.table.find(id);
    if (row?.status !== 'pending') return undefined;
    const { value: job } = row.request;
    if (job === undefined) {
      this.#setAside(row, unreadable(row), rev);
      return undefined;
    }
    this.run(
      `UPDATE jobs SET status = 'running', attempt = attempt + 1, token = token + 1, progress = 0, step = '',
           started = ?, holder_pid = ?, holder_host = ?, lease_until = ?, take_number = NULL, delivered = 0,
           error = NULL, rev = ? WHERE seq = ?`,
      ...[now(), process.pid, hostname(), Date.now() + leaseMs, rev, row.seq],
    );
    return { job, attempt: row.attempt + 1, token: row.token + 1 };
  }

  reserveTakeNumber(claim: Claim, free: number): number {
    const { projectRoot, shotId } = claim.job;
    return this.write((rev) => {
      const number = Math.max(free, this.table.highestTakeNumber(projectRoot, shotId) + 1);
      this.#update(claim, 'take_number = ?, rev = ?', number, rev);
      return number;
    });
  }

  renew(claims: readonly Claim[]): readonly Claim[] {
    return claims.filter((claim) => !this.#update(claim, 'lease_until = ?', Date.now() + leaseMs));
  }

  progress(claim: Claim, progress: number, step: string): void {
    this.writeLightly((rev) => {
      this.#update(claim, 'progress = ?, step = ?, rev = ?', progress, step, rev);
    });
  }

  delivered(claim: Claim): boolean {
    return this.write((rev) => this.#update(claim, 'delivered = 1, lease_until = NULL, rev = ?', rev));
  }

  release(claim: Claim): boolean {
    return this.write((rev) => this.#update(claim, `${waiting}, rev = ?`, rev));
  }

  fail(claim: Claim, error: Failure): boolean {
    const failed = "status = 'error', error = ?, finished = ?, lease_until = NULL, rev = ?";
    return this.write((rev) => this.#update(claim, failed, JSON.stringify(error), now(), rev));
  }

  orphans(roots: Roots): readonly Orphan[] {
    return this.table
      .select("status = 'running' AND delivered = 0", roots)
      .filter((row) => isAbandoned(row))
      .map(({ id, project_root: root }) => ({ id, root }));
  }

  adopt({ id }: Orphan): void {
    this.#ifAbandoned(id, (row, rev) => {
      const adopted = 'delivered = 1, token = token + 1, lease_until = NULL';
      this.run(`UPDATE jobs SET ${adopted}, rev = ? WHERE seq = ?`, rev, row.seq);
    });
  }

  requeue({ id }: Orphan): boolean {
    return this.#ifAbandoned(id, (row, rev) => {
      // A process that slept through its lease has not been killed by the job.
      const deaths = row.deaths + (isHolderDead(row) ? 1 : 0);
      const times = Math.max(deaths, deathsAllowed);
      if (deaths >= deathsAllowed || row.attempt >= attemptsAllowed)
        this.#setAside({ ...row, deaths }, new AuteurError('job-killed-runner', { times }), rev);
      else this.run(`UPDATE jobs SET ${waiting}, deaths = ?, rev = ? WHERE seq = ?`, deaths, rev, row.seq);
    });
  }

  cancel(id: JobId): JobView {
    this.write((rev) => {
      const row = this.table.find(id);
      if (row === undefined) throw new AuteurError('job-unknown', { id });
      if (!isCancellable(row)) {
        const status = row.status === 'running' ? 'its take is being recorded' : row.status;
        throw new AuteurError('job-ended', { id, status });
      }
      const cancelled =
        "status = 'cancelled', token = token + 1, lease_until = NULL, error = NULL, finished = ?";
      this.run(`UPDATE jobs SET ${cancelled}, rev = ? WHERE seq = ?`, now(), rev, row.seq);
    });
    const [view] = this.jobs({ ids: [id] });
    if (view === undefined) throw new AuteurError('job-unknown', { id });
    return view;
  }

  jobs({ root, ids, limit, before }: JobFilter): readonly JobView[] {
    if (ids === undefined)
      return this.table.newest(root === undefined ? 'all' : [root], limit, before).map(jobView);
    return ids
      .map((id) => this.table.find(id))
      .filter((row) => row !== undefined)
      .filter((row) => root === undefined || row.project_root === root)
      .sort((a, b) => b.seq - a.seq)
      .map(jobView);
  }

  #update({ job, token }: Claim, assignments: string, ...values: readonly (string | number)[]): boolean {
    const ours = "WHERE id = ? AND token = ? AND status = 'running' AND delivered = 0";
    return this.run(`UPDATE jobs SET ${assignments} ${ours}`, ...values, job.id, token) === 1;
  }

  #setAside({ seq, deaths }: JobRow, reason: AuteurError, rev: number): void {
    const aside =
      "status = 'error', quarantined = 1, token = token + 1, lease_until = NULL, deaths = ?, error = ?, finished = ?";
    this.run(
      `UPDATE jobs SET ${aside}, rev = ? WHERE seq = ?`,
      deaths,
      JSON.stringify(toFailure(reason)),
      now(),
      rev,
      seq,
    );
  }

  #ifAbandoned(id: JobId, work: (row: JobRow, rev: number) => void): boolean {
    return this.write((rev) => {
      const row = this.table.find(id);
      if (row?.status !== 'running' || row.delivered !== 0 || !isAbandoned(row)) return false;
      work(row, rev);
      return true;
    });
  }
}

function unreadable({ request }: JobRow): AuteurError {
  return new AuteurError('job-unreadable', { reason: request.problem ?? '' });
}

/** A delivered job is recorded within moments; only one whose recording is stuck can still be cancelled. */
function isCancellable({ status, delivered, error }: JobRow): boolean {
  if (status === 'pending') return true;
  return status === 'running' && (delivered === 0 || error !== undefined);
}
