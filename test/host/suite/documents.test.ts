import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { CommandId } from '../../../src/providers/contributions.ts';
import { eventually } from '../lib/eventually.ts';
import { command, extension } from '../lib/extension.ts';
import { type Film, makeFilm } from '../lib/film.ts';
import { dismissMessages, logBehindMessage } from '../lib/messages.ts';

const made: readonly (readonly [CommandId, string, RegExp])[] = [
  [
    'auteur.document.newTreatment',
    '02_Source_Creative/Treatments/Paper_Trail_Treatment.md',
    /^# Paper Trail\n/,
  ],
  [
    'auteur.document.newScreenplay',
    '02_Source_Creative/Scripts/Paper_Trail_Screenplay.fountain',
    /^Title: Paper/,
  ],
  [
    'auteur.document.newBeatSheet',
    '02_Source_Creative/Treatments/Paper_Trail_Beat_Sheet.md',
    /auteur:begin beats/,
  ],
  ['auteur.document.newShotList', '02_Source_Creative/ShotLists/Paper_Trail_Shot_List.md', /A kettle begins/],
];

function activeText(): { readonly path: string; readonly text: string } | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && { path: document.uri.fsPath, text: document.getText() };
}

async function opened(root: string, path: string): Promise<string> {
  const look = (): string | undefined => {
    const active = activeText();
    return active?.path.toLowerCase() === join(root, path).toLowerCase() ? active.text : undefined;
  };
  return eventually(`${basename(path)} is open`, look);
}

/** Each step builds on the one before. */
describe('documents in the window', () => {
  let film: Film;

  before(async () => {
    await extension().activate();
    film = await makeFilm('Paper Trail');
  });
  beforeEach(dismissMessages);
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  for (const [id, path, words] of made) {
    it(`${id} makes a document and opens it as text`, async () => {
      await command(id, { root: film.root });
      assert.match(await opened(film.root, path), words);
    });
  }

  it('opens a document from its line in the tree', async () => {
    const [, path = ''] = made[0] ?? [];
    await command('auteur.document.open', { root: film.root, path });
    assert.match(await opened(film.root, path), /^# Paper Trail/);
  });

  it('makes the part of an open beat sheet anew, and keeps what was typed in it unsaved', async () => {
    const path = made[2]?.[1] ?? '';
    const manifest = join(film.root, 'project.json');
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('"Midpoint"', '"The middle"'));
    const uri = vscode.Uri.file(join(film.root, path));
    const editor = await vscode.window.showTextDocument(uri);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), 'Mine.\n');
    });
    await command('auteur.document.update', { root: film.root, path });
    const text = await eventually('the beat sheet is up to date', () => {
      const active = activeText()?.text ?? '';
      return active.includes('The middle') ? active : undefined;
    });
    assert.match(text, /^Mine\.\n/);
    assert.equal(editor.document.isDirty, true);
    assert.doesNotMatch(await readFile(uri.fsPath, 'utf8'), /Mine|The middle/);
    await editor.document.save();
    assert.match(await readFile(uri.fsPath, 'utf8'), /^Mine\.\n[^]*The middle/);
  });

  it('says what a treatment cannot do', async () => {
    await command('auteur.document.update', { root: film.root, path: made[0]?.[1] ?? '' });
    assert.match(await logBehindMessage('no part that is made from the film'), /document-not-made/);
  });
});
