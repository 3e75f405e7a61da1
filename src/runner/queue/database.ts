import { DatabaseSync } from 'node:sqlite';
import { AuteurError } from '../../core/errors.ts';
import { schemaVersion, stepsFrom } from './schema.ts';
import { statement } from './statements.ts';

const keptDays = 30;
/** For so long another process may hold the database. */
const patienceMs = 10_000;
const busy = 5;
/** So much is written to the log before it goes to its places: each time, the disk is waited for. */
const logPages = 4000;

/**
 * Opens the machine's database: WAL, where a write survives a crash of this process, and of the machine once it is forced
 * to disk (`durably`).
 * @throws AuteurError `database-newer`, `database-unusable`
 */
export function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: patienceMs });
    // Asked before anything else: not even the journal mode of a newer database is touched.
    refuseNewer(database);
    keepWriteAheadLog(database);
    database.exec(
      `PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = ${logPages};`,
    );
    migrate(database);
    forgetOldJobs(database);
    return database;
  } catch (error) {
    database?.close();
    if (AuteurError.is(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AuteurError('database-unusable', { path, reason }, { cause: error });
  }
}

/**
 * Runs `work` with the write lock; all of it is kept or nothing.
 * @throws AuteurError `database-newer` where a newer build has changed the layout since this one opened it.
 */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  try {
    statement(database, 'BEGIN IMMEDIATE').run();
    refuseNewer(database);
    const result = work();
    statement(database, 'COMMIT').run();
    return result;
  } catch (error) {
    // SQLite has already rolled back by itself when the disk is full.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw translated(error);
  }
}

/** Runs `work`, whose transactions are on the disk when it returns, with all that was written before. */
export function durably<T>(database: DatabaseSync, work: () => T): T {
  database.exec('PRAGMA synchronous = FULL');
  try {
    return work();
  } finally {
    database.exec('PRAGMA synchronous = NORMAL');
  }
}

/** @throws AuteurError `database-newer` */
export function refuseNewer(database: DatabaseSync): void {
  if (versionOf(database) > schemaVersion) throw new AuteurError('database-newer');
}

const fullDisk = 13;

/** What SQLite says, in our words. */
export function translated(error: unknown): unknown {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return error;
  const reason = `${error.message} (the queue)`;
  if ((error.errcode & 0xff) === fullDisk) return new AuteurError('disk-full', { reason }, { cause: error });
  return new AuteurError(
    'database-unusable',
    { path: 'of this machine', reason: error.message },
    { cause: error },
  );
}

/** SQLite waits for other processes in all but this: where two make the database at once, it refuses one of them. */
function keepWriteAheadLog(database: DatabaseSync): void {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1 + Math.random() * 10);
    }
  }
}

function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
  return (code & 0xff) === busy;
}

function migrate(database: DatabaseSync): void {
  if (versionOf(database) === schemaVersion) return;
  const bring = (): void =>
    transaction(database, () => {
      // Another process may have done it meanwhile.
      const steps = stepsFrom(versionOf(database));
      if (steps !== '') database.exec(`${steps} PRAGMA user_version = ${schemaVersion};`);
    });
  durably(database, bring);
}

export function versionOf(database: DatabaseSync): number {
  return Number(statement(database, 'PRAGMA user_version').get()?.['user_version']);
}

function forgetOldJobs(database: DatabaseSync): void {
  const before = new Date(Date.now() - keptDays * 86_400_000).toISOString();
  database
    .prepare("DELETE FROM jobs WHERE status IN ('completed', 'error', 'cancelled') AND finished < ?")
    .run(before);
}
