import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const id = 'auteur.auteur-movie-director';

describe('the extension', () => {
  it('is present and activates', async () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension, `${id} is not installed in this window`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers the command that makes a project', async () => {
    await vscode.extensions.getExtension(id)?.activate();
    const commands = await vscode.commands.getCommands(true);
    assert.ok(commands.includes('auteur.project.create'));
  });
});
