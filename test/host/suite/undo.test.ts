import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { command, extension } from '../lib/extension.ts';
import { type Film, makeFilm, readShot, takesOf } from '../lib/film.ts';
import { dismissMessages, logBehindMessage } from '../lib/messages.ts';
import { git } from '../lib/programs.ts';

const shotLists = '02_Source_Creative/ShotLists';

async function shotListsOf({ root }: Film): Promise<number> {
  return (await readdir(join(root, shotLists))).filter((name) => name.endsWith('.json')).length;
}

/** Each step builds on the one before. */
describe('undo in the window', () => {
  let film: Film;

  before(async () => {
    await extension().activate();
    film = await makeFilm('Second Thoughts');
  });
  beforeEach(dismissMessages);

  it('takes back what a terminal has added, and leaves it for the user to commit', async () => {
    await command('auteur.edit.undo', film);
    await command('auteur.edit.undo', film);
    assert.equal(await shotListsOf(film), 0);
    assert.match(await git(film.root, 'status', '--porcelain'), /^ M project\.json$/m);
  });

  it('does it again, and Git sees nothing changed', async () => {
    await command('auteur.edit.redo', film);
    await command('auteur.edit.redo', film);
    assert.equal((await readShot(film)).number, 1);
    assert.equal(await git(film.root, 'status', '--porcelain'), '');
  });

  it('takes back the choice of a take, and keeps a shot that has takes', async () => {
    await command('auteur.shot.generateTake', film);
    const [first] = await takesOf(film, 1);
    assert.ok(first);
    await command('auteur.take.activate', {
      root: film.root,
      shotId: first.take.shotId,
      takeId: first.take.id,
    });
    await command('auteur.edit.undo', film);
    assert.equal((await readShot(film)).activeTake, undefined);
    await command('auteur.edit.undo', film);
    assert.match(await logBehindMessage('has takes'), /auteur\.edit\.undo: undo-has-takes/);
    assert.equal((await readShot(film)).number, 1);
  });
});
