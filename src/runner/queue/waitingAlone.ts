import { hostname } from 'node:os';
import process from 'node:process';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { JobId } from '../../core/model/ids.ts';
import { statement } from './statements.ts';
import { byTurn } from './waiting.ts';

/** A runner that can run such a job and must wait for the cards says so again and again, for so long each time. */
const wordMs = 5_000;
const prefix = 'alone ';

const Waiting = z.object({ seq: z.int(), priority: z.int(), place: z.number() });
type Waiting = z.infer<typeof Waiting>;

/** Says to all processes that a job waits to have all cards for itself, and that somebody is there to run it. */
export function sayWaitsAlone(database: DatabaseSync, id: JobId): void {
  const time = Date.now();
  statement(database, `DELETE FROM leases WHERE name LIKE '${prefix}%' AND until < ?`).run(time);
  const sql =
    'INSERT OR REPLACE INTO leases (name, holder, pid, host, epoch, until) VALUES (?, ?, ?, ?, 0, ?)';
  statement(database, sql).run(`${prefix}${id}`, id, process.pid, hostname(), time + wordMs);
}

/** The first of those that wait so: what comes after it begins on no card, in whichever project. */
export function firstWaitingAlone(database: DatabaseSync): Waiting | undefined {
  const time = Date.now();
  const sql = `SELECT seq, priority, place FROM leases JOIN jobs ON jobs.id = leases.holder
    WHERE name LIKE '${prefix}%' AND until > ? AND until <= ? + ${wordMs} AND status = 'pending' AND alone = 1`;
  const rows = statement(database, sql).all(time, time);
  return rows.map((row) => Waiting.parse(row)).sort(byTurn)[0];
}
