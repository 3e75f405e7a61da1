import assert from 'node:assert/strict';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetView } from '../../../src/core/protocol/assetViews.ts';
import type { AuteurApi } from '../../../src/extension/extension.ts';
import { ada, adaText, assetsIn, describeAsset, type DrawnAssets, followAssets } from '../lib/assets.ts';
import { eventually } from '../lib/eventually.ts';
import { extension } from '../lib/extension.ts';
import { type Film, makeFilm } from '../lib/film.ts';
import { auteur } from '../lib/programs.ts';
import { ours, problemsOf, uriOf } from '../lib/texts.ts';

const deep = '01_Assets/Locations/Ship/Deck.2/Bridge';

describe('the Assets tree', () => {
  let film: Film;
  let api: AuteurApi;
  /** What was drawn anew, of each time. */
  let drawn: DrawnAssets[] = [];

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
    drawn = [];
    await describeAsset(film, adaText, 'Tall, in a blue overall');
    await drawnAsset('the new words', ({ description }) => description === 'Tall, in a blue overall');
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
    assert.equal(marked.description, 'Tall, in a blue overall');
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

  function isCharacters(nodes: DrawnAssets): boolean {
    return (nodes ?? []).some((node) => node.kind === 'category' && node.category === 'characters');
  }
});
