import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import type { PlaceRef } from '../../../src/providers/contributions.ts';
import { eventually } from '../lib/eventually.ts';
import { asEditorWrites, command, extension } from '../lib/extension.ts';
import { type Film, makeFilm, readShot, takesOf } from '../lib/film.ts';
import { FilmTree } from '../lib/filmTree.ts';
import { dismissMessages, logBehindMessage } from '../lib/messages.ts';
import { change, manifest, shotList } from '../lib/texts.ts';

describe('a place in the film', () => {
  let film: Film;

  before(async () => {
    await extension().activate();
    film = await makeFilm('Somewhere');
    await command('auteur.shot.generateTake', film);
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is copied by its address, and several one a line', async () => {
    const tree = await FilmTree.open();
    const addresses = ['04', '04/01', film.address];
    const nodes = await Promise.all(addresses.map((address) => tree.node(film, address)));
    const copied = async (...of: readonly PlaceRef[]): Promise<string> => {
      await command('auteur.part.copyAddress', of[0], of);
      return vscode.env.clipboard.readText();
    };
    for (const [index, node] of nodes.entries()) assert.equal(await copied(node), addresses[index]);
    await takesOf(film, 1);
    const take = await eventually('the take in the tree', async () => {
      const shot = await tree.node(film, film.address);
      return (await tree.children(shot)).find(({ kind }) => kind === 'take');
    });
    assert.equal(await copied(take), film.address);
    assert.equal(await copied(await tree.node(film)), basename(film.root));
    assert.equal(await copied(...nodes), addresses.join('\n'));
  });

  it('is found as a symbol in every film of the window, one that cannot be read aside', async () => {
    const other = await makeFilm('Somewhere Else');
    const broken = await makeFilm('Nowhere');
    await command('auteur.projects.refresh');
    await change(broken, manifest, (text) => text.slice(0, -30));
    const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
      'vscode.executeWorkspaceSymbolProvider',
      'kettle',
    );
    const ours = found.filter(({ name }) => name === '04/01/01  A kettle begins to sing');
    const films = ours.map(({ containerName }) => containerName);
    assert.ok(films.includes('Somewhere') && films.includes('Somewhere Else'), films.join(', '));
    const of = ours.find(({ containerName }) => containerName === 'Somewhere Else');
    assert.equal(of?.location.uri.fsPath, asEditorWrites(join(other.root, shotList)));
    await change(broken, manifest, () => '{}');
  });

  it('is deleted or duplicated together with its like only', async () => {
    const tree = await FilmTree.open();
    const shot = await tree.node(film, film.address);
    const [take] = await tree.children(shot);
    const mixed = [
      [await tree.node(film), shot],
      [shot, shot.parent],
      [take, shot],
    ].map((nodes) => nodes.filter((node) => node !== undefined));
    const before = await readFile(join(film.root, shotList), 'utf8');
    for (const nodes of mixed) {
      await dismissMessages();
      await command('auteur.part.delete', nodes[0], nodes);
      const kinds = nodes.map(({ kind }) => kind).join(', ');
      const text = `These are of several kinds (${kinds})`;
      assert.match(await logBehindMessage(text), /auteur\.part\.delete: nodes-mixed/);
    }
    await dismissMessages();
    await command('auteur.part.duplicate', shot, mixed[0]);
    await logBehindMessage('auteur.part.duplicate: nodes-mixed');
    assert.equal(await readFile(join(film.root, shotList), 'utf8'), before);
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
