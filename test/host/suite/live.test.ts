import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { AuteurApi } from '../../../src/extension/extension.ts';
import { eventually } from '../lib/eventually.ts';
import { command, extension } from '../lib/extension.ts';
import { type Film, makeFilm } from '../lib/film.ts';
import { type Change, drawing, hear, measure } from '../lib/heard.ts';
import { git } from '../lib/programs.ts';
import { change, manifest, shotList } from '../lib/texts.ts';

const treatments = '02_Source_Creative/Treatments';

interface TreeChange {
  /** Relative to the film. */
  readonly file: string;
  /** Of each round another; a node that is drawn anew is to hold it. */
  readonly news: (round: number) => string;
  readonly make: (round: number) => Promise<unknown>;
}

describe('a change on disk by another program', () => {
  let film: Film;
  let api: AuteurApi;

  before(async () => {
    api = (await extension().activate()) as AuteurApi;
    film = await makeFilm('Quick News');
    await vscode.commands.executeCommand('auteur.projects.focus');
    const first = titles('before');
    let attempt = 0;
    await eventually('the film is in the tree', () => hear(inTree(first), attempt++).catch(() => undefined));
    // Shows the copy, and so reads the scene.
    await command('auteur.part.duplicate', film);
  });

  async function exchange(file: string, make: (text: string) => string): Promise<void> {
    const path = join(film.root, file);
    await writeFile(`${path}.tmp`, make(await readFile(path, 'utf8')));
    await rename(`${path}.tmp`, path);
  }

  function titles(word: string): TreeChange {
    const news = (round: number): string => `An evening ${word} ${round}`;
    const make = (round: number): Promise<void> =>
      exchange(manifest, (text) => text.replace(/"An evening[^"]*"/, `"${news(round)}"`));
    return { file: manifest, news, make };
  }

  function inTree({ file, news, make }: TreeChange): Change {
    return { file: join(film.root, file), views: { tree: drawing(api.onDidChangeProjects, news) }, make };
  }

  it('reaches the tree in time when the manifest is exchanged', () =>
    measure('manifest by renaming', inTree(titles('by renaming'))));

  it('reaches the tree in time when the manifest is written in place', () =>
    measure(
      'manifest in place',
      inTree({
        ...titles('in place'),
        make: (round) =>
          change(film, manifest, (text) =>
            text.replace(/"An evening[^"]*"/, `"An evening in place ${round}"`),
          ),
      }),
    ));

  it('reaches the tree in time when a shot list is written in place', () =>
    measure(
      'shot list in place',
      inTree({
        file: shotList,
        news: (round) => `A kettle, round ${round}`,
        make: (round) =>
          change(film, shotList, (text) =>
            text.replace(/"description": "A kettle[^"]*"/, `"description": "A kettle, round ${round}"`),
          ),
      }),
    ));

  it('reaches the tree in time when a document comes', () =>
    measure(
      'new document',
      inTree({
        file: join(treatments, 'News'),
        news: (round) => `News_${round}.md`,
        make: (round) => writeFile(join(film.root, treatments, `News_${round}.md`), '# News\n'),
      }),
    ));

  it('reaches the tree in time when Git checks out another branch', async () => {
    const title = inTree(titles('of branch'));
    const commit = ['commit', '--quiet', '--no-verify', '--all', '--message', 'A title'];
    await git(film.root, ...commit);
    for (const round of [1, 2]) {
      await git(film.root, 'checkout', '--quiet', '-b', `branch-${round}`);
      // What is not drawn yet when the first one is checked out would be no news then.
      await hear(title, round);
      await git(film.root, ...commit);
    }
    const branchOf = (round: number): number => 1 + ((round + 1) % 2);
    await measure(
      'checkout',
      inTree({
        file: manifest,
        news: (round) => `An evening of branch ${branchOf(round)}`,
        make: (round) => git(film.root, 'checkout', '--quiet', `branch-${branchOf(round)}`),
      }),
    );
  });
});
