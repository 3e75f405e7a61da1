import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isThere } from '../../core/storage/locate.ts';
import { translated, versionOf } from './database.ts';
import { addressOf, jobColumns, JobRow } from './jobRow.ts';
import { heldLanes } from './lanes.ts';
import { schemaVersion } from './schema.ts';

const patienceMs = 2_000;

/** The shots whose jobs hold cards now, by the cards: a look that makes no queue where there is none. */
export async function cardHolders(home: string): Promise<ReadonlyMap<string, string>> {
  const path = join(home, 'auteur.db');
  if (!(await isThere(path))) return new Map();
  try {
    return readHolders(path);
  } catch (error) {
    throw translated(error);
  }
}

function readHolders(path: string): ReadonlyMap<string, string> {
  const database = new DatabaseSync(path, { readOnly: true, timeout: patienceMs });
  try {
    // What an earlier version left runs nothing now.
    if (versionOf(database) !== schemaVersion) return new Map();
    const find = database.prepare(`SELECT ${jobColumns} FROM jobs WHERE seq = ?`);
    return new Map(
      heldLanes(database).map(({ device, seq }) => [device, addressOf(JobRow.parse(find.get(seq)))]),
    );
  } finally {
    database.close();
  }
}
