import { hostname } from 'node:os';
import type { DatabaseSync } from 'node:sqlite';
import type { JobId } from '../../core/model/ids.ts';
import { isAlive } from '../../core/storage/projectLock.ts';
import { JobRow } from './jobRow.ts';

const columns = `seq, request, status, progress, step, submitted, started, finished, attempt, deaths, token,
  holder_pid, holder_host, lease_until, delivered, quarantined, error, take, rev`;

/** Projects by their folders, or every project of the machine. */
export type Roots = readonly string[] | 'all';

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

  changedSince(rev: number): JobRow[] {
    const rows = this.#database
      .prepare(`SELECT ${columns} FROM jobs WHERE rev > ? ORDER BY rev, seq`)
      .all(rev);
    return rows.map((row) => JobRow.parse(row));
  }
}

/** A runner is gone when its process ended on this machine, or when its lease ran out. */
export function isAbandoned({ holder_pid, holder_host, lease_until }: JobRow): boolean {
  if (lease_until === null || lease_until < Date.now()) return true;
  return holder_host === hostname() && holder_pid !== null && !isAlive(holder_pid);
}
