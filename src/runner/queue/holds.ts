import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Failure } from '../../core/model/job.ts';
import { statement } from './statements.ts';
import { waitingForCard, waitingWithoutCard } from './waiting.ts';

const firstPauseMs = 1_000;
const longestPauseMs = 15_000;

const forgottenMs = 60_000;

const Hold = z.object({ until: z.int(), pause: z.int() });
type Hold = z.infer<typeof Hold>;

/**
 * The engine is away: all jobs that need it wait, longer each time it is looked for in vain. One pause for all of them,
 * because each would find the same.
 */
export function holdEngine(database: DatabaseSync, engine: string, reason: Failure): void {
  const row = statement(database, 'SELECT until, pause FROM holds WHERE engine = ?').get(engine);
  const hold = row === undefined ? undefined : Hold.parse(row);
  const time = Date.now();
  const { until, pause } = nextHold(hold, time);
  statement(database, 'INSERT OR REPLACE INTO holds (engine, until, pause, reason) VALUES (?, ?, ?, ?)').run(
    ...[engine, until, pause, JSON.stringify(reason)],
  );
}

/** Another job that was under way finds the same within one pause; an engine that was away long ago is away anew. */
function nextHold(hold: Hold | undefined, time: number): Hold {
  const ended = hold === undefined ? Infinity : time - hold.until;
  if (hold === undefined || Math.abs(ended) > forgottenMs)
    return { until: time + firstPauseMs, pause: firstPauseMs };
  if (ended < 0) return hold;
  const pause = Math.min(longestPauseMs, 2 * hold.pause);
  return { until: time + pause, pause };
}

/** It answers again. */
export function releaseEngine(database: DatabaseSync, engine: string): void {
  statement(database, 'DELETE FROM holds WHERE engine = ?').run(engine);
}

/** Whether a job needs an engine that is away: it waits, or it is what the engine is looked for with. */
export function needsAwayEngine(database: DatabaseSync): boolean {
  const time = Date.now();
  const held = 'SELECT engine FROM holds WHERE until > ? AND until <= ?';
  const away = statement(database, held).all(time - forgottenMs, time + longestPauseMs);
  const started = "jobs WHERE status = 'running' AND progress = 0";
  return away.some(({ engine = null }) =>
    [waitingForCard, waitingWithoutCard, started].some(
      (jobs) => statement(database, `SELECT 1 FROM ${jobs} AND engine = ? LIMIT 1`).get(engine) !== undefined,
    ),
  );
}
