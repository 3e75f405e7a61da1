import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aCardJob } from '../../../test/builders/aCardJob.ts';
import { aJob } from '../../../test/builders/aJob.ts';
import { openQueue } from '../../../test/lib/openQueue.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { openDatabase } from './database.ts';
import { schemaVersion } from './schema.ts';

/** The layout of version 1, as builds of that version made it. */
const first = `
  CREATE TABLE counter (rev INTEGER NOT NULL);
  INSERT INTO counter VALUES (7);
  CREATE TABLE jobs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, project_root TEXT NOT NULL, shot_id TEXT NOT NULL,
    request TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'pending', progress REAL NOT NULL DEFAULT 0,
    step TEXT NOT NULL DEFAULT '', submitted TEXT NOT NULL, started TEXT, finished TEXT,
    attempt INTEGER NOT NULL DEFAULT 0, deaths INTEGER NOT NULL DEFAULT 0, token INTEGER NOT NULL DEFAULT 0,
    holder_pid INTEGER, holder_host TEXT, lease_until INTEGER, take_number INTEGER,
    delivered INTEGER NOT NULL DEFAULT 0, quarantined INTEGER NOT NULL DEFAULT 0,
    commit_pending INTEGER NOT NULL DEFAULT 0, error TEXT, take TEXT, rev INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX jobs_by_status ON jobs (status, seq);
  CREATE INDEX jobs_by_rev ON jobs (rev);
  CREATE INDEX jobs_by_project ON jobs (project_root, seq);
  CREATE TABLE leases (
    name TEXT PRIMARY KEY, holder TEXT NOT NULL, pid INTEGER NOT NULL, host TEXT NOT NULL, epoch INTEGER NOT NULL,
    until INTEGER NOT NULL
  ) STRICT;
  INSERT INTO leases VALUES ('recorder:/film', 'somebody', 1, 'elsewhere', 41, 0);
  PRAGMA user_version = 1;
`;

function oldDatabase() {
  const path = join(tempFolder(), 'auteur.db');
  const old = new DatabaseSync(path);
  old.exec('PRAGMA journal_mode = WAL');
  old.exec(first);
  const jobs = { waits: aJob(), needsCard: aCardJob(12), done: aJob(), damaged: aJob(), last: aJob() };
  const add = old.prepare(
    'INSERT INTO jobs (id, project_root, shot_id, request, status, submitted, finished, take, commit_pending, rev) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 7)',
  );
  for (const [name, job] of Object.entries(jobs)) {
    const ended = name === 'done' ? new Date().toISOString() : null;
    const take = { number: 3, path: 'a/b.png', commit: { state: 'pending' } };
    const [status, made] = name === 'done' ? ['completed', JSON.stringify(take)] : ['pending', null];
    const request = name === 'damaged' ? '{"address":"01/09/09"' : JSON.stringify(job);
    add.run(
      job.id,
      job.projectRoot,
      job.shotId,
      request,
      status,
      job.submitted,
      ended,
      made,
      ended === null ? 0 : 1,
    );
  }
  return { old, path, jobs };
}

test('a queue of the first layout is brought up to date with all that is in it', () => {
  const { old, path, jobs } = oldDatabase();
  old.close();
  const { queue } = openQueue(path);
  expect(queue.jobs({}).map(({ id, address }) => `${id} ${address}`)).toEqual(
    Object.entries(jobs)
      .map(([name, { id }]) => `${id} ${name === 'damaged' ? '?' : '01/01/01'}`)
      .reverse(),
  );
  expect(queue.jobs({ ids: [jobs.done.id] })).toMatchObject([{ status: 'completed', take: { number: 3 } }]);
  expect(queue.commitPending('/film')).toHaveLength(1);
  const added = aJob();
  queue.submit([added]);
  const card = { id: 'gpu0', name: 'Card', vramMb: 12 * 1024 };
  const claims = [1, 2, 3, 4, 5].map(() => queue.claim('all', { cpu: 1, cards: [card] }));
  expect(claims.map((claim) => claim?.job.id)).toEqual([
    ...[jobs.waits.id, jobs.needsCard.id, jobs.last.id, added.id, undefined],
  ]);
  expect(queue.jobs({ ids: [jobs.damaged.id] })).toMatchObject([{ error: { code: 'job-unreadable' } }]);
});

test('leases keep their epochs, and finished jobs go with what was asked for', () => {
  const { old, path } = oldDatabase();
  old.exec("UPDATE jobs SET finished = '2020-01-01T00:00:00.000Z' WHERE status = 'completed'");
  old.close();
  const database = openDatabase(path);
  expect(database.prepare('SELECT epoch FROM leases').get()).toEqual({ epoch: 41 });
  expect(database.prepare('SELECT count(*) AS n FROM jobs').get()).toEqual({ n: 4 });
  expect(database.prepare('SELECT count(*) AS n FROM requests').get()).toEqual({ n: 4 });
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: schemaVersion });
  expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  database.close();
});
