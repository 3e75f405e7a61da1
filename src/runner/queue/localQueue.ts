import { hostname } from 'node:os';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { AuteurError } from '../../core/errors.ts';
import { Emitter } from '../../core/events.ts';
import type { JobId } from '../../core/model/ids.ts';
import type { CommitState, Failure, JobRequest } from '../../core/model/job.ts';
import type { Claim, JobQueue, Orphan, Outcome } from '../../core/ports/jobQueue.ts';
import type { JobFilter } from '../../core/ports/studio.ts';
import type { JobView, RecordedTake } from '../../core/protocol/views.ts';
import { transaction } from './database.ts';
import { jobView, type JobRow } from './jobRow.ts';
import { isAbandoned, JobTable, type Roots } from './jobTable.ts';

const leaseMs = 6_000;
const deathsAllowed = 2;

/** The machine's queue, in SQLite: windows, command lines and workers share it. */
export class LocalQueue implements JobQueue {
  readonly #database: DatabaseSync;
  readonly #table: JobTable;
  readonly #changed = new Emitter<readonly JobView[]>();
  readonly onChanged = this.#changed.event;
  #seenRev: number;
  #seenVersion: number;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#table = new JobTable(database);
    this.#seenRev = Number(database.prepare('SELECT rev FROM counter').get()?.['rev']);
    this.#seenVersion = this.#dataVersion();
  }

  submit(jobs: readonly JobRequest[]): readonly JobView[] {
    this.#write((rev) => {
      const insert = this.#database.prepare(
        'INSERT INTO jobs (id, project_root, shot_id, request, submitted, rev) VALUES (?, ?, ?, ?, ?, ?)',
      );
      for (const job of jobs) {
        insert.run(job.id, job.projectRoot, job.shotId, JSON.stringify(job), job.submitted, rev);
      }
    });
    return this.jobs({ ids: jobs.map(({ id }) => id) }).toReversed();
  }

  claim(roots: Roots): Claim | undefined {
    if (this.#table.select("status = 'pending'", roots, 1).length === 0) return undefined;
    return this.#write((rev) => {
      const [row] = this.#table.select("status = 'pending'", roots, 1);
      if (row === undefined) return undefined;
      this.#database
        .prepare(
          `UPDATE jobs SET status = 'running', attempt = attempt + 1, token = token + 1, progress = 0, step = '',
             started = ?, holder_pid = ?, holder_host = ?, lease_until = ?, take_number = NULL, delivered = 0, rev = ? WHERE seq = ?`,
        )
        .run(now(), process.pid, hostname(), Date.now() + leaseMs, rev, row.seq);
      return { job: row.request, attempt: row.attempt + 1, token: row.token + 1 };
    });
  }

  reserveTakeNumber(claim: Claim, free: number): number {
    return this.#write((rev) => {
      const highest = this.#database
        .prepare(
          "SELECT max(take_number) AS n FROM jobs WHERE project_root = ? AND shot_id = ? AND status = 'running'",
        )
        .get(claim.job.projectRoot, claim.job.shotId)?.['n'];
      const number = Math.max(free, Number(highest ?? 0) + 1);
      this.#update(claim, 'take_number = ?, rev = ?', [number, rev]);
      return number;
    });
  }

  renew(claims: readonly Claim[]): readonly Claim[] {
    if (claims.length === 0) return [];
    return transaction(this.#database, () =>
      claims.filter((claim) => !this.#update(claim, 'lease_until = ?', [Date.now() + leaseMs])),
    );
  }

  progress(claim: Claim, progress: number, step: string): void {
    // Progress need not survive a power cut: it is the one write that is not forced to disk.
    this.#database.exec('PRAGMA synchronous = NORMAL');
    try {
      this.#write((rev) => this.#update(claim, 'progress = ?, step = ?, rev = ?', [progress, step, rev]));
    } finally {
      this.#database.exec('PRAGMA synchronous = FULL');
    }
  }

  delivered(claim: Claim): boolean {
    return this.#write((rev) => this.#update(claim, 'delivered = 1, lease_until = NULL, rev = ?', [rev]));
  }

  release(claim: Claim): boolean {
    const back =
      "status = 'pending', token = token + 1, lease_until = NULL, progress = 0, step = '', rev = ?";
    return this.#write((rev) => this.#update(claim, back, [rev]));
  }

  fail(claim: Claim, error: Failure): boolean {
    const failed = "status = 'error', error = ?, finished = ?, lease_until = NULL, rev = ?";
    return this.#write((rev) => this.#update(claim, failed, [JSON.stringify(error), now(), rev]));
  }

  orphans(roots: Roots): readonly Orphan[] {
    const held = this.#table.select("status = 'running' AND delivered = 0", roots);
    return held
      .filter((row) => isAbandoned(row))
      .map(({ request }) => ({ id: request.id, root: request.projectRoot }));
  }

  adopt({ id }: Orphan): void {
    this.#ifAbandoned(id, (row, rev) => {
      this.#database
        .prepare(
          'UPDATE jobs SET delivered = 1, token = token + 1, lease_until = NULL, rev = ? WHERE seq = ?',
        )
        .run(rev, row.seq);
    });
  }

  requeue({ id }: Orphan): void {
    this.#ifAbandoned(id, (row, rev) => {
      const deaths = row.deaths + 1;
      if (deaths < deathsAllowed) {
        this.#database
          .prepare(
            "UPDATE jobs SET status = 'pending', deaths = ?, token = token + 1, lease_until = NULL, progress = 0, step = '', rev = ? WHERE seq = ?",
          )
          .run(deaths, rev, row.seq);
        return;
      }
      const error = new AuteurError('job-killed-runner', { times: deaths });
      const failure: Failure = { code: error.code, message: error.message, hint: error.hint };
      this.#database
        .prepare(
          "UPDATE jobs SET status = 'error', quarantined = 1, deaths = ?, token = token + 1, lease_until = NULL, error = ?, finished = ?, rev = ? WHERE seq = ?",
        )
        .run(deaths, JSON.stringify(failure), now(), rev, row.seq);
    });
  }

  outcome(id: JobId): Outcome {
    const row = this.#table.find(id);
    if (row === undefined) return 'unknown';
    return row.status === 'running' && row.delivered === 1 ? 'delivered' : row.status;
  }

  redo(id: JobId): void {
    this.#write((rev) =>
      this.#database
        .prepare(
          "UPDATE jobs SET status = 'pending', delivered = 0, token = token + 1, progress = 0, step = '', rev = ? WHERE id = ? AND delivered = 1 AND status = 'running'",
        )
        .run(rev, id),
    );
  }

  recordingFailed(id: JobId, failure: Failure, final: boolean): void {
    const set = final ? "status = 'error', error = ?, finished = ?" : 'step = ?, finished = ?';
    const values = final ? [JSON.stringify(failure), now()] : [failure.message, null];
    this.#write((rev) =>
      this.#database
        .prepare(`UPDATE jobs SET ${set}, rev = ? WHERE id = ? AND delivered = 1 AND status = 'running'`)
        .run(...values, rev, id),
    );
  }

  recorded(id: JobId, take: RecordedTake): void {
    this.#write((rev) =>
      this.#database
        .prepare(
          "UPDATE jobs SET status = 'completed', progress = 1, step = '', lease_until = NULL, take = ?, commit_pending = ?, finished = ?, rev = ? WHERE id = ? AND status = 'running'",
        )
        .run(JSON.stringify(take), take.commit.state === 'pending' ? 1 : 0, now(), rev, id),
    );
  }

  committed(ids: readonly JobId[], commit: CommitState): void {
    this.#write((rev) => {
      for (const id of ids) {
        const row = this.#table.find(id);
        if (row?.take === undefined) continue;
        this.#database
          .prepare('UPDATE jobs SET take = ?, commit_pending = ?, rev = ? WHERE seq = ?')
          .run(JSON.stringify({ ...row.take, commit }), commit.state === 'pending' ? 1 : 0, rev, row.seq);
      }
    });
  }

  hasWork(root: string): boolean {
    return this.#table.select("status IN ('pending', 'running')", [root], 1).length > 0;
  }

  activeRoots(): readonly string[] {
    const rows = this.#database
      .prepare(
        "SELECT DISTINCT project_root FROM jobs WHERE status IN ('pending', 'running') OR commit_pending = 1",
      )
      .all();
    return rows.map((row) => String(row['project_root']));
  }

  commitPending(root: string): readonly JobView[] {
    return this.#table.select('commit_pending = 1', [root]).map(jobView);
  }

  cancel(id: JobId): JobView {
    this.#write((rev) => {
      const row = this.#table.find(id);
      if (row === undefined) throw new AuteurError('job-unknown', { id });
      if (row.status !== 'pending' && (row.status !== 'running' || row.delivered === 1)) {
        throw new AuteurError('job-ended', {
          id,
          status: row.status === 'running' ? 'its take is being recorded' : row.status,
        });
      }
      this.#database
        .prepare(
          "UPDATE jobs SET status = 'cancelled', token = token + 1, lease_until = NULL, finished = ?, rev = ? WHERE seq = ?",
        )
        .run(now(), rev, row.seq);
    });
    const [view] = this.jobs({ ids: [id] });
    if (view === undefined) throw new AuteurError('job-unknown', { id });
    return view;
  }

  jobs({ root, ids }: JobFilter): readonly JobView[] {
    if (ids !== undefined) {
      const rows = ids.map((id) => this.#table.find(id)).filter((row) => row !== undefined);
      return rows
        .filter(({ request }) => root === undefined || request.projectRoot === root)
        .sort((a, b) => b.seq - a.seq)
        .map(jobView);
    }
    return this.#table
      .select('1', root === undefined ? 'all' : [root])
      .map(jobView)
      .toReversed();
  }

  poll(): void {
    const version = this.#dataVersion();
    if (version === this.#seenVersion) return;
    this.#seenVersion = version;
    this.#tell();
  }

  close(): void {
    this.#changed.dispose();
    this.#database.close();
  }

  #write<T>(work: (rev: number) => T): T {
    const result = transaction(this.#database, () => {
      const rev = Number(
        this.#database.prepare('UPDATE counter SET rev = rev + 1 RETURNING rev').get()?.['rev'],
      );
      return work(rev);
    });
    this.#tell();
    return result;
  }

  #tell(): void {
    const changed = this.#table.changedSince(this.#seenRev);
    this.#seenRev = changed.at(-1)?.rev ?? this.#seenRev;
    if (changed.length > 0) this.#changed.fire(changed.map(jobView));
  }

  #update({ job, token }: Claim, assignments: string, values: readonly SQLInputValue[]): boolean {
    const { changes } = this.#database
      .prepare(
        `UPDATE jobs SET ${assignments} WHERE id = ? AND token = ? AND status = 'running' AND delivered = 0`,
      )
      .run(...values, job.id, token);
    return changes === 1;
  }

  #ifAbandoned(id: JobId, work: (row: JobRow, rev: number) => void): void {
    this.#write((rev) => {
      const row = this.#table.find(id);
      if (row !== undefined && row.status === 'running' && row.delivered === 0 && isAbandoned(row))
        work(row, rev);
    });
  }

  #dataVersion(): number {
    return Number(this.#database.prepare('PRAGMA data_version').get()?.['data_version']);
  }
}

function now(): string {
  return new Date().toISOString();
}
