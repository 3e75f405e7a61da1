import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../lib/eventually.ts';
import { command } from '../lib/extension.ts';
import { type Film, makeFilm, readShot } from '../lib/film.ts';
import { FilmTree, iconOf, labelOf } from '../lib/filmTree.ts';
import { dismissMessages } from '../lib/messages.ts';
import { auteur } from '../lib/programs.ts';
import { change, manifest, ours, shotList, uriOf } from '../lib/texts.ts';

const scene = '04/01';

/** How a file can be broken for a while, by an editor, a merge or a program that writes slowly. */
const ways: readonly (readonly [how: string, make: (text: string) => string])[] = [
  ['half-written', (text) => text.slice(0, Math.floor(text.length / 2))],
  ['empty', () => ''],
  ['not JSON', (text) => text.replace('{', '{ oops')],
  ['in conflict', (text) => `<<<<<<< HEAD\n${text}=======\n${text.replace('kettle', 'pan')}>>>>>>> other\n`],
];

/** Each step builds on the one before. */
describe('a file that cannot be read for a while', () => {
  let tree: FilmTree;
  let film: Film;
  let good: Film;
  let whole: Readonly<Record<string, string>>;

  before(async () => {
    tree = await FilmTree.open();
    film = await makeFilm('Stormy Weather');
    good = await makeFilm('Fair Weather');
    await auteur(film.root, 'add', 'shot', scene, 'The lid rattles');
    await eventually('both shots in the tree', async () =>
      (await tree.labels(film, scene)).length === 2 ? true : undefined,
    );
    const read = (path: string): Promise<string> => readFile(join(film.root, path), 'utf8');
    whole = { [manifest]: await read(manifest), [shotList]: await read(shotList) };
  });

  afterEach(async () => {
    for (const [path, text] of Object.entries(whole)) await mend(path, text);
  });

  async function diagnosed(path: string): Promise<vscode.Diagnostic> {
    return eventually(`a problem of ${path}`, () => ours(uriOf(film, path))[0]);
  }

  async function mend(path: string, text = ''): Promise<void> {
    await writeFile(join(film.root, path), text);
    await eventually(`no problem of ${path}`, () =>
      ours(uriOf(film, path)).length === 0 ? true : undefined,
    );
  }

  for (const [how, make] of ways) {
    it(`leaves the shots as they were while their list is ${how}, and says so`, async () => {
      const before = await tree.labels(film, scene);
      await change(film, shotList, make);
      const item = await tree.says(film, scene, /shots cannot be read$/);
      assert.equal(iconOf(item), 'warning');
      assert.deepEqual(await tree.labels(film, scene), before);
      const { message, severity } = await diagnosed(shotList);
      assert.equal(severity, vscode.DiagnosticSeverity.Error, message);
      assert.match(await tree.tooltip(await tree.node(film, scene)), /Chapter_04_Scene_01\.shotlist\.json/);
      assert.equal(iconOf(tree.item(await tree.node(film))), 'device-camera-video');
      await mend(shotList, whole[shotList]);
      const mended = await tree.says(film, scene, /^(?!.*cannot be read)/);
      assert.equal(iconOf(mended), 'list-tree');
      assert.deepEqual(await tree.labels(film, scene), before);
    });

    it(`leaves the film as it was while its manifest is ${how}, and other films can be used`, async () => {
      const before = await tree.labels(film);
      await change(film, manifest, make);
      const item = await tree.says(film, '', /^cannot be read/);
      assert.equal(iconOf(item), 'warning');
      assert.equal(item.contextValue, 'project.broken');
      assert.deepEqual(await tree.labels(film), before);
      assert.deepEqual(await tree.labels(film, '04'), ['01  The kitchen']);
      assert.match(await tree.tooltip(await tree.node(film)), /project\.json/);
      await diagnosed(manifest);
      await usable(good);
      await mend(manifest, whole[manifest]);
      assert.equal((await tree.says(film, '', /^1 scene/)).contextValue, 'project');
      assert.deepEqual(await tree.labels(film), before);
    });
  }

  /** Adds a shot in the window, and finds it in the tree. */
  async function usable(other: Film): Promise<void> {
    const count = (await tree.labels(other, scene)).length;
    await command('auteur.part.duplicate', other);
    await eventually(`${count + 1} shots of ${other.root}`, async () =>
      (await tree.labels(other, scene)).length === count + 1 ? true : undefined,
    );
    assert.equal(iconOf(tree.item(await tree.node(other))), 'device-camera-video');
  }

  it('is told before anything is asked, and can be opened where it is broken', async () => {
    await dismissMessages();
    await change(film, shotList, (text) => text.replace('"shots"', '"shots'));
    await command('auteur.scene.addShot', { root: film.root, address: scene });
    const editor = await eventually('the shot list in an editor', async () => {
      await vscode.commands.executeCommand('notification.acceptPrimaryAction');
      const shown = vscode.window.activeTextEditor;
      return shown?.document.uri.path.endsWith(shotList) === true ? shown : undefined;
    });
    const line = editor.document.lineAt(editor.selection.active.line);
    assert.match(line.text, /"shots/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('shows what was changed meanwhile as soon as it can be read', async () => {
    await change(film, shotList, (whole) => whole.slice(0, -30));
    await tree.says(film, scene, /shots cannot be read$/);
    await mend(shotList, whole[shotList]?.replace('The lid rattles', 'The lid flies off'));
    await eventually('the new words', async () =>
      (await tree.labels(film, scene)).includes('02  The lid flies off') ? true : undefined,
    );
    assert.equal((await readShot(film)).number, 1);
    assert.equal(labelOf(tree.item(await tree.node(film))), 'Stormy Weather');
  });
});
