import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { JobLogs } from './jobLogs.ts';

const day = 86_400;

function logs(all: Readonly<Record<string, { readonly days: number; readonly bytes: number }>>) {
  const home = tempFolder();
  const folder = join(home, 'logs');
  mkdirSync(folder);
  for (const [name, { days, bytes }] of Object.entries(all)) {
    writeFileSync(join(folder, name), 'x'.repeat(bytes));
    const at = Date.now() / 1000 - days * day;
    utimesSync(join(folder, name), at, at);
  }
  return { home, left: () => readdirSync(folder).sort() };
}

const limits = { ageMs: 30 * day * 1000, bytes: 100, everyMs: 60_000 };

test('logs that are too old or too much go, the oldest first, but those of jobs that are not done', async () => {
  const { home, left } = logs({
    'new.log': { days: 0, bytes: 60 },
    'waiting.log': { days: 40, bytes: 500 },
    'earlier.log': { days: 1, bytes: 30 },
    'old.log': { days: 31, bytes: 1 },
    'before.log': { days: 2, bytes: 30 },
    'notes.txt': { days: 99, bytes: 1 },
  });
  const kept = new JobLogs(home, limits);
  await kept.prune((id) => id !== 'waiting');
  expect(left()).toEqual(['earlier.log', 'new.log', 'notes.txt', 'waiting.log']);
  await kept.prune(() => true);
  expect(left()).toContain('waiting.log');
  await new JobLogs(home, limits).prune(() => true);
  expect(left()).toEqual(['earlier.log', 'new.log', 'notes.txt']);
});

test('a home without logs has none to tidy up', async () => {
  await new JobLogs(tempFolder()).prune(() => true);
});
