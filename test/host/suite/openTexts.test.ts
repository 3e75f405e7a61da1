import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { AuteurApi } from '../../../src/extension/extension.ts';
import { ShotList } from '../../../src/core/model/shotList.ts';
import { eventually } from '../lib/eventually.ts';
import { command, extension } from '../lib/extension.ts';
import { type Film, makeFilm } from '../lib/film.ts';
import { dismissMessages, logBehindMessage } from '../lib/messages.ts';
import { problemsOf, shotList, uriOf } from '../lib/texts.ts';

/** Each step builds on the one before: a list of one shot, and a copy of it. */
describe('a shot list that is open in an editor', () => {
  let film: Film;
  let api: AuteurApi;
  let document: vscode.TextDocument;

  before(async () => {
    api = (await extension().activate()) as AuteurApi;
    film = await makeFilm('Open Book');
    document = await vscode.workspace.openTextDocument(uriOf(film, shotList));
    await vscode.window.showTextDocument(document, { preview: false });
  });
  beforeEach(dismissMessages);

  const onDisk = (): Promise<string> => readFile(join(film.root, shotList), 'utf8');
  const shotsIn = (text: string) => ShotList.parse(JSON.parse(text)).shots;

  async function type(from: string, to: string): Promise<void> {
    const start = document.getText().indexOf(from);
    assert.notEqual(start, -1, `${from} in ${document.getText()}`);
    const range = new vscode.Range(document.positionAt(start), document.positionAt(start + from.length));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, range, to);
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.ok(document.isDirty);
  }

  /** What the tree gives to draw from now on, as text. */
  async function drawn(text: string, make: () => Promise<unknown>): Promise<void> {
    let isDrawn = false;
    const listener = api.onDidChangeProjects((nodes) => {
      isDrawn ||= JSON.stringify(nodes, (key, value: unknown) => (key === 'parent' ? 0 : value)).includes(
        text,
      );
    });
    try {
      await make();
      await eventually(`“${text}” in the tree`, () => (isDrawn ? true : undefined));
    } finally {
      listener.dispose();
    }
  }

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
    assert.match(await logBehindMessage('shotlist.json'), /auteur\.part\.duplicate: file-unreadable/);
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
});
