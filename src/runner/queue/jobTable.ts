import { hostname } from 'node:os';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { JobId } from '../../core/model/ids.ts';
import { JobStatus } from '../../core/model/job.ts';
import { isAlive } from '../../core/storage/projectLock.ts';
import { JobRow } from './jobRow.ts';

const columns = `seq, id, project_root, shot_id, request, status, progress, step, submitted, started, finished, attempt, deaths, token,
  holder_pid, holder_host, lease_until, delivered, quarantined, error, take, rev`;

/** Projects by their folders, or every project of the machine. */
export type Roots = readonly string[] | 'all';

const Standing = z.object({ status: JobStatus, delivered: z.int(), error: z.string().nullable() });

/** Reads the table of jobs. */
export class JobTable {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  find(id: JobId): JobRow | undefined {
    const row = this.#database.prepare(`SELECT ${columns} FROM jobs WHERE id = ?`).get(id);
    return row === undefined ? undefined : JobRow.parse(row);
  }

  /** Where a job stands, without what was asked for. */
  standing(id: JobId): z.infer<typeof Standing> | undefined {
    const row = this.#database.prepare('SELECT status, delivered, error FROM jobs WHERE id = ?').get(id);
    return row === undefined ? undefined : Standing.parse(row);
  }

  /** Rows that meet a constant SQL condition, oldest first. */
  select(condition: string, roots: Roots, limit = -1): JobRow[] {
    const where =
      roots === 'all' ? condition : `${condition} AND project_root IN (SELECT value FROM json_each(?))`;
    const values = roots === 'all' ? [limit] : [JSON.stringify(roots), limit];
    return this.#database
      .prepare(`SELECT ${columns} FROM jobs WHERE ${where} ORDER BY seq LIMIT ?`)
      .all(...values)
      .map((row) => JobRow.parse(row));
  }

  /** Rows of one project or of all, newest first: at most `limit`, and only those older than the job `before`. */
  newest(roots: Roots, limit = -1, before?: JobId): JobRow[] {
    const older = before === undefined ? '' : 'AND seq < (SELECT seq FROM jobs WHERE id = ?)';
    const ours = roots === 'all' ? '' : 'AND project_root IN (SELECT value FROM json_each(?))';
    const values = [
      ...(before === undefined ? [] : [before]),
      ...(roots === 'all' ? [] : [JSON.stringify(roots)]),
    ];
    return this.#database
      .prepare(`SELECT ${columns} FROM jobs WHERE true ${older} ${ours} ORDER BY seq DESC LIMIT ?`)
      .all(...values, limit)
      .map((row) => JobRow.parse(row));
  }

  /** The projects of rows that meet a constant SQL condition. */
  roots(condition: string): readonly string[] {
    const rows = this.#database.prepare(`SELECT DISTINCT project_root FROM jobs WHERE ${condition}`).all();
    return rows.map((row) => String(row['project_root']));
  }

  /** The highest take number that a running attempt of a shot has reserved; 0 where none has. */
  highestTakeNumber(root: string, shotId: string): number {
    const highest = this.#database
      .prepare(
        "SELECT max(take_number) AS n FROM jobs WHERE project_root = ? AND shot_id = ? AND status = 'running'",
      )
      .get(root, shotId);
    return Number(highest?.['n'] ?? 0);
  }

  changedSince(rev: number): JobRow[] {
    const rows = this.#database
      .prepare(`SELECT ${columns} FROM jobs WHERE rev > ? ORDER BY rev, seq`)
      .all(rev);
    return rows.map((row) => JobRow.parse(row));
  }
}

/** A runner is gone when its process ended on this machine, or when its lease ran out. */
export function isAbandoned(row: JobRow): boolean {
  if (row.lease_until === null || row.lease_until < Date.now()) return true;
  return row.holder_host === hostname() && isHolderDead(row);
}

/** Whether the process that held the job has ended; of another machine's, silence is all that can be known. */
export function isHolderDead({ holder_pid, holder_host }: JobRow): boolean {
  return holder_host !== hostname() || holder_pid === null || !isAlive(holder_pid);
}
