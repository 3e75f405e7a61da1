import type { Failure } from '../../core/model/job.ts';
import type { KeptCard, KeptCards } from '../../core/ports/jobQueue.ts';
import { AskingQueue } from './askingQueue.ts';
import { holdEngine } from './holds.ts';
import type { JobRow } from './jobRow.ts';
import { isAbandoned, isHolderDead } from './jobTable.ts';
import { endingMs, keptMs } from './lanes.ts';
import { isSameStart } from './machineStart.ts';
import { now } from './queueBase.ts';

/** Whoever let go of a job may for so long still be starting something for it. */
const settlesMs = 5_000;

/** The side of the queue that is about cards whose job nobody runs, though what it has started may go on. */
export class CardKeepingQueue extends AskingQueue implements KeptCards {
  keptCards(engine: string): readonly KeptCard[] {
    const kept = "device IS NOT NULL AND status IN ('pending', 'cancelled', 'error') AND engine = ?";
    return this.table
      .select(kept, 'all', engine)
      .filter(hasSettled)
      .map((row) => {
        const { id, token, status } = row;
        const definition = this.table.request(row).value?.definition;
        return {
          id,
          token,
          waits: status === 'pending',
          ...(definition === undefined ? {} : { definition }),
        };
      });
  }

  cardIsFree({ id, token }: KeptCard): void {
    // That a job has ended is not told once more.
    const free = "device = NULL, lease_until = NULL, rev = CASE status WHEN 'pending' THEN ? ELSE rev END";
    this.write((rev) =>
      this.run(
        `UPDATE jobs SET ${free} WHERE id = ? AND token = ? AND status <> 'running'`,
        ...[rev, id, token],
      ),
    );
  }

  /** Says which start of the machine this is: with an earlier one has ended whatever cards were kept for. */
  onMachine(start: string): void {
    const known = this.get("SELECT value FROM settings WHERE name = 'machine'")?.['value'];
    if (known === start) return;
    this.write((rev) => {
      this.run("INSERT OR REPLACE INTO settings (name, value) VALUES ('machine', ?)", start);
      if (typeof known !== 'string' || isSameStart(known, start)) return;
      const held = "device IS NOT NULL AND status <> 'completed'";
      for (const row of this.table.select(held, 'all'))
        if (row.status !== 'running' || isAbandoned(row))
          this.run('UPDATE jobs SET device = NULL, lease_until = NULL, rev = ? WHERE seq = ?', rev, row.seq);
    });
  }

  endKept({ id, token }: KeptCard, failure: Failure): boolean {
    const ended = "status = 'error', error = ?, finished = ?, rev = ?";
    return this.write(
      (rev) =>
        this.run(
          `UPDATE jobs SET ${ended} WHERE id = ? AND token = ? AND status = 'pending'`,
          ...[JSON.stringify(failure), now(), rev, id, token],
        ) === 1,
    );
  }

  engineIsAway(engine: string, reason: Failure): void {
    this.write(() => {
      holdEngine(this.database, engine, reason);
    });
  }
}

function hasSettled(row: JobRow): boolean {
  if (row.lease_until === null || isHolderDead(row)) return true;
  const passed = Date.now() - (row.lease_until - (row.status === 'pending' ? keptMs : endingMs));
  return passed < 0 || passed > settlesMs;
}
