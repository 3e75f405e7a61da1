import assert from 'node:assert/strict';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { command, extension, workspaceFolder } from '../lib/extension.ts';
import { type Film, makeFilm, takesOf } from '../lib/film.ts';
import { dismissMessages, logBehindMessage, logThatSays } from '../lib/messages.ts';
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
  before(() => extension().activate());
  beforeEach(dismissMessages);

  it('is told, and starts no job, where a shot is not there', async () => {
    const film = await makeFilm('Missing Shot');
    await command('auteur.shot.generateTake', { root: film.root, address: '01/01/99' });
    assert.match(await logBehindMessage('01/01/99'), /auteur\.shot\.generateTake: address-unknown/);
    assert.deepEqual(await jobsOf(film.root), []);
  });

  it('is told of a broken project, which keeps no other from being used and comes back once it is mended', async () => {
    const { film: broken, mend } = await moveInBroken('Broken Weather');
    const good = await makeFilm('Good Weather');
    await command('auteur.shot.generateTake', good);
    // Only films in the window's list are worked on, so the list was read with the broken one in its folder.
    assert.equal((await takesOf(good, 1)).length, 1);

    await command('auteur.shot.generateTake', broken);
    assert.match(await logThatSays(basename(broken.root)), /auteur\.shot\.generateTake: file-unreadable/);

    await mend();
    assert.deepEqual(await jobsOf(broken.root), []);
    await command('auteur.shot.generateTake', broken);
    assert.equal((await takesOf(broken, 1)).length, 1);
  });
});
