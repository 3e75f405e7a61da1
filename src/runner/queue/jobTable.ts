import { hostname } from 'node:os';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import * as z from 'zod';
import { ShotId, type JobId } from '../../core/model/ids.ts';
import { JobStatus } from '../../core/model/job.ts';
import { isAlive } from '../../core/storage/projectLock.ts';
import { jobColumns, JobRow, readRequest } from './jobRow.ts';
import { statement } from './statements.ts';
import { byTurn, inOrder, waitingForCard, waitingWithoutCard } from './waiting.ts';

/** Projects by their folders, or every project of the machine. */
export type Roots = readonly string[] | 'all';

const Standing = z.object({ status: JobStatus, delivered: z.int(), error: z.string().nullable() });

const OpenShot = z.object({ shot_id: ShotId, takes: z.int() });

/** Reads the table of jobs. */
export class JobTable {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  find(id: JobId): JobRow | undefined {
    const row = statement(this.#database, `SELECT ${jobColumns} FROM jobs WHERE id = ?`).get(id);
    return row === undefined ? undefined : JobRow.parse(row);
  }

  /** What was asked for, or why it cannot be read. */
  request({ seq }: Pick<JobRow, 'seq'>): ReturnType<typeof readRequest> {
    const row = statement(this.#database, 'SELECT request FROM requests WHERE seq = ?').get(seq);
    return readRequest(String(row?.['request']));
  }

  /** Where a job stands, and nothing else of it. */
  standing(id: JobId): z.infer<typeof Standing> | undefined {
    const row = statement(this.#database, 'SELECT status, delivered, error FROM jobs WHERE id = ?').get(id);
    return row === undefined ? undefined : Standing.parse(row);
  }

  /** Rows that meet a constant SQL condition, oldest first. */
  select(condition: string, roots: Roots, ...values: readonly SQLInputValue[]): JobRow[] {
    const where = roots === 'all' ? condition : `${condition} AND ${ofRoots}`;
    const given = roots === 'all' ? values : [...values, JSON.stringify(roots)];
    return this.#rows(`WHERE ${where} ORDER BY seq`, ...given);
  }

  /** Rows of one project or of all, newest first: at most `limit`, and only those older than the job `before`. */
  newest(roots: Roots, limit = -1, before?: JobId): JobRow[] {
    const older = before === undefined ? '' : 'AND seq < (SELECT seq FROM jobs WHERE id = ?)';
    const ours = roots === 'all' ? '' : `AND ${ofRoots}`;
    const values = [
      ...(before === undefined ? [] : [before]),
      ...(roots === 'all' ? [] : [JSON.stringify(roots)]),
    ];
    return this.#rows(`WHERE true ${older} ${ours} ORDER BY seq DESC LIMIT ?`, ...values, limit);
  }

  /** Those that wait, in the order in which they are to run. */
  waiting(limit: number): JobRow[] {
    const kinds = [waitingWithoutCard, waitingForCard];
    const rows = kinds.flatMap((waiting) => this.#rowsOf(`${waiting} ${inOrder} LIMIT ?`, limit));
    return rows.sort(byTurn).slice(0, limit);
  }

  /** Whether jobs of a project wait or run. */
  isOpen(root: string): boolean {
    return ["jobs WHERE status = 'running'", waitingWithoutCard, waitingForCard].some(
      (rows) =>
        statement(this.#database, `SELECT 1 FROM ${rows} AND project_root = ? LIMIT 1`).get(root) !==
        undefined,
    );
  }

  /** For how many takes of which shots of a project jobs wait or run; listing them would cost a hundred times as much. */
  openShots(root: string): ReadonlyMap<ShotId, number> {
    const open = new Map<ShotId, number>();
    for (const rows of ["jobs WHERE status = 'running'", waitingWithoutCard, waitingForCard]) {
      const sql = `SELECT shot_id, count(*) AS takes FROM ${rows} AND +project_root = ? GROUP BY shot_id`;
      for (const row of statement(this.#database, sql).all(root)) {
        const { shot_id: shot, takes } = OpenShot.parse(row);
        open.set(shot, (open.get(shot) ?? 0) + takes);
      }
    }
    return open;
  }

  count(status: 'running' | 'pending'): number {
    const kinds =
      status === 'running' ? ["jobs WHERE status = 'running'"] : [waitingWithoutCard, waitingForCard];
    return kinds
      .map((rows) => Number(statement(this.#database, `SELECT count(*) AS n FROM ${rows}`).get()?.['n']))
      .reduce((sum, n) => sum + n, 0);
  }

  /** The projects of rows that meet a constant SQL condition. */
  roots(condition: string): readonly string[] {
    const rows = statement(this.#database, `SELECT DISTINCT project_root FROM jobs WHERE ${condition}`).all();
    return rows.map((row) => String(row['project_root']));
  }

  /** The highest take number that a running attempt of a shot has reserved; 0 where none has. */
  highestTakeNumber(root: string, shotId: string): number {
    const sql =
      "SELECT max(take_number) AS n FROM jobs WHERE status = 'running' AND +project_root = ? AND shot_id = ?";
    return Number(statement(this.#database, sql).get(root, shotId)?.['n'] ?? 0);
  }

  changedSince(rev: number): JobRow[] {
    return this.#rows('WHERE rev > ? ORDER BY rev, seq', rev);
  }

  #rows(rest: string, ...values: readonly SQLInputValue[]): JobRow[] {
    return this.#rowsOf(`jobs ${rest}`, ...values);
  }

  #rowsOf(from: string, ...values: readonly SQLInputValue[]): JobRow[] {
    const rows = statement(this.#database, `SELECT ${jobColumns} FROM ${from}`).all(...values);
    return rows.map((row) => JobRow.parse(row));
  }
}

const ofRoots = 'project_root IN (SELECT value FROM json_each(?))';

/** A runner is gone when its process ended on this machine, or when its lease ran out. */
export function isAbandoned(row: JobRow): boolean {
  if (row.lease_until === null || row.lease_until < Date.now()) return true;
  return row.holder_host === hostname() && isHolderDead(row);
}

/** Whether the process that held the job has ended; of another machine's, silence is all that can be known. */
export function isHolderDead({ holder_pid, holder_host }: JobRow): boolean {
  return holder_host !== hostname() || holder_pid === null || !isAlive(holder_pid);
}
