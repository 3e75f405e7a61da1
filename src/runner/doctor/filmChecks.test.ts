import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { aVisit } from '../../../test/lib/doctorVisit.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { commitEdit } from '../../core/storage/editCommit.ts';
import { addChapter } from '../../core/storage/filmEdits.ts';
import { commitWaitingEdits } from './waitingEdits.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('an edit that was made where Git was not found waits, and is committed by --fix', async () => {
  const visit = await aVisit();
  vi.stubEnv('PATH', tempFolder());
  await commitEdit(visit.root, () => addChapter(visit.root, 'Four'));
  vi.unstubAllEnvs();
  expect(await visit.troubles()).toEqual(['Edits to commit: warning']);
  expect((await visit.check('Edits to commit')).detail).toBe(
    'what was edited in 1 file waits to be committed: project.json',
  );
  expect(await commitWaitingEdits(visit.root)).toEqual(['Committed what waited: project.json.']);
  expect(await visit.troubles()).toEqual([]);
  expect(await commitWaitingEdits(visit.root)).toEqual([]);
});

test('a film that can only be read', async () => {
  const visit = await aVisit();
  const real = fs.promises.access;
  onTestFinished(() => {
    fs.promises.access = real;
    syncBuiltinESMExports();
  });
  fs.promises.access = (path) =>
    path === join(visit.root, '03_Renders')
      ? Promise.reject(Object.assign(new Error('read-only'), { code: 'EROFS' }))
      : real(path);
  syncBuiltinESMExports();
  expect(await visit.troubles()).toEqual(['Film folder: failed']);
  expect((await visit.check('Film folder')).detail).toContain(join(visit.root, '03_Renders'));
});
