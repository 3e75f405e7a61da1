import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { Emitter } from '../../core/events.ts';
import type { JobView } from '../../core/protocol/views.ts';
import { durably, refuseNewer, transaction, translated } from './database.ts';
import { jobView, type JobRow } from './jobRow.ts';
import { JobTable } from './jobTable.ts';
import { statement } from './statements.ts';
import { WhyWaiting } from './whyWaiting.ts';

/** The database, its table of jobs, and the news of what changes in it. */
export class QueueBase {
  protected readonly table: JobTable;
  protected readonly database: DatabaseSync;
  /** What changed last, as it was told. */
  protected told: readonly JobView[] = [];
  readonly #changed = new Emitter<readonly JobView[]>();
  readonly onChanged = this.#changed.event;
  #seenRev: number;
  #seenVersion: number;
  #seenPaused: boolean;

  constructor(database: DatabaseSync) {
    this.database = database;
    this.table = new JobTable(database);
    this.#seenRev = Number(statement(database, 'SELECT rev FROM counter').get()?.['rev']);
    this.#seenVersion = this.#dataVersion();
    this.#seenPaused = this.isPaused();
  }

  /**
   * Looks whether another process changed something, and tells.
   * @throws AuteurError `database-newer`
   */
  poll(): void {
    const version = this.#dataVersion();
    if (version === this.#seenVersion) return;
    refuseNewer(this.database);
    this.#seenVersion = version;
    this.#tell();
  }

  close(): void {
    this.#changed.dispose();
    this.database.close();
  }

  /**
   * One transaction; every row it touches gets its revision, and listeners are told afterwards. After a power cut it may
   * not have been: what a runner or a recorder says is then found out anew, and no take is made or recorded twice.
   */
  protected write<T>(work: (rev: number) => T): T {
    const result = transaction(this.database, () => {
      const counted = statement(this.database, 'UPDATE counter SET rev = rev + 1 RETURNING rev').get();
      return work(Number(counted?.['rev']));
    });
    this.#tell();
    return result;
  }

  /** What a user asks for: on the disk when it returns. */
  protected writeDurably<T>(work: (rev: number) => T): T {
    return durably(this.database, () => this.write(work));
  }

  /** Runs one statement; how many rows it changed. */
  protected run(sql: string, ...values: readonly SQLInputValue[]): number {
    try {
      return Number(statement(this.database, sql).run(...values).changes);
    } catch (error) {
      throw translated(error);
    }
  }

  /** The first row of one statement. */
  protected get(sql: string, ...values: readonly SQLInputValue[]): Record<string, unknown> | undefined {
    try {
      return statement(this.database, sql).get(...values);
    } catch (error) {
      throw translated(error);
    }
  }

  protected isPaused(): boolean {
    return this.get("SELECT 1 FROM settings WHERE name = 'paused'") !== undefined;
  }

  /** How rows are shown; what they wait for is found out once for all of them. */
  protected views(rows: readonly JobRow[]): readonly JobView[] {
    const why = new WhyWaiting(this.database, this.isPaused());
    return rows.map((row) => jobView(row, (one) => why.of(one)));
  }

  #tell(): void {
    const changed = this.table.changedSince(this.#seenRev);
    this.#seenRev = changed.at(-1)?.rev ?? this.#seenRev;
    const isPaused = this.isPaused();
    const wasPaused = this.#seenPaused;
    this.#seenPaused = isPaused;
    if (changed.length === 0 && isPaused === wasPaused) return;
    const views = this.views(changed);
    this.#changed.fire(views);
    // Last, as who hears of it may have changed something, too.
    this.told = views;
  }

  #dataVersion(): number {
    return Number(statement(this.database, 'PRAGMA data_version').get()?.['data_version']);
  }
}

export function now(): string {
  return new Date().toISOString();
}
