import assert from 'node:assert/strict';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetView } from '../../../src/core/protocol/assetViews.ts';
import * as vscode from 'vscode';
import type { AuteurApi } from '../../../src/extension/extension.ts';
import type { OneAssetNode } from '../../../src/providers/assets/assetNodes.ts';
import { ada, adaText, assetsIn, describeAsset, type DrawnAssets, followAssets } from '../lib/assets.ts';
import { eventually } from '../lib/eventually.ts';
import { command, extension } from '../lib/extension.ts';
import { type Film, makeFilm, readShot } from '../lib/film.ts';
import { mediaFile } from '../../lib/importFiles.ts';
import { auteur } from '../lib/programs.ts';
import { ours, problemsOf, uriOf } from '../lib/texts.ts';

const deep = '01_Assets/Locations/Ship/Deck.2/Bridge';

describe('the Assets tree', () => {
  let film: Film;
  let api: AuteurApi;
  /** What was drawn anew, of each time. */
  let drawn: DrawnAssets[] = [];
  /** What was said of Ada last. */
  let words: string;

  before(async () => {
    api = (await extension().activate()) as AuteurApi;
    film = await makeFilm('Assets Alive');
    followAssets(api, (nodes) => drawn.push(nodes));
    await auteur(film.root, 'asset', 'add', 'character', 'Bo', '--description', 'Small');
    await ada(api, film);
  });

  /** The asset as it was drawn last since the list was emptied. */
  function drawnAsset(what: string, fits: (view: AssetView) => boolean): Promise<AssetView> {
    return eventually(what, () => drawn.flatMap(assetsIn).findLast(fits));
  }

  it('draws an asset that was changed by another program, and no other', async () => {
    let attempt = 0;
    words = await eventually('the new words', async () => {
      const text = `Tall, in a blue overall (${attempt++})`;
      drawn = [];
      await describeAsset(film, adaText, text);
      // What comes while the editor asks for all of the tree anew is drawn with that.
      const isDrawn = (): true | undefined =>
        drawn.flatMap(assetsIn).some(({ description }) => description === text) || undefined;
      return (await eventually(text, isDrawn, { withinMs: 3_000 }).catch(() => undefined)) && text;
    });
    assert.deepEqual(
      [
        ...new Set(
          drawn.map((nodes) =>
            assetsIn(nodes)
              .map(({ name }) => name)
              .join(),
          ),
        ),
      ],
      ['Ada'],
    );
  });

  it('keeps what a broken asset.json said, marks its asset, tells where, and recovers', async () => {
    const whole = await readFile(join(film.root, adaText), 'utf8');
    drawn = [];
    await writeFile(join(film.root, adaText), whole.slice(0, whole.length / 2));
    const marked = await drawnAsset('the mark', ({ problem }) => problem !== undefined);
    assert.equal(marked.description, words);
    const [problem] = await problemsOf(film, adaText, 1);
    assert.ok(problem);
    assert.deepEqual(ours(uriOf(film, adaText.replace('Ada', 'Bo'))), []);
    drawn = [];
    await writeFile(join(film.root, adaText), whole);
    await drawnAsset('the whole asset', ({ name, problem }) => name === 'Ada' && problem === undefined);
    await problemsOf(film, adaText, 0);
    assert.ok(!drawn.flatMap(assetsIn).some(({ name }) => name !== 'Ada'));
  });

  it('hears of assets in folders within folders, also of those that came later', async () => {
    await auteur(film.root, 'asset', 'add', 'location', 'Bridge', '--in', 'Ship/Deck.2');
    const text = join(deep, 'asset.json');
    const whole = await readFile(join(film.root, text), 'utf8');
    for (let round = 0; round < 2; round++) {
      await writeFile(join(film.root, text), '{');
      await problemsOf(film, text, 1);
      await writeFile(join(film.root, text), whole);
      await problemsOf(film, text, 0);
    }
    const [ship, boat] = ['Ship', 'Boat'].map((name) => join(film.root, '01_Assets/Locations', name));
    assert.ok(ship && boat);
    await rename(ship, boat);
    await rename(boat, ship);
    await writeFile(join(film.root, text), '{');
    await problemsOf(film, text, 1);
    await writeFile(join(film.root, text), whole);
    await problemsOf(film, text, 0);
  });

  it('shows a file that was put into the folder of an asset, and that it has gone', async () => {
    const picture = join(film.root, '01_Assets/Characters/Bo/bo.png');
    drawn = [];
    await writeFile(`${picture}.part`, 'no picture');
    await rename(`${picture}.part`, picture);
    await eventually('the category is drawn anew', () => drawn.some(isCharacters) || undefined);
    drawn = [];
    await rm(picture);
    await eventually('the category is drawn anew', () => drawn.some(isCharacters) || undefined);
  });

  it('draws an asset with its picture, and tells in its tooltip what is known of it', async () => {
    const picture = mediaFile(join(film.root, '01_Assets/Characters/Ada'), 'ada.png');
    const values = ['keywords=red hair,tall', 'triggerWords=ad4', 'wardrobe=Booth: blue overall'];
    await auteur(film.root, 'asset', 'edit', 'Ada', ...values);
    await auteur(film.root, 'asset', 'assign', 'Ada', film.address);
    const node = await eventually('Ada with her picture', async () => {
      const found = await nodeOf('Ada');
      return found?.view.picture === undefined || found.view.keywords === undefined ? undefined : found;
    });
    const item = await api.assets.items.getTreeItem(node);
    assert.deepEqual(item.iconPath, vscode.Uri.file(picture));
    const cancel = new vscode.CancellationTokenSource().token;
    const resolved = await api.assets.items.resolveTreeItem?.(item, node, cancel);
    assert.ok(resolved?.tooltip instanceof vscode.MarkdownString);
    const plain = (_: string, code: string): string => String.fromCharCode(Number(code));
    const text = resolved.tooltip.value.replaceAll(/&#(\d+);/g, plain);
    for (const part of [
      vscode.Uri.file(picture).toString(),
      'red hair, tall',
      'Trigger words: ad4',
      'Wardrobe: Booth',
      film.address,
    ])
      assert.ok(text.includes(part), `${part} in ${text}`);
  });

  it('shows the folder of an asset where the window has its files', async () => {
    const node = await nodeOf('Ada');
    assert.ok(node);
    await command('auteur.asset.reveal', node);
    await eventually('the folder in the Explorer', async () => {
      await vscode.commands.executeCommand('copyFilePath');
      return (
        (await vscode.env.clipboard.readText()) === join(film.root, '01_Assets/Characters/Ada') || undefined
      );
    });
    await vscode.commands.executeCommand('auteur.assets.focus');
  });

  it('keeps every reference when an asset gets another name', async () => {
    const before = await readShot(film);
    await auteur(film.root, 'asset', 'rename', 'Ada', 'Ada Lorenz');
    const node = await eventually('the new name', () => nodeOf('Ada Lorenz'));
    assert.deepEqual((await readShot(film)).characters, before.characters);
    assert.deepEqual((await readShot(film)).characters, [node.assetId]);
    assert.deepEqual(ours(uriOf(film, adaText)), []);
  });

  async function nodeOf(name: string): Promise<OneAssetNode | undefined> {
    const pending = [...((await api.assets.items.getChildren()) ?? [])];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (node.kind === 'asset' && node.root === film.root && node.view.name === name) return node;
      pending.push(...((await api.assets.items.getChildren(node)) ?? []));
    }
    return undefined;
  }

  function isCharacters(nodes: DrawnAssets): boolean {
    return (nodes ?? []).some((node) => node.kind === 'category' && node.category === 'characters');
  }
});
