import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { eventually } from '../lib/eventually.ts';
import { command, workspaceFolder } from '../lib/extension.ts';
import { type Film, makeFilm, readShot } from '../lib/film.ts';
import { FilmTree } from '../lib/filmTree.ts';
import { dismissMessages } from '../lib/messages.ts';
import { auteur, git } from '../lib/programs.ts';

/** A film whose takes were made elsewhere: a clone without its media. */
describe('takes that are not downloaded', () => {
  let tree: FilmTree;
  let film: Film;
  let folder: string;

  before(async () => {
    tree = await FilmTree.open();
    folder = await mkdtemp(join(tmpdir(), 'auteur-far-'));
    const made = await makeFilm('Far Away', folder);
    await auteur(made.root, 'generate', made.address);
    const remote = join(folder, 'remote.git');
    await git(folder, 'init', '--quiet', '--bare', remote);
    await git(made.root, 'remote', 'add', 'origin', pathToFileURL(remote).href);
    await git(made.root, 'push', '--quiet', 'origin', 'HEAD:main');
    await git(remote, 'symbolic-ref', 'HEAD', 'refs/heads/main');
    const root = join(workspaceFolder(), 'Projects', 'Far_Away');
    const env = { ...process.env, GIT_LFS_SKIP_SMUDGE: '1' };
    await promisify(execFile)('git', ['clone', '--quiet', pathToFileURL(remote).href, root], { env });
    await git(root, 'lfs', 'install', '--local');
    film = { ...made, root };
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const picture = async (): Promise<string> => {
    const { folder: shot } = await readShot(film);
    return readFile(join(film.root, shot, 'S01_S01_take01.png'), 'latin1');
  };

  /** What the line of the take says. */
  const said = async (): Promise<string> => {
    const [take] = await tree.children(await tree.node(film, film.address));
    return take === undefined ? '' : String(tree.item(take).description);
  };

  /** Until the line of the take says this, or says it no more. */
  const says = (text: string, isSaid: boolean): Promise<true> =>
    eventually(`"${text}" is ${isSaid ? '' : 'not '}said`, async () => {
      const line = await said();
      return (line.includes('seed') && line.includes(text) === isSaid) || undefined;
    });

  it('say so in the tree, and come with Download', async () => {
    await command('auteur.projects.refresh');
    await says('not downloaded', true);
    assert.match(await picture(), /^version https:\/\/git-lfs/);
    await command('auteur.media.download', film);
    assert.match(await picture(), /^\x89PNG/);
    await says('not downloaded', false);
  });

  it('come back where their file is gone, with the button of what is said when they are opened', async () => {
    const { folder: shot } = await readShot(film);
    await rm(join(film.root, shot, 'S01_S01_take01.png'));
    await command('auteur.projects.refresh');
    await says('file missing', true);
    const [take] = await tree.children(await tree.node(film, film.address));
    assert.ok(take?.kind === 'take');
    await dismissMessages();
    await command('auteur.take.open', take);
    await eventually('the picture is there again', async () => {
      await vscode.commands.executeCommand('notification.acceptPrimaryAction');
      return picture().catch(() => undefined);
    });
    assert.match(await picture(), /^\x89PNG/);
    await says('file missing', false);
  });
});
