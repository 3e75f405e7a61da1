import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { TakeRef } from '../../../src/providers/contributions.ts';
import type { FilmNode, TakeNode } from '../../../src/providers/trees/nodes.ts';
import { eventually } from '../lib/eventually.ts';
import { command } from '../lib/extension.ts';
import { type Film, makeFilm, type RecordedTake, takesOf } from '../lib/film.ts';
import { FilmTree, iconOf, labelOf } from '../lib/filmTree.ts';
import { auteur } from '../lib/programs.ts';

/** What the line of a shot has looked like, each look once. */
interface Looks {
  readonly descriptions: Set<string>;
  readonly icons: Set<string | undefined>;
  readonly contexts: Set<string | undefined>;
  readonly badges: Set<string | undefined>;
}

/** Each step builds on the one before. */
describe('the line of a shot', () => {
  let tree: FilmTree;
  let film: Film;
  let other: string;

  before(async () => {
    tree = await FilmTree.open();
    film = await makeFilm('Rows of Shots');
    await auteur(film.root, 'add', 'shot', '04/01', 'The cat looks up');
    other = '04/01/02';
    await tree.says(film, film.address, /no takes/);
  });

  /** Looks each time something is to be drawn, until the shot is idle again. */
  async function looksWhile(node: FilmNode, run: () => Promise<void>): Promise<Looks> {
    const looks: Looks = {
      descriptions: new Set(),
      icons: new Set(),
      contexts: new Set(),
      badges: new Set(),
    };
    const listeners = [
      tree.onDraw(() => {
        const item = tree.item(node);
        looks.descriptions.add(String(item.description));
        looks.icons.add(iconOf(item));
        looks.contexts.add(item.contextValue);
      }),
      tree.onDecorate(async () => {
        const decoration = await tree.decoration(node);
        const badge = decoration?.badge;
        looks.badges.add(typeof badge === 'string' ? badge : undefined);
      }),
    ];
    try {
      await run();
    } finally {
      for (const listener of listeners) listener.dispose();
    }
    return looks;
  }

  it('is idle while nothing is made of it: no badge, and how many takes there are', async () => {
    const node = await tree.node(film, film.address);
    const item = tree.item(node);
    assert.equal(labelOf(item), '01  A kettle begins to sing');
    assert.equal(item.description, 'no takes · CU');
    assert.equal(iconOf(item), 'device-camera');
    assert.equal(item.contextValue, 'shot');
    assert.equal(item.resourceUri?.scheme, 'auteur-shot');
    assert.equal(await tree.decoration(node), undefined);
  });

  it('says live that it waits, and how far the take is, in words, icon and badge', async () => {
    const node = await tree.node(film, film.address);
    const looks = await looksWhile(node, async () => {
      for (let count = 1; count <= 4; count++) await command('auteur.shot.generateTake', film);
      await tree.says(film, film.address, /^4 takes · CU$/);
    });
    const seen = JSON.stringify(looks, (_, value: unknown) => (value instanceof Set ? [...value] : value));
    const has = (found: Iterable<string | undefined>, wanted: RegExp): boolean =>
      [...found].some((one) => wanted.test(String(one)));
    assert.ok(has(looks.descriptions, /^(waiting|\d+%) · (no|\d) takes? · CU$/), seen);
    assert.ok(has(looks.icons, /^(sync~spin|clock)$/), seen);
    assert.ok(looks.contexts.has('shot.active'), seen);
    assert.ok(has(looks.badges, /^\d{1,3}$/), seen);
    await eventually('no badge any more', async () =>
      (await tree.decoration(node)) === undefined ? true : undefined,
    );
    assert.equal(tree.item(node).contextValue, 'shot');
  });

  it('says that a take could not be made, why, and nothing more of it once one was', async () => {
    const node = await tree.node(film, other);
    const blocked = join(film.root, folderOf(node));
    await mkdir(dirname(blocked), { recursive: true });
    await writeFile(blocked, 'a file where a folder should be');
    await command('auteur.shot.generateTake', { root: film.root, address: other });
    const item = await tree.says(film, other, /^failed · /);
    assert.equal(iconOf(item), 'error');
    assert.equal(item.contextValue, 'shot');
    const decoration = await tree.decoration(node);
    assert.equal(decoration?.badge, '!');
    assert.equal(decoration.tooltip, 'failed');
    assert.equal(decoration.color?.id, 'list.errorForeground');
    assert.match(await tree.tooltip(node), /The cat looks up[^]*failed[^]*\n\n\S+/);
    await rm(blocked);
    await command('auteur.shot.generateTake', { root: film.root, address: other });
    await tree.says(film, other, /^1 take$/);
    await eventually('no badge any more', async () =>
      (await tree.decoration(node)) === undefined ? true : undefined,
    );
    assert.doesNotMatch(await tree.tooltip(node), /failed/);
  });
});

/** Each step builds on the one before. */
describe('the line of a take', () => {
  let tree: FilmTree;
  let film: Film;
  let take: RecordedTake;
  let ref: TakeRef;

  before(async () => {
    tree = await FilmTree.open();
    film = await makeFilm('Rows of Takes');
    await auteur(film.root, 'generate', film.address, '--takes', '2', '--seed', '7');
    const [first] = await takesOf(film, 2);
    assert.ok(first);
    take = first;
    ref = { root: film.root, shotId: take.take.shotId, takeId: take.take.id };
    await tree.says(film, film.address, /2 takes/);
  });

  async function row(number: number): Promise<TakeNode | undefined> {
    const shot = await tree.node(film, film.address);
    const rows = (await tree.children(shot)).filter((one) => one.kind === 'take');
    return rows.find(({ view }) => view.number === number);
  }

  /** The row once what it says behind its label fits. */
  const shown = (number: number, fits: RegExp): Promise<TakeNode> =>
    eventually(`take ${number} says ${String(fits)}`, async () => {
      const node = await row(number);
      return node !== undefined && fits.test(String(tree.item(node).description)) ? node : undefined;
    });

  it('says in its tooltip how it looks and what it was made by', async () => {
    const node = await shown(1, new RegExp(`^storyboard · seed ${take.take.seed}$`));
    const text = await tree.tooltip(node);
    assert.ok(text.startsWith(`![](${vscode.Uri.file(take.picture).toString()}|width=320)`), text);
    assert.match(text, /\*\*Take 1 of shot 04\/01\/01\*\*/);
    assert.match(text, /storyboard \d+ · 1920 × 1080 · low quality/);
    assert.match(text, /Instead of auteur-flux/);
  });

  it('says what was decided about it, with its note as plain text', async () => {
    await auteur(film.root, 'take', 'rate', film.address, '1', '4');
    await auteur(film.root, 'take', 'note', film.address, '1', 'Her *hands* ![x](y)');
    await command('auteur.take.approve', ref);
    const node = await shown(1, /^★★★★ · approved · storyboard/);
    assert.equal(iconOf(tree.item(node)), 'thumbsup');
    const text = await tree.tooltip(node);
    assert.match(text, /★★★★ · approved/);
    assert.ok(text.endsWith('Her *hands* ![x](y)'), text);
    assert.ok(!(await tree.markdown(node)).includes('![x](y)'));
    await command('auteur.take.reject', ref);
    const rejected = await shown(1, /^★★★★ · rejected/);
    assert.equal(iconOf(tree.item(rejected)), 'circle-slash');
  });

  it('marks the active take, and no other', async () => {
    await command('auteur.take.activate', ref);
    const item = tree.item(await shown(1, /^active · /));
    assert.equal(iconOf(item), 'pass-filled');
    assert.equal(item.contextValue, 'take.active');
    const second = tree.item(await shown(2, /^storyboard/));
    assert.equal(second.contextValue, 'take');
    assert.deepEqual(await tree.labels(film, film.address), ['Take 02', 'Take 01']);
  });

  it('says what its picture was made from that is another now', async () => {
    await auteur(film.root, 'set', film.address, 'size=ECU');
    const node = await shown(1, /^active · ★★★★ · rejected · stale · /);
    assert.match(await tree.tooltip(node), /Changed since it was made: size/);
    await tree.says(film, film.address, /^2 takes · stale · ECU$/);
  });

  it('shows no picture where it is only a pointer of Git LFS, and says so', async () => {
    const [file] = take.take.files;
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${file?.sha256 ?? ''}\nsize ${file?.bytes ?? 0}\n`;
    await writeFile(take.picture, pointer);
    await command('auteur.projects.refresh');
    const node = await shown(1, /not downloaded/);
    assert.equal(iconOf(tree.item(node)), 'cloud-download');
    const text = await tree.tooltip(node);
    assert.ok(!text.includes('![]('), text);
    assert.match(text, /not downloaded/);
  });
});

function folderOf(node: FilmNode): string {
  assert.equal(node.kind, 'shot');
  return node.view.shot.folder;
}
