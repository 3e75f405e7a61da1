import { execFileSync } from 'node:child_process';
import fs, { rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { aVisit } from '../../../test/lib/doctorVisit.ts';
import { quiet, shotsIn, writeTake } from '../../../test/lib/recordedTake.ts';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { commitEdit } from '../../core/storage/editCommit.ts';
import { addChapter } from '../../core/storage/filmEdits.ts';
import { formatJson } from '../../core/storage/jsonFile.ts';
import { commitFilm } from '../../core/storage/repository/commitFilm.ts';
import { filmStatus } from '../../core/storage/repository/filmStatus.ts';
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

describe('edits that wait for the user', () => {
  test('are no trouble, and are counted as the tree counts them', async () => {
    const visit = await aVisit();
    expect((await visit.check('Edits to commit')).detail).toBe('none');
    await addChapter(visit.root, 'Four');
    expect(await visit.check('Edits to commit')).toMatchObject({
      level: 'ok',
      detail: '1 file of the film has changed since the last commit',
      hint: expect.stringContaining('Commit them when you want') as string,
    });
    writeFileSync(join(visit.root, '02_Source_Creative/Scripts/draft.md'), 'draft');
    writeFileSync(join(visit.root, 'todo.txt'), 'todo');
    const { changed, others } = await filmStatus(visit.root);
    expect([changed, others]).toEqual([2, 1]);
    expect((await visit.check('Edits to commit')).detail).toBe(
      '2 files of the film and 1 other file have changed since the last commit',
    );
    expect(await visit.troubles()).toEqual([]);
  });

  test('are told beside those that wait for Git', async () => {
    const visit = await aVisit();
    vi.stubEnv('PATH', tempFolder());
    await commitEdit(visit.root, () => addChapter(visit.root, 'Four'));
    vi.unstubAllEnvs();
    writeFileSync(join(visit.root, '02_Source_Creative/Scripts/draft.md'), 'draft');
    expect((await visit.check('Edits to commit')).detail).toBe(
      'what was edited in 1 file waits to be committed: project.json; others that have changed: 1',
    );
  });
});

describe('takes without their media', () => {
  async function visitOfTakes() {
    const visit = await aVisit();
    const [placed] = await shotsIn(visit.root);
    if (placed === undefined) throw new Error('no shot');
    const takes = [
      await writeTake(visit.root, { placed, number: 1 }),
      await writeTake(visit.root, { placed, number: 2 }),
    ] as const;
    await commitFilm(visit.root, 'Takes', quiet());
    return { ...visit, placed, takes };
  }

  test('are a warning that counts them and says what brings them back', async () => {
    const visit = await visitOfTakes();
    expect(await visit.troubles()).toEqual([]);
    const [first, second] = visit.takes;
    rmSync(join(visit.root, first.media));
    expect(await visit.check('Media here')).toMatchObject({
      level: 'warning',
      detail: 'the file of 1 take is missing: take 1 of shot 01/01/01',
      hint: expect.stringContaining('Download') as string,
      command: expect.stringMatching(/^auteur -C .+ download$/) as string,
    });
    // A file that is gone has changed, too.
    expect((await visit.check('Edits to commit')).detail).toBe(
      '1 other file has changed since the last commit',
    );
    rmSync(join(visit.root, second.media));
    expect(await visit.troubles()).toEqual(['Media here: warning']);
    expect((await visit.check('Media here')).detail).toBe(
      'the files of 2 takes are missing, such as that of take 1 of shot 01/01/01',
    );
  });

  test('are told beside media that were not downloaded, and also where they were never committed', async () => {
    const visit = await visitOfTakes();
    const [first] = visit.takes;
    const { media } = await writeTake(visit.root, { placed: visit.placed, number: 3 });
    rmSync(join(visit.root, media));
    const pointer = execFileSync('git', ['show', `HEAD:${first.media}`], { cwd: visit.root });
    writeFileSync(join(visit.root, first.media), pointer);
    expect((await visit.check('Media here')).detail).toBe(
      `the file of 1 take is missing: take 3 of shot 01/01/01; ${first.media} is not downloaded`,
    );
  });

  test('are no trouble where the take was deleted', async () => {
    const visit = await visitOfTakes();
    const [{ take, media, sidecar }] = visit.takes;
    rmSync(join(visit.root, media));
    writeFileSync(join(visit.root, sidecar), formatJson({ ...take, deleted: new Date().toISOString() }));
    expect(await visit.troubles()).toEqual([]);
  });

  test('cannot be told of a film that does not parse', async () => {
    const visit = await visitOfTakes();
    writeFileSync(join(visit.root, visit.placed.scene.shotList), '<<<<<<< ours');
    expect(await visit.check('Media here')).toMatchObject({
      level: 'warning',
      detail: expect.stringContaining(visit.placed.scene.shotList) as string,
    });
  });
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
