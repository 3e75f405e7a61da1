import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { defaultConcurrency } from '../places.ts';
import { readCards } from './cards.ts';
import { needsAwayEngine } from './holds.ts';
import { statement } from './statements.ts';
import { waitingForCard, waitingWithoutCard } from './waiting.ts';

/** So many of the last attempts say how long one takes. */
const measured = 21;

const Kind = z.object({ pipeline: z.string().nullable(), quality: z.string().nullable() });
const Group = z.object({ ...Kind.shape, jobs: z.int() });
const Running = z.object({ ...Kind.shape, started: z.string(), vram: z.int() });

/**
 * How long it will take until all that waits and runs is made, measured by attempts of the same pipeline and quality that
 * went through in one go. Undefined where nothing is left, of some nothing is known, or an engine that is needed is away.
 */
export function remainingMs(database: DatabaseSync): number | undefined {
  if (needsAwayEngine(database)) return undefined;
  const history = new History(database);
  const running = readRunning(database);
  const lanes = [
    {
      waiting: waitingWithoutCard,
      runs: running.filter(({ vram }) => vram === 0),
      lanes: defaultConcurrency,
    },
    {
      waiting: waitingForCard,
      runs: running.filter(({ vram }) => vram > 0),
      lanes: readCards(database).length,
    },
  ];
  const times = lanes.map(({ waiting, runs, lanes: here }) => {
    const open = readWaiting(database, waiting).map((group) => group.jobs * history.median(group));
    const left = runs.map((run) => leftOf(run, history.median(run)));
    return sum([...open, ...left]) / Math.max(1, here, runs.length);
  });
  const longest = Math.max(...times);
  return longest > 0 && Number.isFinite(longest) ? Math.round(longest) : undefined;
}

/** A clock that was turned back makes nothing last longer. */
function leftOf({ started }: z.infer<typeof Running>, whole: number): number {
  return Math.min(whole, Math.max(0, whole - (Date.now() - Date.parse(started))));
}

class History {
  readonly #database: DatabaseSync;
  readonly #known = new Map<string, number>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** NaN where nothing is known, which makes every sum with it unknown, too. */
  median({ pipeline, quality }: z.infer<typeof Kind>): number {
    const key = `${quality ?? ''} ${pipeline ?? ''}`;
    const known = this.#known.get(key) ?? this.#read(pipeline, quality);
    this.#known.set(key, known);
    return known;
  }

  #read(pipeline: string | null, quality: string | null): number {
    const sql =
      'SELECT run_ms FROM jobs WHERE pipeline = ? AND quality = ? AND run_ms IS NOT NULL ORDER BY seq DESC LIMIT ?';
    const rows = statement(this.#database, sql).all(pipeline, quality, measured);
    const sorted = rows.map((row) => Number(row['run_ms'])).sort((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? NaN;
  }
}

function readWaiting(database: DatabaseSync, waiting: string): readonly z.infer<typeof Group>[] {
  const sql = `SELECT pipeline, quality, count(*) AS jobs FROM ${waiting} GROUP BY pipeline, quality`;
  return statement(database, sql)
    .all()
    .map((row) => Group.parse(row));
}

function readRunning(database: DatabaseSync): readonly z.infer<typeof Running>[] {
  const sql =
    "SELECT pipeline, quality, started, vram FROM jobs WHERE status = 'running' AND delivered = 0 AND started IS NOT NULL";
  return statement(database, sql)
    .all()
    .map((row) => Running.parse(row));
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
