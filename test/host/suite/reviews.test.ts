import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Take } from '../../../src/core/model/take.ts';
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

  it('is made again with its own recipe, and compared with that', async () => {
    const [first] = await takesOf(film, 1);
    assert.ok(first);
    const refOf = ({ id, shotId }: Take) => ({ root: film.root, shotId, takeId: id });
    await command('auteur.take.regenerate', refOf(first.take));
    const [, second] = await takesOf(film, 2);
    assert.ok(second);
    assert.equal(second.take.recipeOf, first.take.id);
    assert.equal(second.take.seed, first.take.seed);
    assert.deepEqual(second.take.prompt, first.take.prompt);
    const both = [refOf(first.take), refOf(second.take)];
    await command('auteur.take.compare', both[0], both);
    const { activeTabGroup } = vscode.window.tabGroups;
    await eventually('the page that compares them', () =>
      activeTabGroup.tabs.some(({ label }) => label === `${film.address} 01 ↔ ${film.address} 02`)
        ? true
        : undefined,
    );
  });
});
