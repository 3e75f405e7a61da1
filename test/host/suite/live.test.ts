import assert from 'node:assert/strict';
import { watch } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { AuteurApi } from '../../../src/extension/extension.ts';
import { drawnHolds } from '../lib/drawn.ts';
import { eventually } from '../lib/eventually.ts';
import { command, extension } from '../lib/extension.ts';
import { type Film, makeFilm } from '../lib/film.ts';
import { git } from '../lib/programs.ts';
import { say } from '../lib/say.ts';
import { change, manifest, shotList } from '../lib/texts.ts';

const rounds = 6;
const treatments = '02_Source_Creative/Treatments';
/** What issue and user allow from the change to the tree, and from a bare watcher to the tree. */
const allowed = { inAll: 500, afterBare: 150 };

/** Milliseconds from the change until a bare watcher had news, and until the tree gave the news to draw. */
interface Heard {
  readonly bare: number;
  readonly tree: number;
}

interface Change {
  /** Relative to the film, how its path begins: a bare watcher of its folder is to hear of it. */
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
    await eventually('the film is in the tree', () => hear(first, attempt++).catch(() => undefined));
    // Shows the copy, and so reads the scene.
    await command('auteur.part.duplicate', film);
  });

  async function exchange(file: string, make: (text: string) => string): Promise<void> {
    const path = join(film.root, file);
    await writeFile(`${path}.tmp`, make(await readFile(path, 'utf8')));
    await rename(`${path}.tmp`, path);
  }

  function titles(word: string): Change {
    const news = (round: number): string => `An evening ${word} ${round}`;
    const make = (round: number): Promise<void> =>
      exchange(manifest, (text) => text.replace(/"An evening[^"]*"/, `"${news(round)}"`));
    return { file: manifest, news, make };
  }

  async function hear({ file, news, make }: Change, round: number): Promise<Heard> {
    let bare: number | undefined;
    let tree: number | undefined;
    const started = performance.now();
    const watcher = watch(dirname(join(film.root, file)), (_kind, name) => {
      if (name?.startsWith(basename(file)) === true) bare ??= performance.now() - started;
    });
    const listener = api.onDidChangeProjects((nodes) => {
      if (drawnHolds(nodes, news(round))) tree ??= performance.now() - started;
    });
    try {
      await make(round);
      return await eventually(
        `news of ${file} in the tree`,
        () => (bare === undefined || tree === undefined ? undefined : { bare, tree }),
        { withinMs: 5000, everyMs: 5 },
      );
    } finally {
      watcher.close();
      listener.dispose();
    }
  }

  /** On a machine that is busy everything is late, so what a bare watcher took is no fault of ours. */
  async function measure(what: string, one: Change): Promise<void> {
    const heard: Heard[] = [];
    for (let round = 1; round <= rounds; round++) heard.push(await hear(one, round));
    const later = heard.map(({ bare, tree }) => tree - bare).sort((a, b) => a - b);
    const median = later[Math.floor(later.length / 2)] ?? Infinity;
    const figures = heard.map(({ bare, tree }) => `${bare.toFixed(0)}/${tree.toFixed(0)}`).join(' ');
    say(`${what}: bare watcher/tree ${figures} ms; the tree later by ${median.toFixed(0)} ms (median)`);
    for (const { bare, tree } of heard) assert.ok(tree < bare + allowed.inAll, figures);
    assert.ok(median <= allowed.afterBare, figures);
  }

  it('reaches the tree in time when the manifest is exchanged', () =>
    measure('manifest by renaming', titles('by renaming')));

  it('reaches the tree in time when the manifest is written in place', () =>
    measure('manifest in place', {
      ...titles('in place'),
      make: (round) =>
        change(film, manifest, (text) => text.replace(/"An evening[^"]*"/, `"An evening in place ${round}"`)),
    }));

  it('reaches the tree in time when a shot list is written in place', () =>
    measure('shot list in place', {
      file: shotList,
      news: (round) => `A kettle, round ${round}`,
      make: (round) =>
        change(film, shotList, (text) =>
          text.replace(/"description": "A kettle[^"]*"/, `"description": "A kettle, round ${round}"`),
        ),
    }));

  it('reaches the tree in time when a document comes', () =>
    measure('new document', {
      file: join(treatments, 'News'),
      news: (round) => `News_${round}.md`,
      make: (round) => writeFile(join(film.root, treatments, `News_${round}.md`), '# News\n'),
    }));

  it('reaches the tree in time when Git checks out another branch', async () => {
    const { make } = titles('of branch');
    const commit = ['commit', '--quiet', '--no-verify', '--all', '--message', 'A title'];
    await git(film.root, ...commit);
    for (const round of [1, 2]) {
      await git(film.root, 'checkout', '--quiet', '-b', `branch-${round}`);
      await make(round);
      await git(film.root, ...commit);
    }
    const branchOf = (round: number): number => 1 + ((round + 1) % 2);
    await measure('checkout', {
      file: manifest,
      news: (round) => `An evening of branch ${branchOf(round)}`,
      make: (round) => git(film.root, 'checkout', '--quiet', `branch-${branchOf(round)}`),
    });
  });
});
