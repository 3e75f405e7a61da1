import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Leases } from '../../core/ports/jobQueue.ts';
import { isAlive } from '../../core/storage/projectLock.ts';
import { transaction } from './database.ts';

const silenceMs = 10_000;

const LeaseRow = z.object({
  holder: z.string(),
  pid: z.int(),
  host: z.string(),
  epoch: z.int(),
  until: z.int(),
});

/** Leases in the machine's database; each instance is one holder. */
export class LocalLeases implements Leases {
  readonly #database: DatabaseSync;
  readonly #holder = randomUUID();
  readonly #held = new Map<string, { epoch: number; until: number }>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  hold(name: string): number | undefined {
    const held = this.#held.get(name);
    const left = held === undefined ? 0 : held.until - Date.now();
    // Nobody can take a lease that has half its time left, so the database need not be asked; one that has more than all of
    // it was renewed before the clock was turned back.
    if (held !== undefined && left > silenceMs / 2 && left <= silenceMs) return held.epoch;
    const epoch = this.#renew(name);
    if (epoch === undefined) this.#held.delete(name);
    else this.#held.set(name, { epoch, until: Date.now() + silenceMs });
    return epoch;
  }

  #renew(name: string): number | undefined {
    return transaction(this.#database, () => {
      const found = this.#database
        .prepare('SELECT holder, pid, host, epoch, until FROM leases WHERE name = ?')
        .get(name);
      const row = found === undefined ? undefined : LeaseRow.parse(found);
      if (row !== undefined && row.holder !== this.#holder && !isLost(row)) return undefined;
      const epoch = row?.holder === this.#holder ? row.epoch : (row?.epoch ?? 0) + 1;
      this.#database
        .prepare(
          'INSERT OR REPLACE INTO leases (name, holder, pid, host, epoch, until) VALUES (?, ?, ?, ?, ?, ?)',
        )
        .run(name, this.#holder, process.pid, hostname(), epoch, Date.now() + silenceMs);
      return epoch;
    });
  }

  release(name: string): void {
    this.#held.delete(name);
    // The row stays, so that the next holder's epoch is greater.
    this.#database
      .prepare('UPDATE leases SET until = 0 WHERE name = ? AND holder = ?')
      .run(name, this.#holder);
  }
}

function isLost({ until, pid, host }: z.infer<typeof LeaseRow>): boolean {
  return until < Date.now() || (host === hostname() && !isAlive(pid));
}
