import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { Emitter } from '../../core/events.ts';
import type { JobView } from '../../core/protocol/views.ts';
import { refuseNewer, transaction } from './database.ts';
import { jobView } from './jobRow.ts';
import { JobTable } from './jobTable.ts';

/** The database, its table of jobs, and the news of what changes in it. */
export class QueueBase {
  protected readonly table: JobTable;
  readonly #database: DatabaseSync;
  readonly #changed = new Emitter<readonly JobView[]>();
  readonly onChanged = this.#changed.event;
  #seenRev: number;
  #seenVersion: number;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.table = new JobTable(database);
    this.#seenRev = Number(database.prepare('SELECT rev FROM counter').get()?.['rev']);
    this.#seenVersion = this.#dataVersion();
  }

  /**
   * Looks whether another process changed something, and tells.
   * @throws AuteurError `database-newer`
   */
  poll(): void {
    const version = this.#dataVersion();
    if (version === this.#seenVersion) return;
    refuseNewer(this.#database);
    this.#seenVersion = version;
    this.#tell();
  }

  close(): void {
    this.#changed.dispose();
    this.#database.close();
  }

  /** One transaction; every row it touches gets its revision, and listeners are told afterwards. */
  protected write<T>(work: (rev: number) => T): T {
    const result = transaction(this.#database, () => {
      const counted = this.#database.prepare('UPDATE counter SET rev = rev + 1 RETURNING rev').get();
      return work(Number(counted?.['rev']));
    });
    this.#tell();
    return result;
  }

  /** A write that need not survive a power cut: it is not forced to disk. */
  protected writeLightly(work: (rev: number) => void): void {
    this.#database.exec('PRAGMA synchronous = NORMAL');
    try {
      this.write(work);
    } finally {
      this.#database.exec('PRAGMA synchronous = FULL');
    }
  }

  /** Runs one statement; how many rows it changed. */
  protected run(sql: string, ...values: readonly SQLInputValue[]): number {
    return Number(this.#database.prepare(sql).run(...values).changes);
  }

  #tell(): void {
    const changed = this.table.changedSince(this.#seenRev);
    this.#seenRev = changed.at(-1)?.rev ?? this.#seenRev;
    if (changed.length > 0) this.#changed.fire(changed.map(jobView));
  }

  #dataVersion(): number {
    return Number(this.#database.prepare('PRAGMA data_version').get()?.['data_version']);
  }
}

export function now(): string {
  return new Date().toISOString();
}
