import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { AuteurApi } from '../../../src/extension/extension.ts';
import { ShotList } from '../../../src/core/model/shotList.ts';
import { drawnBy } from '../lib/drawn.ts';
import { eventually } from '../lib/eventually.ts';
import { command, extension } from '../lib/extension.ts';
import { type Film, makeFilm } from '../lib/film.ts';
import { FilmTree } from '../lib/filmTree.ts';
import { dismissMessages, logThatSays } from '../lib/messages.ts';
import { manifest, problemsOf, shotList, typeInto, uriOf } from '../lib/texts.ts';

/** Each step builds on the one before: a list of one shot, and a copy of it. */
describe('a shot list that is open in an editor', () => {
  let film: Film;
  let api: AuteurApi;
  let document: vscode.TextDocument;

  before(async () => {
    api = (await extension().activate()) as AuteurApi;
    const tree = await FilmTree.open();
    film = await makeFilm('Open Book');
    await tree.node(film, film.address);
    document = await vscode.workspace.openTextDocument(uriOf(film, shotList));
    await vscode.window.showTextDocument(document, { preview: false });
  });
  beforeEach(dismissMessages);

  const onDisk = (): Promise<string> => readFile(join(film.root, shotList), 'utf8');
  const shotsIn = (text: string) => ShotList.parse(JSON.parse(text)).shots;

  const type = (from: string, to: string): Promise<void> => typeInto(document, from, to);

  const drawn = (text: string, make: () => Promise<unknown>): Promise<void> => drawnBy(api, text, make);

  it('is edited as a document and saved, where nothing in it is unsaved', async () => {
    await command('auteur.part.duplicate', film);
    assert.equal(shotsIn(document.getText()).length, 2);
    assert.ok(!document.isDirty);
    assert.equal(await onDisk(), document.getText());
  });

  it('has that edit in its own undo', async () => {
    await vscode.commands.executeCommand('undo');
    await eventually('one shot', () => (shotsIn(document.getText()).length === 1 ? true : undefined));
    await vscode.commands.executeCommand('redo');
    await eventually('two shots', () => (shotsIn(document.getText()).length === 2 ? true : undefined));
    await document.save();
  });

  it('shows in the tree what is typed in it before it is saved', () =>
    drawn('A kettle is about to sing', () => type('A kettle begins to sing', 'A kettle is about to sing')));

  it('takes an edit and stays unsaved, with what was typed and the edit', async () => {
    const before = await onDisk();
    await command('auteur.part.duplicate', film);
    assert.ok(document.isDirty);
    const shots = shotsIn(document.getText());
    assert.deepEqual(
      shots.map(({ description }) => description),
      ['A kettle is about to sing', 'A kettle is about to sing', 'A kettle begins to sing'],
    );
    assert.equal(await onDisk(), before);
    await command('auteur.edit.undo', film);
    assert.equal(shotsIn(document.getText()).length, 2);
    assert.equal(await onDisk(), before);
  });

  it('is underlined where what is typed does not hold together', async () => {
    await type('"size": "CU"', '"size": "CU",\n      "characters": ["nobody"]');
    const [problem] = await problemsOf(film, shotList, 1);
    assert.equal(problem && document.getText(problem.range), '"nobody"');
    await type('["nobody"]', '[]');
    await problemsOf(film, shotList, 0);
  });

  it('is left alone while it is half typed, and says where', async () => {
    await type('"characters": []', '"characters": [');
    const before = document.getText();
    await command('auteur.part.duplicate', film);
    assert.match(await logThatSays('shotlist.json'), /auteur\.part\.duplicate: file-unreadable/);
    assert.equal(document.getText(), before);
    await type('"characters": [', '"characters": []');
    await problemsOf(film, shotList, 0);
  });

  it('gives way to the file when what was typed is thrown away', async () => {
    const before = await onDisk();
    await drawn('A kettle begins to sing', async () => {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });
    assert.equal(document.getText(), before);
    await command('auteur.part.duplicate', film);
    assert.equal(shotsIn(await onDisk()).length, 3);
  });

  it('keeps an edit of several files from being made, and makes it once it is saved', async () => {
    const project = await vscode.workspace.openTextDocument(uriOf(film, manifest));
    await typeInto(project, '"The kitchen"', '"The cold kitchen"');
    const scene = film.address.split('/').slice(0, 2).join('/');
    await command('auteur.part.duplicate', { root: film.root, address: scene });
    assert.ok(project.isDirty);
    await eventually('the scene and its copy', async () => {
      await vscode.commands.executeCommand('notification.acceptPrimaryAction');
      return project.getText().includes('"The cold kitchen (copy)"') ? true : undefined;
    });
    await eventually('all of it on disk', async () => {
      const text = await readFile(project.uri.fsPath, 'utf8');
      return text === project.getText() && !project.isDirty ? true : undefined;
    });
  });

  it('keeps its byte order mark and its line ends', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const windows = `\uFEFF${(await onDisk()).replaceAll('\n', '\r\n')}`;
    await writeFile(document.uri.fsPath, windows);
    const opened = await vscode.workspace.openTextDocument(document.uri);
    await vscode.window.showTextDocument(opened);
    const before = await eventually('the text as it is now', () => {
      const text = opened.getText();
      return text.includes('\r\n') ? shotsIn(text).length : undefined;
    });
    await command('auteur.part.duplicate', film);
    assert.equal(shotsIn(opened.getText()).length, before + 1);
    const text = await readFile(document.uri.fsPath, 'utf8');
    assert.ok(text.startsWith('\uFEFF'));
    assert.equal(text.slice(1), opened.getText());
    assert.equal(text.replaceAll('\r\n', '').includes('\n'), false);
  });
});
