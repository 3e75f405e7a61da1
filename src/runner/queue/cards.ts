import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Card } from '../../core/ports/jobQueue.ts';
import { statement } from './statements.ts';

const CardRow = z.object({
  id: z.string(),
  name: z.string(),
  vram: z.int(),
  free: z.int().nullable(),
});

/** The cards of this machine, as whoever last looked has found them. */
export function readCards(database: DatabaseSync): readonly Card[] {
  const rows = statement(database, 'SELECT id, name, vram, free FROM devices ORDER BY id').all();
  return rows
    .map((row) => CardRow.parse(row))
    .map(({ vram, free, ...card }) => ({
      ...card,
      vramMb: vram,
      ...(free === null ? {} : { freeMb: free }),
    }));
}

export function writeCards(database: DatabaseSync, cards: readonly Card[]): void {
  statement(database, 'DELETE FROM devices').run();
  for (const { id, name, vramMb, freeMb } of cards) {
    statement(database, 'INSERT OR REPLACE INTO devices (id, name, vram, free) VALUES (?, ?, ?, ?)').run(
      ...[id, name, vramMb, freeMb ?? null],
    );
  }
}

/** Whether they are the same to whoever reads about them; free memory is told in steps, as it never stands still. */
export function sameCards(some: readonly Card[], others: readonly Card[]): boolean {
  const text = (cards: readonly Card[]): string =>
    JSON.stringify(
      cards
        .map(({ id, name, vramMb, freeMb }) => [id, name, vramMb, freeMb === undefined ? -1 : freeMb >> 9])
        .sort(),
    );
  return text(some) === text(others);
}
