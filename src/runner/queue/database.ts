import { DatabaseSync } from 'node:sqlite';
import { AuteurError } from '../../core/errors.ts';

/** The layout this build writes; a newer one is left alone. */
export const schemaVersion = 1;
const keptDays = 30;
/** For so long another process may hold the database. */
const patienceMs = 10_000;
const busy = 5;

const schema = `
  CREATE TABLE counter (rev INTEGER NOT NULL);
  INSERT INTO counter VALUES (0);
  CREATE TABLE jobs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    project_root TEXT NOT NULL,
    shot_id TEXT NOT NULL,
    request TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'pending',
    progress REAL NOT NULL DEFAULT 0,
    step TEXT NOT NULL DEFAULT '',
    submitted TEXT NOT NULL,
    started TEXT,
    finished TEXT,
    attempt INTEGER NOT NULL DEFAULT 0,
    deaths INTEGER NOT NULL DEFAULT 0,
    token INTEGER NOT NULL DEFAULT 0,
    holder_pid INTEGER,
    holder_host TEXT,
    lease_until INTEGER,
    take_number INTEGER,
    delivered INTEGER NOT NULL DEFAULT 0,
    quarantined INTEGER NOT NULL DEFAULT 0,
    commit_pending INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    take TEXT,
    rev INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX jobs_by_status ON jobs (status, seq);
  CREATE INDEX jobs_by_rev ON jobs (rev);
  CREATE INDEX jobs_by_project ON jobs (project_root, seq);
  CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    pid INTEGER NOT NULL,
    host TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    until INTEGER NOT NULL
  ) STRICT;
`;

/**
 * Opens the machine's database: WAL, and every accepted job forced to disk.
 * @throws AuteurError `database-newer`, `database-unusable`
 */
export function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: patienceMs });
    // Asked before anything else: not even the journal mode of a newer database is touched.
    refuseNewer(database);
    keepWriteAheadLog(database);
    database.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
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
    database.exec('BEGIN IMMEDIATE');
    refuseNewer(database);
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has already rolled back by itself when the disk is full.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw translated(error);
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
  transaction(database, () => {
    // Another process may have made it meanwhile.
    if (versionOf(database) === 0) database.exec(`${schema} PRAGMA user_version = ${schemaVersion};`);
  });
}

export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}

function forgetOldJobs(database: DatabaseSync): void {
  const before = new Date(Date.now() - keptDays * 86_400_000).toISOString();
  database
    .prepare("DELETE FROM jobs WHERE status IN ('completed', 'error', 'cancelled') AND finished < ?")
    .run(before);
}
