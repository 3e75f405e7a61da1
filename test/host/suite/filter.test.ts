import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../lib/eventually.ts';
import { command } from '../lib/extension.ts';
import { type Film, makeFilm } from '../lib/film.ts';
import { FilmTree, labelOf } from '../lib/filmTree.ts';
import { auteur } from '../lib/programs.ts';

/** Each step builds on the one before. */
describe('the filter of the Projects tree', () => {
  let tree: FilmTree;
  let film: Film;

  before(async () => {
    tree = await FilmTree.open();
    film = await makeFilm('Filtered Light');
    const { root } = film;
    await auteur(root, 'asset', 'add', 'characters', 'Ada');
    await auteur(root, 'asset', 'add', 'locations', 'Light house');
    await auteur(root, 'add', 'shot', '04/01', 'A lamp', '--character', 'Ada');
    await auteur(root, 'add', 'shot', '04/01', 'A stair', '--location', 'Light house');
    await auteur(root, 'add', 'scene', '01', 'The sea');
    await auteur(root, 'add', 'shot', '01/02', 'A wave');
    await auteur(root, 'set', '01/02', 'location=Light house');
    await auteur(root, 'set', 'film', 'resolution=160x90');
    await auteur(root, 'generate', '04/01', '--takes', '1');
    await auteur(root, 'take', 'approve', '04/01/01', '1');
    await auteur(root, 'take', 'reject', '04/01/02', '1');
    await auteur(root, 'set', '04/01/03', 'description=A winding stair');
    await eventually('the film in the tree', async () =>
      (await tree.labels(film, '04/01')).includes('03  A winding stair') ? true : undefined,
    );
  });
  after(() => command('auteur.projects.clearFilter'));

  /** Addresses of the shots that the tree shows of the film. */
  async function shown(): Promise<readonly string[]> {
    const chapters = await tree.children(await tree.node(film));
    const scenes = (await Promise.all(chapters.map((one) => tree.children(one)))).flat();
    const shots = (await Promise.all(scenes.map((one) => tree.children(one)))).flat();
    return shots.flatMap((node) => (node.kind === 'shot' ? [node.address] : []));
  }

  const cases: readonly (readonly [typed: string, shots: readonly string[]])[] = [
    ['lamp', ['04/01/02']],
    ['sea', ['01/02/01']],
    ['"act one"', ['01/02/01']],
    ['04/01/03', ['04/01/03']],
    ['character:ada', ['04/01/02']],
    ['location:"light house"', ['01/02/01', '04/01/03']],
    ['location:light stair', ['04/01/03']],
    ['status:approved', ['04/01/01']],
    ['status:rejected', ['04/01/02']],
    ['status:unrated', ['04/01/03']],
    ['status:none', ['01/02/01']],
    ['is:stale', ['04/01/03']],
    ['is:stale status:approved', []],
    ['is:waiting', []],
    ['character:Nobody', []],
  ];
  for (const [typed, shots] of cases) {
    it(`shows with ${typed} ${shots.length === 0 ? 'no shot' : shots.join(' and ')}`, async () => {
      await command('auteur.projects.filter', typed);
      assert.deepEqual(await shown(), shots);
      assert.equal(
        tree.item(await tree.node(film)).collapsibleState,
        vscode.TreeItemCollapsibleState.Expanded,
      );
    });
  }

  it('follows what changes while it is on', async () => {
    await command('auteur.projects.filter', 'status:approved');
    await auteur(film.root, 'take', 'approve', '04/01/03', '1');
    await eventually('the other approved take', async () =>
      (await shown()).includes('04/01/03') ? true : undefined,
    );
    assert.deepEqual(await shown(), ['04/01/01', '04/01/03']);
  });

  it('is taken away where it hides what was just added', async () => {
    await command('auteur.projects.filter', 'status:approved');
    await command('auteur.part.duplicate', { root: film.root, address: '04/01/01' });
    assert.ok((await shown()).includes('04/01/04'), 'the copy, which has no take');
    await command('auteur.edit.undo', { root: film.root });
    await eventually('the copy is gone', async () =>
      (await shown()).includes('04/01/04') ? undefined : true,
    );
  });

  it('follows a job that fails, until another one has made the take', async () => {
    const address = '01/02/01';
    const blocked = join(film.root, '03_Renders/Chapter_01/Scene_02/Shot_01');
    await command('auteur.projects.filter', 'is:failed');
    assert.deepEqual(await shown(), []);
    await mkdir(dirname(blocked), { recursive: true });
    await writeFile(blocked, 'a file where a folder should be');
    await command('auteur.shot.generateTake', { root: film.root, address });
    await eventually('the shot whose take failed', async () =>
      (await shown()).includes(address) ? true : undefined,
    );
    await rm(blocked);
    await command('auteur.shot.generateTake', { root: film.root, address });
    await eventually('no shot any more', async () => ((await shown()).length === 0 ? true : undefined));
  });

  it('is taken away, and what was renamed meanwhile keeps its name', async () => {
    await auteur(film.root, 'set', 'film', 'name=Unfiltered Light');
    const name = async (): Promise<string> => labelOf(tree.item(await tree.node(film)));
    await eventually('the new name', async () => ((await name()) === 'Unfiltered Light' ? true : undefined));
    await command('auteur.projects.filter', 'lamp');
    assert.equal(await name(), 'Unfiltered Light');
    await command('auteur.projects.clearFilter');
    assert.equal(await name(), 'Unfiltered Light');
    assert.deepEqual(await shown(), ['01/02/01', '04/01/01', '04/01/02', '04/01/03']);
  });
});
