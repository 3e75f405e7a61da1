import { expect, test, vi } from 'vitest';
import { aJobView } from '../../test/builders/aJobView.ts';
import { tempFolder } from '../../test/lib/tempFolder.ts';
import { RelativePath } from '../core/model/relativePath.ts';
import type { CommitState } from '../core/model/job.ts';
import { Terminal } from './terminal.ts';
import { workerReply } from './workerReply.ts';

const began = Date.parse('2026-01-02T00:00:00.000Z');
const before = '2026-01-01T23:59:59.000Z';
const path = RelativePath.parse('03_Renders/take.png');
const gone = '/no/such/film';

function completed(id: string, projectRoot: string, finished: string, commit: CommitState) {
  return aJobView({ id, projectRoot, finished, status: 'completed', take: { number: 1, path, commit } });
}

async function told(...jobs: ReturnType<typeof completed>[]) {
  const terminal = new Terminal(false);
  const notes: string[] = [];
  vi.spyOn(terminal, 'note').mockImplementation((text) => void notes.push(text));
  const { lines } = await workerReply(terminal, { began, heard: jobs, all: jobs });
  return { lines, notes };
}

test('what was recorded before and is committed now is no take that was made', async () => {
  const root = tempFolder();
  const { lines, notes } = await told(
    completed('a', root, before, { state: 'committed' }),
    completed('b', root, '2026-01-02T00:00:01.000Z', { state: 'committed' }),
  );
  expect(lines).toEqual(['1 take made.', '1 take recorded earlier committed.']);
  expect(notes).toEqual([]);
});

test('takes of a film from elsewhere, of which no job is heard, are counted as committed', async () => {
  const seen = { began, heard: [], all: [], committedEarlier: 2 };
  const { json, lines } = await workerReply(new Terminal(false), seen);
  expect(lines).toEqual(['0 takes made.', '2 takes recorded earlier committed.']);
  expect(json).toEqual({ jobs: [] });
});

test('a film that is not there is named once, with what waits for it and what to do', async () => {
  const pending = { state: 'pending', reason: 'The take is no longer where it was recorded.' } as const;
  const { lines, notes } = await told(
    completed('a', gone, before, pending),
    completed('b', gone, before, pending),
    completed('c', tempFolder(), before, { state: 'pending', reason: 'A hook said no.' }),
  );
  expect(lines).toEqual(['0 takes made.']);
  expect(notes[0]).toMatch(/^warning: the film "[^"]+" is not at \/no\/such\/film: 2 takes wait/);
  expect(notes[1]).toMatch(/^hint: Put the folder back/);
  expect(notes.slice(2)).toEqual(['warning: 1 take recorded, commit pending: A hook said no.']);
});
