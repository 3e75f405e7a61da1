import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, realpath, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { GitExtension } from '../../../src/extension/gitExtension/gitApi.ts';
import { eventually } from '../lib/eventually.ts';
import { command, extension, workspaceFolder } from '../lib/extension.ts';
import { makeFilm, type Film } from '../lib/film.ts';
import { dismissMessages, logBehindMessage } from '../lib/messages.ts';
import { auteur, git } from '../lib/programs.ts';

interface Opened {
  readonly repositories: readonly { readonly rootUri: vscode.Uri }[];
}

/** The roots of what the Git extension of this window shows. */
async function openedRepositories(): Promise<readonly string[]> {
  const found = vscode.extensions.getExtension<GitExtension>('vscode.git');
  assert.ok(found, 'this VS Code has no Git extension');
  const api = (await found.activate()).getAPI(1) as unknown as Opened;
  return Promise.all(api.repositories.map(({ rootUri }) => realpath(rootUri.fsPath)));
}

/** Each step builds on the one before. */
describe('a film and the Git of the window', () => {
  let film: Film;

  before(async () => {
    await extension().activate();
    film = await makeFilm('Version Control');
  });
  beforeEach(dismissMessages);

  it('is handed to the Git extension, which does not look so deep by itself', async () => {
    await command('auteur.projects.refresh');
    const root = await realpath(film.root);
    await eventually('the film in the Source Control view', async () =>
      (await openedRepositories()).includes(root) ? true : undefined,
    );
  });

  it('is committed from its menu, without what the user has staged', async () => {
    await writeFile(join(film.root, '02_Source_Creative', 'Scripts', 'draft.md'), 'Night.');
    const committing = command('auteur.project.commit', film);
    await eventually('the commit', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      const message = await git(film.root, 'log', '-1', '--format=%s');
      return message === 'Edit script draft.md\n' ? true : undefined;
    });
    await committing;
    assert.equal(await git(film.root, 'status', '--porcelain'), '');
  });

  it('says what is missing for a push', async () => {
    await command('auteur.project.push', film);
    assert.match(await logBehindMessage('push-no-remote'), /auteur\.project\.push: push-no-remote/);
  });

  it('is exported', async () => {
    await command('auteur.project.exportCsv', film);
    const exports = await readdir(join(film.root, '06_Exports'));
    const [folder] = exports.filter((name) => name.startsWith('20'));
    assert.ok(folder);
    assert.deepEqual(await readdir(join(film.root, '06_Exports', folder)), ['shot-list.csv']);
  });

  it('is not deleted under another name', async () => {
    await command('auteur.project.delete', film, 'Another Film');
    assert.match(await logBehindMessage('name-differs'), /auteur\.project\.delete: name-differs/);
    assert.ok(existsSync(film.root));
  });

  it('is deleted under its own, and kept in a trash', async () => {
    await command('auteur.project.delete', film, 'Version Control');
    assert.equal(existsSync(film.root), false);
    assert.equal(existsSync(join(dirname(film.root), 'Version_Control')), false);
    // The server of the tests has no trash of its own.
    if (vscode.env.remoteName !== undefined || vscode.env.uiKind === vscode.UIKind.Web) {
      const kept = await readdir(join(workspaceFolder(), '.trash'));
      assert.equal(kept.filter((name) => name.startsWith('Version_Control-')).length, 1);
    }
    const list = JSON.stringify(await auteur(workspaceFolder(), 'list'));
    assert.equal(list.includes('Version Control'), false);
  });
});
