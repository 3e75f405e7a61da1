import type { DatabaseSync, StatementSync } from 'node:sqlite';

const prepared = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

/** A statement, compiled once for each database; its text must be one of a few, with `?` for the values. */
export function statement(database: DatabaseSync, sql: string): StatementSync {
  const known = prepared.get(database) ?? new Map<string, StatementSync>();
  prepared.set(database, known);
  const found = known.get(sql);
  if (found !== undefined) return found;
  const made = database.prepare(sql);
  known.set(sql, made);
  return made;
}
