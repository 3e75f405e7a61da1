import assert from 'node:assert/strict';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { command, extension, workspaceFolder } from '../lib/extension.ts';
import { type Film, makeFilm, takesOf } from '../lib/film.ts';
import { dismissMessages, logBehindMessage } from '../lib/messages.ts';
import { jobsOf } from '../lib/programs.ts';

/** Makes a film where this window does not look, breaks its manifest and moves it in. */
async function moveInBroken(name: string): Promise<{ film: Film; mend: () => Promise<void> }> {
  const staging = join(dirname(workspaceFolder()), 'staging');
  await mkdir(staging, { recursive: true });
  const made = await makeFilm(name, staging);
  const manifest = await readFile(join(made.root, 'project.json'), 'utf8');
  await writeFile(join(made.root, 'project.json'), manifest.slice(0, -20));
  const root = join(workspaceFolder(), 'Projects', basename(made.root));
  await rename(made.root, root);
  return { film: { ...made, root }, mend: () => writeFile(join(root, 'project.json'), manifest) };
}

describe('what goes wrong', () => {
  let good: Film;

  before(async () => {
    await extension().activate();
    good = await makeFilm('Good Weather');
  });

  beforeEach(dismissMessages);

  it('is told, and starts no job, where a shot is not there', async () => {
    await command('auteur.shot.generateTake', { root: good.root, address: '01/01/99' });
    assert.match(await logBehindMessage('01/01/99'), /auteur\.shot\.generateTake: address-unknown/);
    assert.deepEqual(await jobsOf(good.root), []);
  });

  it('is told of a broken project, and keeps no other from being used', async () => {
    const { film, mend } = await moveInBroken('Broken Weather');
    await command('auteur.projects.refresh');
    await command('auteur.shot.generateTake', film);
    assert.match(await logBehindMessage(film.root), /auteur\.shot\.generateTake: file-unreadable/);
    await command('auteur.shot.generateTake', good);
    assert.equal((await takesOf(good, 1)).length, 1);

    await new Promise((r) => setTimeout(r, 3000));
    const vscode = await import('vscode');
    for (const g of ['*', '*/project.json']) {
      const w = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(join(workspaceFolder(), 'Projects')), g));
      for (const ev of ['onDidChange','onDidCreate','onDidDelete'] as const) w[ev]((u) => console.log('@@auteur EV ' + g + ev + u.fsPath));
    }
    await new Promise((r) => setTimeout(r, 3000));
    console.log('@@auteur mending');
    await mend();
    await new Promise((r) => setTimeout(r, 3000));
    console.log('@@auteur mended');
    assert.deepEqual(await jobsOf(film.root), []);
    await command('auteur.shot.generateTake', film);
    assert.equal((await takesOf(film, 1)).length, 1);
    await command('auteur.log.show');
    await new Promise((r) => setTimeout(r, 1000));
    console.log('@@auteur ' + (await logBehindMessage('address')));
  });
});
