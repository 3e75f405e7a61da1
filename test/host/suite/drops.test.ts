import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { assetMimeType, formatDragged } from '../../../src/providers/assets/assetDrag.ts';
import type { FilmNode } from '../../../src/providers/trees/nodes.ts';
import { eventually } from '../lib/eventually.ts';
import { extension } from '../lib/extension.ts';
import { type Film, makeFilm } from '../lib/film.ts';
import { FilmTree } from '../lib/filmTree.ts';
import { dismissMessages, logBehindMessage } from '../lib/messages.ts';
import { auteur } from '../lib/programs.ts';
import { manifest, shotList } from '../lib/texts.ts';

const lists = [shotList, shotList.replace('Scene_01', 'Scene_02')];

/** Each step builds on the one before. */
describe('what is dropped in the Projects tree', () => {
  let tree: FilmTree;
  let film: Film;
  let other: Film;

  before(async () => {
    await extension().activate();
    tree = await FilmTree.open();
    film = await makeFilm('Dropped');
    other = await makeFilm('Dropped Elsewhere');
    await auteur(film.root, 'add', 'shot', '04/01', 'A spoon falls');
    await auteur(film.root, 'add', 'shot', '04/01', 'A cat looks up');
    await auteur(film.root, 'add', 'scene', '04', 'The garden');
    await auteur(film.root, 'add', 'shot', '04/02', 'Rain');
    await writeFile(join(film.root, '02_Source_Creative', 'Treatments', 'Draft.md'), '# Night\n');
    for (const { root } of [film, other]) await auteur(root, 'asset', 'add', 'characters', 'Ada');
    await eventually('the garden', async () =>
      (await tree.labels(film, '04/02')).length === 1 ? true : undefined,
    );
  });

  async function drop(from: readonly string[], onto: FilmNode | undefined): Promise<void> {
    const nodes = await Promise.all(from.map((address) => tree.node(film, address)));
    await tree.drop(await tree.drag(...nodes), onto);
  }

  const onto = (address: string): Promise<FilmNode> => tree.node(film, address);

  /** What is below a place begins with these rows. */
  async function shows(address: string, wanted: readonly string[]): Promise<void> {
    let seen: readonly string[] = [];
    const look = async (): Promise<true | undefined> => {
      seen = (await tree.labels(film, address)).slice(0, wanted.length);
      return isDeepStrictEqual(seen, wanted) ? true : undefined;
    };
    await eventually(`${wanted.join(', ')} below ${address}`, look).catch(() => undefined);
    assert.deepEqual(seen, wanted);
  }

  /** Nothing is written where this runs, and the user is told why. */
  async function refused(code: string, run: () => Promise<void>): Promise<void> {
    await dismissMessages();
    const texts = (): Promise<readonly string[]> =>
      Promise.all([manifest, ...lists].map((path) => readFile(join(film.root, path), 'utf8')));
    const before = await texts();
    await run();
    await logBehindMessage(`auteur.projects: ${code}`);
    assert.deepEqual(await texts(), before);
  }

  it('moves a scene to the chapter it is dropped on, with its shots', async () => {
    await drop(['04/02'], await onto('01'));
    await shows('01', ['02  The garden']);
    await shows('01/02', ['01  Rain']);
    await shows('04', ['01  The kitchen']);
  });

  it('moves a scene in front of the scene it is dropped on', async () => {
    await drop(['01/02'], await onto('04/01'));
    await shows('04', ['02  The garden', '01  The kitchen']);
    await drop(['04/02'], await onto('04/01'));
    await shows('04', ['01  The kitchen', '02  The garden']);
  });

  it('puts a chapter where the chapter is that it is dropped on', async () => {
    const titles = await tree.labels(film);
    await drop(['04'], await onto('02'));
    await shows('', [titles[0], titles[3], titles[1], titles[2]].map(String));
    await drop(['04'], await onto('03'));
    await shows('', titles.slice(0, 4));
  });

  it('moves several shots at once into the scene they are dropped on, in their order', async () => {
    await drop(['04/01/03', '04/01/01'], await onto('04/02'));
    await shows('04/02', ['01  Rain', '02  A kettle begins to sing', '03  A cat looks up']);
    await shows('04/01', ['02  A spoon falls']);
  });

  it('moves a shot to the shot whose take it is dropped on', async () => {
    await auteur(film.root, 'set', 'film', 'resolution=160x90');
    await auteur(film.root, 'generate', '04/02/01');
    const take = await eventually('the take', async () =>
      (await tree.children(await onto('04/02/01'))).find(({ kind }) => kind === 'take'),
    );
    await drop(['04/02/03'], take);
    await shows('04/02', ['03  A cat looks up', '01  Rain', '02  A kettle begins to sing']);
    assert.deepEqual([...(await tree.drag(take))], []);
  });

  it('is refused with a sentence where it leads nowhere', async () => {
    const rows = await tree.children(await onto(''));
    const documents = rows.find(({ kind }) => kind === 'documents');
    assert.ok(documents);
    await refused('move-nowhere', () => drop(['04/02/01'], undefined));
    await refused('move-nowhere', () => drop(['04'], documents));
    await refused('move-nowhere', () => tree.drop(assets(film), documents));
    await refused('move-impossible', () => drop(['04', '04/02/01'], rows[0]));
    await refused('move-impossible', async () => drop(['04'], await onto('04/01')));
  });

  it('is refused where it is of another film', async () => {
    await refused('drop-elsewhere', async () => tree.drop(assets(other), await onto('04/01')));
    const from = await tree.node(other, other.address);
    await refused('drop-elsewhere', async () => tree.drop(await tree.drag(from), await onto('04/01')));
  });

  it('is refused where what was dragged, or where it is dropped, is gone meanwhile', async () => {
    const [gone, stays] = [await onto('04/02/02'), await onto('04/02/03')];
    const data = await tree.drag(gone);
    await auteur(film.root, 'delete', '04/02/02');
    await refused('address-unknown', async () => tree.drop(data, await onto('04/01')));
    await refused('address-unknown', async () => tree.drop(await tree.drag(stays), gone));
  });

  it('is an asset, which joins the shots of the scene it is dropped on', async () => {
    await tree.drop(assets(film), await onto('04/02'));
    const cast = async (address: string): Promise<readonly string[] | undefined> => {
      const node = await onto(address);
      return node.kind === 'shot' && node.view.characters.length > 0 ? node.view.characters : undefined;
    };
    for (const address of ['04/02/01', '04/02/03'])
      assert.deepEqual(await eventually(`Ada in ${address}`, () => cast(address)), ['Ada']);
    await refused('assign-impossible', async () => tree.drop(assets(film), await onto('04')));
  });

  it('may be nothing of ours, and then nothing is done and said', async () => {
    const before = await tree.labels(film);
    await dismissMessages();
    await tree.drop(new vscode.DataTransfer(), undefined);
    await tree.drop(await tree.drag(), await onto('04'));
    await refused('move-nowhere', () => drop(['04'], undefined));
    assert.deepEqual(await tree.labels(film), before);
  });
});

function assets({ root }: Film): vscode.DataTransfer {
  const data = new vscode.DataTransfer();
  data.set(assetMimeType, new vscode.DataTransferItem(formatDragged([{ root, asset: 'Ada' }])));
  return data;
}
