import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import * as z from 'zod';
import { statement } from './statements.ts';

/** What a job that was handed back has started may go on for so long, where nobody can look whether it does. */
export const keptMs = 10 * 60_000;
/** What a job that was cancelled has started has so long to end, where nobody can look whether it has. */
export const endingMs = 30_000;
/** What runs there can be looked at: a card is free when what was started is seen to have ended, however long it takes. */
const watchedEngine = 'container';
/** No hold lasts longer than this; one that seems to was set before the clock was turned back. */
const longestHoldMs = 60_000;

/** Jobs whose engine is not known to be away. With `?`: now, and now once more. */
export const isDue = `(engine IS NULL OR engine NOT IN
  (SELECT engine FROM holds WHERE until > ? AND until <= ? + ${longestHoldMs}))`;

/** The values of `isDue`. */
export function dueNow(): readonly [number, number] {
  const time = Date.now();
  return [time, time];
}

const Lane = z.object({
  device: z.string(),
  seq: z.int(),
  status: z.enum(['running', 'pending', 'cancelled', 'error']),
  alone: z.int(),
});
export type Lane = z.infer<typeof Lane>;

/** A lease that ends later than it could have been given was given before the clock was turned back. */
const lasts = (ms: number): string => `lease_until > ? AND lease_until <= ? + ${ms}`;

const held = `SELECT device, seq, status, alone FROM jobs WHERE device IS NOT NULL AND (
  status = 'running'
  OR engine = '${watchedEngine}' AND status <> 'completed'
  OR status = 'pending' AND ${lasts(keptMs)} AND ${isDue}
  OR status IN ('cancelled', 'error') AND ${lasts(endingMs)})`;

/**
 * The cards that are in use, by the rows that say so: an attempt runs there, or what an earlier one started may still.
 * The row of a job is the lease of its card, for all processes of the machine.
 */
export function heldLanes(database: DatabaseSync): readonly Lane[] {
  const time = Date.now();
  const values: SQLInputValue[] = Array.from({ length: 6 }, () => time);
  return statement(database, held)
    .all(...values)
    .map((row) => Lane.parse(row));
}
