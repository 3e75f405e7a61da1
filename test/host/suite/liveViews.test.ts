import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import type { AuteurApi } from '../../../src/extension/extension.ts';
import { ada, adaText, assetsIn, describeAsset, followAssets } from '../lib/assets.ts';
import { command, extension } from '../lib/extension.ts';
import { type Film, makeFilm, readShot, takesOf } from '../lib/film.ts';
import { FilmTree } from '../lib/filmTree.ts';
import { drawing, type Follow, measure } from '../lib/heard.ts';
import { auteur, git } from '../lib/programs.ts';
import { change, manifest, ours, problemsOf, shotList, uriOf } from '../lib/texts.ts';

const commit = ['commit', '--quiet', '--no-verify', '--all', '--message', 'As it is'];

describe('what another program does', () => {
  let film: Film;
  let api: AuteurApi;
  let remote: string;

  before(async () => {
    api = (await extension().activate()) as AuteurApi;
    const tree = await FilmTree.open();
    film = await makeFilm('Seen Everywhere');
    await tree.node(film, film.address);
    remote = await mkdtemp(join(tmpdir(), 'auteur-remote-'));
    await command('auteur.part.duplicate', film);
    await vscode.commands.executeCommand('auteur.progress.focus');
    await ada(api, film);
    await auteur(film.root, 'generate', film.address);
    await takesOf(film, 1);
  });
  after(() => rm(remote, { recursive: true, force: true }));

  /** Looks until our problems of a file are so many: the editor tells its listeners of them only 50 ms later. */
  function problems(path: string, count: (round: number) => number): Follow {
    return (round, seen) => {
      const timer = setInterval(() => {
        if (ours(uriOf(film, path)).length === count(round)) seen();
      }, 2);
      return new vscode.Disposable(() => {
        clearInterval(timer);
      });
    };
  }

  it('to the text of an asset shows in the Assets view in time', () => {
    const news = (round: number): string => `Tall, round ${round}`;
    return measure('asset exchanged', {
      file: join(film.root, adaText),
      views: { assets: drawing(api.onDidChangeAssets, news) },
      make: (round) => describeAsset(film, adaText, news(round)),
    });
  });

  it('shows in the Assets view and in Problems in time where it breaks an asset, and where it mends it', async () => {
    const whole = await readFile(join(film.root, adaText), 'utf8');
    const isBroken = (round: number): boolean => round % 2 === 1;
    await measure('asset broken and mended', {
      file: join(film.root, adaText),
      views: {
        assets: (round, seen) =>
          followAssets(api, (nodes) => {
            if (assetsIn(nodes).some(({ problem }) => (problem !== undefined) === isBroken(round))) seen();
          }),
        problems: problems(adaText, (round) => (isBroken(round) ? 1 : 0)),
      },
      make: (round) => writeFile(join(film.root, adaText), isBroken(round) ? whole.slice(0, 30) : whole),
    });
  });

  it('shows in the Assets view and in Problems in time where the folder of an asset gets another name', async () => {
    const whole = await readFile(join(film.root, adaText), 'utf8');
    await writeFile(
      join(film.root, adaText),
      whole.replace('"description"', '"references": ["gone.png"],\n  "description"'),
    );
    await problemsOf(film, adaText, 1);
    const folder = join(film.root, dirname(adaText));
    const isAway = (round: number): boolean => round % 2 === 1;
    await measure('folder renamed', {
      file: folder,
      views: {
        assets: (round, seen) =>
          followAssets(api, (nodes) => {
            const isThere = assetsIn(nodes).some(
              ({ references }) => (references === undefined) === isAway(round),
            );
            if (isThere) seen();
          }),
        problems: problems(adaText, (round) => (isAway(round) ? 0 : 1)),
      },
      make: (round) => (isAway(round) ? rename(folder, `${folder} away`) : rename(`${folder} away`, folder)),
    });
  });

  it('to a shot list shows in the tree and in Problems in time', () => {
    const isWrong = (round: number): boolean => round % 2 === 1;
    const text = (round: number): string =>
      `"size": "CU", "characters": [${isWrong(round) ? `"nobody${round}"` : ''}]`;
    return measure('dangling reference', {
      file: join(film.root, shotList),
      views: {
        tree: drawing(api.onDidChangeProjects, (round) =>
          isWrong(round) ? `nobody${round}` : '"characters":[]',
        ),
        problems: problems(shotList, (round) => (isWrong(round) ? 1 : 0)),
      },
      make: (round) =>
        change(film, shotList, (now) =>
          now.replace(/"size": "CU"(, "characters": \[[^\]]*\])?/, text(round)),
        ),
    });
  });

  it('by an edit of the command line shows in the tree in time', () => {
    const news = (round: number): string => `A kettle sings ${round} times`;
    return measure('auteur set', {
      file: join(film.root, shotList),
      views: { tree: drawing(api.onDidChangeProjects, news) },
      make: (round) => auteur(film.root, 'set', film.address, `description=${news(round)}`),
      rounds: 4,
    });
  });

  it('by a take of the command line shows in the tree and on the Progress page in time', async () => {
    const { folder } = await readShot(film);
    const name = (round: number): string => `S01_S01_take${String(round + 1).padStart(2, '0')}`;
    await measure('auteur generate', {
      file: join(film.root, folder, 'S01_S01_take'),
      views: {
        tree: drawing(api.onDidChangeProjects, (round) => `"takeCount":${round + 1}`),
        progress: drawing(api.onDidChangeProgress, name),
      },
      make: (round) => auteur(film.root, 'generate', film.address, '--seed', String(round)),
      rounds: 4,
    });
  });

  it('to the files of a take shows in the tree in time', async () => {
    const { folder } = await readShot(film);
    const sidecar = join(film.root, folder, 'S01_S01_take01.json');
    const all = (await readdir(dirname(sidecar))).filter((name) => name.endsWith('.json')).length;
    const isAway = (round: number): boolean => round % 2 === 1;
    await measure('take taken away and brought back', {
      file: sidecar,
      views: {
        tree: drawing(api.onDidChangeProjects, (round) => `"takeCount":${isAway(round) ? all - 1 : all}`),
      },
      make: (round) =>
        isAway(round) ? rename(sidecar, `${remote}/take.json`) : rename(`${remote}/take.json`, sidecar),
    });
  });

  it('by pulling from a remote shows in the tree in time', async () => {
    const [bare, other] = [join(remote, 'film.git'), join(remote, 'other')] as const;
    await git(film.root, ...commit);
    await git(remote, 'clone', '--quiet', '--bare', film.root, bare);
    await git(remote, 'clone', '--quiet', '--config', 'core.hooksPath=', pathToFileURL(bare).href, other);
    const news = (round: number): string => `An evening pulled ${round}`;
    await measure('git pull', {
      file: join(film.root, manifest),
      views: { tree: drawing(api.onDidChangeProjects, news) },
      make: async (round) => {
        const text = await readFile(join(other, manifest), 'utf8');
        await writeFile(join(other, manifest), text.replace(/"An evening[^"]*"/, `"${news(round)}"`));
        await git(other, ...commit);
        await git(other, 'push', '--quiet', '--no-verify');
        await git(film.root, 'pull', '--quiet', '--ff-only', pathToFileURL(bare).href);
      },
      rounds: 4,
    });
  });
});
