/** What makes each layout of the database from the one before; the first makes it from nothing. */
const steps = [
  `
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
  `,
  // What is asked for is long and never changes: beside it, a row that changes often is short. Places grow with each job, so
  // that a new one comes after all others; moving a job puts it between two of them.
  `
  ALTER TABLE counter ADD COLUMN place REAL NOT NULL DEFAULT 0;
  UPDATE counter SET place = (SELECT coalesce(max(seq), 0) FROM jobs);
  ALTER TABLE jobs ADD COLUMN shown TEXT;
  ALTER TABLE jobs ADD COLUMN pipeline TEXT;
  ALTER TABLE jobs ADD COLUMN quality TEXT;
  ALTER TABLE jobs ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE jobs ADD COLUMN place REAL NOT NULL DEFAULT 0;
  ALTER TABLE jobs ADD COLUMN batch TEXT;
  ALTER TABLE jobs ADD COLUMN vram INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE jobs ADD COLUMN engine TEXT;
  ALTER TABLE jobs ADD COLUMN device TEXT;
  ALTER TABLE jobs ADD COLUMN alone INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE jobs ADD COLUMN excused INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE jobs ADD COLUMN run_ms INTEGER;
  ALTER TABLE jobs ADD COLUMN retried_by TEXT;
  UPDATE jobs SET place = seq;
  UPDATE jobs SET
    pipeline = json_extract(request, '$.pipeline.id'),
    quality = json_extract(request, '$.quality'),
    vram = CAST(coalesce(json_extract(request, '$.definition.vramGb'), 0) * 1024 AS INTEGER),
    engine = json_extract(request, '$.definition.kind')
    WHERE json_valid(request);
  CREATE TABLE requests (
    seq INTEGER PRIMARY KEY REFERENCES jobs (seq) ON DELETE CASCADE,
    request TEXT NOT NULL
  ) STRICT;
  INSERT INTO requests SELECT seq, request FROM jobs;
  ALTER TABLE jobs DROP COLUMN request;
  DROP INDEX jobs_by_status;
  CREATE INDEX jobs_running ON jobs (seq) WHERE status = 'running';
  CREATE INDEX jobs_next_cpu ON jobs (priority DESC, place, seq, project_root, engine, pipeline, quality)
    WHERE status = 'pending' AND vram = 0;
  CREATE INDEX jobs_next_gpu
    ON jobs (priority DESC, place, seq, project_root, engine, vram, device, alone, pipeline, quality)
    WHERE status = 'pending' AND vram > 0;
  CREATE INDEX jobs_on_card ON jobs (device) WHERE device IS NOT NULL;
  CREATE INDEX jobs_by_batch ON jobs (batch) WHERE batch IS NOT NULL;
  CREATE INDEX jobs_measured ON jobs (pipeline, quality, seq, run_ms) WHERE run_ms IS NOT NULL;
  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE holds (
    engine TEXT PRIMARY KEY,
    until INTEGER NOT NULL,
    pause INTEGER NOT NULL,
    reason TEXT NOT NULL
  ) STRICT;
  CREATE TABLE devices (id TEXT PRIMARY KEY, name TEXT NOT NULL, vram INTEGER NOT NULL, free INTEGER) STRICT;
  `,
] as const;

/** The layout this build writes; a newer one is left alone. */
export const schemaVersion = steps.length;

/** What makes this build's layout of an earlier one; 0 is an empty database. */
export function stepsFrom(version: number): string {
  return steps.slice(version).join('');
}
