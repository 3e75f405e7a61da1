import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { JobId } from '../../../src/core/model/ids.ts';
import type { TakeRef } from '../../../src/providers/contributions.ts';
import { eventually } from '../lib/eventually.ts';
import { asEditorWrites, command, extension } from '../lib/extension.ts';
import { committed, type Film, lines, makeFilm, readShot, type RecordedTake, takesOf } from '../lib/film.ts';
import { shownLog } from '../lib/messages.ts';
import { git, jobsOf } from '../lib/programs.ts';

function openPictures(): readonly string[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.flatMap(({ input }) => (input instanceof vscode.TabInputCustom ? [input.uri.fsPath] : []));
}

/** Each step builds on the one before. */
describe('a take that is generated in the window', () => {
  let film: Film;
  let recorded: RecordedTake;
  let ref: TakeRef;

  before(async () => {
    await extension().activate();
    film = await makeFilm('Night Train');
  });

  it('is recorded, of a film that another program has just made', async () => {
    await command('auteur.shot.generateTake', film);
    const [only, ...more] = await takesOf(film, 1);
    assert.ok(only);
    assert.deepEqual(more, []);
    recorded = only;
    ref = { root: film.root, shotId: only.take.shotId, takeId: only.take.id };
  });

  it('has a sidecar that tells how the picture was made', async () => {
    const { take, picture } = recorded;
    const bytes = await readFile(picture);
    const [file] = take.files;
    assert.equal(file?.sha256, createHash('sha256').update(bytes).digest('hex'));
    assert.equal(file.bytes, bytes.length);
    assert.equal(file.mediaType, 'image/png');
    assert.equal(take.pipeline.id, 'storyboard');
    assert.ok(take.seed >= 0 && take.seed <= 0xffff_ffff);
    assert.equal(take.quality, 'low');
    assert.equal(take.address, film.address);
    assert.equal(take.shotId, (await readShot(film)).id);
    const [job] = await jobsOf(film.root);
    assert.equal(job?.id, take.id);
    assert.equal(job.status, 'completed');
  });

  it('has a log that is shown, where it printed one', async () => {
    const folder = join(process.env['AUTEUR_HOME'] ?? '', 'logs');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${ref.takeId}.log`), 'loading\n\u001b[31mstep 1\u001b[0m\n');
    await command('auteur.job.showLog', { jobId: ref.takeId });
    const log = await eventually('the log', () => {
      const text = shownLog();
      return text?.includes('Done: take 1') === true ? text : undefined;
    });
    assert.match(log, /\nloading\nstep 1\n\nDone: take 1, 03_Renders/);
  });

  it('is kept in Git LFS', async () => {
    await committed(film, 1);
    const [line = '', ...more] = lines(await git(film.root, 'lfs', 'ls-files', '--long'));
    assert.deepEqual(more, []);
    assert.ok(line.startsWith(recorded.take.files[0]?.sha256 ?? '?'), line);
    assert.equal(await git(film.root, 'status', '--porcelain'), '');
  });

  it('becomes the active take', async () => {
    assert.equal((await readShot(film)).activeTake, undefined);
    await command('auteur.take.activate', ref);
    assert.equal((await readShot(film)).activeTake, ref.takeId);
  });

  it('opens as a picture', async () => {
    await command('auteur.take.open', ref);
    await eventually('the tab of the picture', () =>
      openPictures().includes(asEditorWrites(recorded.picture)) ? true : undefined,
    );
  });

  it('waits while the queue is paused, is cancelled with all others, and is made when it is tried again', async () => {
    await command('auteur.queue.pause');
    await command('auteur.shot.generateTake', film);
    const waiting = await eventually('a job that waits', async () =>
      (await jobsOf(film.root)).find(({ status }) => status === 'pending'),
    );
    const job = { jobId: JobId.parse(waiting.id) };
    await command('auteur.job.moveToTop', job);
    await command('auteur.queue.cancelAll', true);
    const [cancelled] = await jobsOf(film.root);
    assert.deepEqual([cancelled?.id, cancelled?.status], [waiting.id, 'cancelled']);
    await command('auteur.job.retry', job, 'same');
    await command('auteur.queue.resume');
    await takesOf(film, 2);
  });
});
