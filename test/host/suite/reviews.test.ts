import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { eventually } from '../lib/eventually.ts';
import { command, extension } from '../lib/extension.ts';
import { type Film, makeFilm, readShot, takesOf } from '../lib/film.ts';

describe('a take that is judged in the window', () => {
  let film: Film;

  before(async () => {
    await extension().activate();
    film = await makeFilm('Judgement');
    await command('auteur.shot.generateTake', film);
  });

  it('is approved and rejected, and that is undone', async () => {
    const [first] = await takesOf(film, 1);
    assert.ok(first);
    const { id: takeId, shotId } = first.take;
    const take = { root: film.root, shotId, takeId };
    const status = async () => (await readShot(film)).reviews?.[takeId]?.status;
    await command('auteur.take.approve', take);
    assert.equal(await status(), 'approved');
    await command('auteur.take.reject', take);
    assert.equal(await status(), 'rejected');
    await command('auteur.edit.undo', film);
    assert.equal(await status(), 'approved');
    await command('auteur.take.clear', take);
    await eventually('no decision', async () => ((await status()) === undefined ? true : undefined));
    assert.ok(existsSync(first.picture));
  });
});
