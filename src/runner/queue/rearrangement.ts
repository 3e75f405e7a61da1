import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { QueuePlace } from '../../core/protocol/queueView.ts';
import type { JobRow } from './jobRow.ts';
import { statement } from './statements.ts';
import { byTurn, waitingForCard, waitingWithoutCard } from './waiting.ts';

/** Between places that are nearer to each other than this there is no room for more. */
const nearest = 1e-6;

const Spot = z.object({ seq: z.int(), priority: z.int(), place: z.number() });
type Spot = z.infer<typeof Spot>;

/** Puts waiting jobs elsewhere, within a transaction. */
export class Rearrangement {
  readonly #database: DatabaseSync;
  readonly #rev: number;

  constructor(database: DatabaseSync, rev: number) {
    this.#database = database;
    this.#rev = rev;
  }

  /** @param beside the job that `before` and `after` are about */
  put(jobs: readonly JobRow[], place: QueuePlace, beside: JobRow | undefined): void {
    const moved = jobs.filter(({ seq }) => seq !== beside?.seq);
    if (place.to === 'priority') {
      for (const job of moved) this.#set({ ...job, priority: place.priority });
      return;
    }
    const others = this.#others(moved);
    const index = beside === undefined ? -1 : others.findIndex(({ seq }) => seq === beside.seq);
    const at = { top: 0, end: others.length, before: index, after: index + 1 }[place.to];
    // What is put before or after a job is of its kind: of its priority, whatever comes on the other side.
    const by = place.to === 'top' || place.to === 'before' ? others[at] : others[at - 1];
    this.#between(moved, { others, at, priority: by?.priority ?? 0 });
  }

  #between(moved: readonly JobRow[], { others, at, priority }: Gap): void {
    const [before, after] = [others[at - 1], others[at]];
    const low = before?.priority === priority ? before.place : undefined;
    const high = after?.priority === priority ? after.place : undefined;
    if (low !== undefined && high !== undefined && high - low < nearest * (moved.length + 1)) {
      this.#between(moved, { others: this.#spread(others, priority), at, priority });
      return;
    }
    const first = low ?? (high ?? 0) - moved.length - 1;
    const step = low !== undefined && high !== undefined ? (high - low) / (moved.length + 1) : 1;
    moved.forEach((job, index) => {
      this.#set({ ...job, priority, place: first + step * (index + 1) });
    });
    this.#keepAfterAll(first + step * moved.length);
  }

  /** Makes room between all of a priority. */
  #spread(others: readonly Spot[], priority: number): readonly Spot[] {
    this.#keepAfterAll(others.length);
    return others.map((spot, index) => {
      if (spot.priority !== priority) return spot;
      const spread = { ...spot, place: index + 1 };
      this.#set(spread);
      return spread;
    });
  }

  /** What is asked for from now on comes after all others. */
  #keepAfterAll(place: number): void {
    statement(this.#database, 'UPDATE counter SET place = max(place, ?)').run(place);
  }

  #set({ seq, priority, place }: Spot): void {
    const sql = 'UPDATE jobs SET priority = ?, place = ?, rev = ? WHERE seq = ?';
    statement(this.#database, sql).run(priority, place, this.#rev, seq);
  }

  /** All other jobs that wait, in their order. */
  #others(moved: readonly JobRow[]): readonly Spot[] {
    const gone = new Set(moved.map(({ seq }) => seq));
    const spots = [waitingWithoutCard, waitingForCard]
      .flatMap((waiting) => statement(this.#database, `SELECT seq, priority, place FROM ${waiting}`).all())
      .map((row) => Spot.parse(row))
      .sort(byTurn);
    return spots.filter(({ seq }) => !gone.has(seq));
  }
}

/** The place in a list before which there is to be room, for jobs of a priority. */
interface Gap {
  readonly others: readonly Spot[];
  readonly at: number;
  readonly priority: number;
}
