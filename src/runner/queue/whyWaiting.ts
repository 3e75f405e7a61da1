import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { Failure } from '../../core/model/job.ts';
import { readCards } from './cards.ts';
import { addressOf, jobColumns, JobRow } from './jobRow.ts';
import { dueNow, heldLanes, isDue } from './lanes.ts';
import { statement } from './statements.ts';
import { byTurn, inOrder, waitingForCard, waitingWithoutCard } from './waiting.ts';
import { firstWaitingAlone } from './waitingAlone.ts';
import { waitingOnCards, type CardInUse } from './cardWords.ts';

const Hold = z.object({
  engine: z.string(),
  reason: z.string().transform((text) => Failure.parse(JSON.parse(text))),
});

/** Why jobs wait: what that hangs on is read once for all that are listed together, and only where it is asked for. */
export class WhyWaiting {
  readonly #database: DatabaseSync;
  readonly #isPaused: boolean;
  #holds: ReadonlyMap<string, Failure> | undefined;
  #cards: readonly CardInUse[] | undefined;
  #before: ReadonlyMap<number, number> | undefined;
  #alone: { readonly first: ReturnType<typeof firstWaitingAlone> } | undefined;

  constructor(database: DatabaseSync, isPaused: boolean) {
    this.#database = database;
    this.#isPaused = isPaused;
  }

  of(row: JobRow): string {
    if (this.#isPaused) return 'The queue is paused.';
    this.#holds ??= readHolds(this.#database);
    const hold = row.engine === null ? undefined : this.#holds.get(row.engine);
    if (hold !== undefined) return hold.hint === undefined ? hold.message : `${hold.message} ${hold.hint}`;
    this.#before ??= placesOf(this.#database);
    const before = this.#before.get(row.seq) ?? 0;
    if (row.vram === 0) return before === 0 ? soon(row) : aheadOf(before);
    this.#cards ??= readCardsInUse(this.#database);
    const why = waitingOnCards(row, this.#cards) ?? this.#afterAlone(row) ?? soon(row);
    const canRun = this.#cards.some(({ card }) => card.vramMb >= row.vram);
    return before === 0 || !canRun ? why : `${why} ${aheadOf(before)}`;
  }

  /** A card is free, and another job is to have all of them for itself first. */
  #afterAlone(row: JobRow): string | undefined {
    this.#alone ??= { first: firstWaitingAlone(this.#database) };
    const { first } = this.#alone;
    if (first === undefined || byTurn(row, first) <= 0) return undefined;
    const address = addressOf(rowOf(this.#database, first.seq));
    return `${address} ran out of memory and is to have the cards for itself first.`;
  }
}

const numbers = new Intl.NumberFormat('en');

function soon({ deaths }: JobRow): string {
  if (deaths > 0) return 'The program that ran it ended; it is taken up again.';
  return 'It starts as soon as a place is free.';
}

function aheadOf(before: number): string {
  return before === 1 ? '1 job is before it.' : `${numbers.format(before)} jobs are before it.`;
}

function readHolds(database: DatabaseSync): ReadonlyMap<string, Failure> {
  const sql = `SELECT engine, reason FROM holds WHERE NOT ${isDue}`;
  const rows = statement(database, sql).all(...dueNow());
  return new Map(rows.map((row) => Hold.parse(row)).map(({ engine, reason }) => [engine, reason]));
}

/** How many jobs are before each: those that need a card queue apart from those that need none. */
function placesOf(database: DatabaseSync): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (const waiting of [waitingWithoutCard, waitingForCard]) {
    statement(database, `SELECT seq FROM ${waiting} ${inOrder}`)
      .all()
      .forEach(({ seq }, before) => places.set(Number(seq), before));
  }
  return places;
}

function rowOf(database: DatabaseSync, seq: number): JobRow {
  return JobRow.parse(statement(database, `SELECT ${jobColumns} FROM jobs WHERE seq = ?`).get(seq));
}

/** The cards, each with the shot whose job holds it. */
function readCardsInUse(database: DatabaseSync): readonly CardInUse[] {
  const lanes = heldLanes(database);
  const holders = new Map(
    lanes.map(({ device, seq, alone }) => {
      return [device, { seq, alone: alone === 1, address: addressOf(rowOf(database, seq)) }] as const;
    }),
  );
  return readCards(database).map((card) => {
    const holder = holders.get(card.id);
    return holder === undefined ? { card } : { card, holder };
  });
}
