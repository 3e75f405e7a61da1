import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../lib/eventually.ts';
import { command, extension } from '../lib/extension.ts';
import { type Film, makeFilm, readShot, takesOf } from '../lib/film.ts';
import { shotList } from '../lib/texts.ts';

describe('a place in the film', () => {
  let film: Film;

  before(async () => {
    await extension().activate();
    film = await makeFilm('Somewhere');
    await command('auteur.shot.generateTake', film);
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is copied by its address', async () => {
    await command('auteur.part.copyAddress', film);
    assert.equal(await vscode.env.clipboard.readText(), film.address);
  });

  it('is opened in its file, at its line', async () => {
    await command('auteur.part.openFile', film);
    const editor = await eventually('the shot list', () => {
      const { activeTextEditor: active } = vscode.window;
      return active?.document.uri.fsPath.endsWith(basename(shotList)) === true ? active : undefined;
    });
    const { id } = await readShot(film);
    const { line } = editor.selection.active;
    const near = editor.document.getText(new vscode.Range(line, 0, line + 3, 0));
    assert.ok(near.includes(id), near);
  });

  it('gives its takes to an export, and its choice back', async () => {
    const [first] = await takesOf(film, 1);
    assert.ok(first);
    const take = { root: film.root, shotId: first.take.shotId, takeId: first.take.id };
    await command('auteur.take.activate', take);
    assert.equal((await readShot(film)).activeTake, take.takeId);
    await command('auteur.project.exportFrames', film);
    const exports = join(film.root, '06_Exports');
    const [folder = ''] = readdirSync(exports).filter((name) => !name.startsWith('.'));
    assert.deepEqual(readdirSync(join(exports, folder)), ['0001_04-01-01_take01.png']);
    await command('auteur.take.deactivate', take);
    assert.equal((await readShot(film)).activeTake, undefined);
    assert.ok(existsSync(first.picture));
  });
});
