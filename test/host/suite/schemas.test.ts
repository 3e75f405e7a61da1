import assert from 'node:assert/strict';
import { mkdir, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../lib/eventually.ts';
import { extension, workspaceFolder } from '../lib/extension.ts';
import { type Film, makeFilm } from '../lib/film.ts';
import { auteur } from '../lib/programs.ts';
import { change, manifest, ours, shotList, typeInto, uriOf } from '../lib/texts.ts';

const asset = '01_Assets/Characters/Ada/asset.json';

/** Files of the same name that other tools own, as they write them. */
const foreign: readonly (readonly [tool: string, file: string, text: object])[] = [
  [
    'Nx',
    'libs/my-lib/project.json',
    { name: 'my-lib', sourceRoot: 'libs/my-lib/src', projectType: 'library', targets: { build: {} } },
  ],
  ['.NET', 'src/Web/project.json', { version: '1.0.0-*', dependencies: {}, frameworks: { dnx451: {} } }],
  ['Aurelia', 'aurelia_project/project.json', { name: 'app', type: 'project:application', id: 'esnext' }],
  ['a game engine', 'Content/asset.json', { version: '2.0', id: 7, name: 3, references: 'none' }],
];

describe('the texts of a film in the editor', () => {
  let film: Film;

  before(async () => {
    await extension().activate();
    film = await makeFilm('Spelled Out');
    await auteur(film.root, 'asset', 'add', 'character', 'Ada');
  });

  const open = (path: string): Thenable<vscode.TextDocument> =>
    vscode.workspace.openTextDocument(uriOf(film, path));

  const completed: readonly (readonly [
    path: string,
    from: string,
    to: string,
    offered: readonly string[],
  ])[] = [
    [manifest, '"quality": "', '"quality": "', ['"low"', '"standard"', '"high"']],
    [shotList, '"size": "', '"size": "', ['"CU"', '"EWS"']],
    [asset, '{', '{\n  "', ['keywords', 'triggerWords', 'wardrobe']],
  ];
  for (const [path, from, to, offered] of completed) {
    it(`are completed: ${offered.join(', ')} in ${path}`, async () => {
      const document = await open(path);
      await typeInto(document, from, to);
      const position = document.positionAt(document.getText().indexOf(to) + to.length);
      await eventually(offered.join(', '), async () => {
        const labels = await completions(document, position);
        return offered.every((label) => labels.includes(label)) ? true : undefined;
      });
      await revert(document);
    });
  }

  const explained: readonly (readonly [path: string, field: string, words: RegExp])[] = [
    [manifest, '"aspectRatio"', /Width to height/],
    [shotList, '"nextNumber"', /next shot takes/],
    [asset, '"name"', /One line/],
  ];
  for (const [path, field, words] of explained) {
    it(`say what ${field} means in ${path}`, async () => {
      const document = await open(path);
      const position = document.positionAt(document.getText().indexOf(field) + 2);
      assert.match(await hover(document, position), words);
    });
  }

  const wrong: readonly (readonly [path: string, from: string, to: string, underlined: string])[] = [
    [manifest, '"quality": "low"', '"quality": "best"', '"best"'],
    [shotList, '"size": "CU"', '"size": "HUGE"', '"HUGE"'],
    [asset, '"name": "Ada"', '"name": 7', '7'],
  ];
  for (const [path, from, to, underlined] of wrong) {
    it(`are underlined by their schema, offline: ${to} in ${path}`, async () => {
      const document = await open(path);
      await vscode.window.showTextDocument(document);
      const found = () => vscode.languages.getDiagnostics(document.uri);
      const bySchema = () => found().filter(({ source }) => source !== 'Auteur');
      await typeInto(document, from, to);
      await eventually('a problem of the schema', () =>
        bySchema().some(({ range }) => document.getText(range) === underlined) ? true : undefined,
      );
      await revert(document);
      await eventually('no problem', () => (found().length === 0 ? true : undefined));
    });
  }

  it('complete and explain a pipeline of the workspace', async () => {
    const path = join(workspaceFolder(), 'Library', 'Pipeline_Templates', 'mine.pipeline.json');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, '{\n  "kind": "container",\n  "vramGb": 8,\n  ""\n}\n');
    const document = await vscode.workspace.openTextDocument(path);
    const at = (text: string): vscode.Position => document.positionAt(document.getText().indexOf(text) + 1);
    await eventually('what may stand in it', async () => {
      const labels = await completions(document, at('""'));
      return ['image', 'memoryGb', 'timeLimitMinutes'].every((one) => labels.includes(one))
        ? true
        : undefined;
    });
    assert.match(await hover(document, at('"vramGb"')), /Video memory it needs, in GB/);
    await unlink(path);
  });

  it('are known as shot lists by their name alone, also without "$schema"', async () => {
    const path = join(workspaceFolder(), 'Other tools', 'Chapter_01_Scene_01.shotlist.json');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, '{\n  "schemaVersion": 1,\n  "sceneId": "a",\n  "nextNumber": "two"\n}\n');
    const document = await vscode.workspace.openTextDocument(path);
    await vscode.window.showTextDocument(document);
    await eventually('a problem of the schema', () =>
      vscode.languages.getDiagnostics(document.uri).some(({ range }) => document.getText(range) === '"two"')
        ? true
        : undefined,
    );
  });

  for (const [tool, file, content] of foreign) {
    it(`are not those of ${tool}, which get nothing from us`, async () => {
      const path = join(workspaceFolder(), 'Other tools', file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `${JSON.stringify(content, null, 2)}\n`);
      const document = await vscode.workspace.openTextDocument(path);
      await vscode.commands.executeCommand('vscode.open', document.uri);
      await eventually('its editor', () =>
        vscode.window.activeTextEditor?.document === document ? true : undefined,
      );
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(input instanceof vscode.TabInputText);
      const labels = await completions(document, document.positionAt(1));
      for (const label of ['narrative', 'canvas', 'quality', 'schemaVersion'])
        assert.ok(!labels.includes(label), label);
      // The film beside it shows that problems have been looked for by now.
      await change(film, manifest, (text) => text.replace('"quality": "low"', '"quality": "best"'));
      await eventually('problems of the film', () => ours(uriOf(film, manifest))[0]);
      await change(film, manifest, (text) => text.replace('"quality": "best"', '"quality": "low"'));
      assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
    });
  }
});

async function completions(document: vscode.TextDocument, position: vscode.Position): Promise<string[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

/** What is said of a place in a text, once something is. */
function hover(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  return eventually('a hover', async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const texts = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
      .filter((text) => text !== '');
    return texts.length > 0 ? texts.join('\n') : undefined;
  });
}

async function revert(document: vscode.TextDocument): Promise<void> {
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('workbench.action.files.revert');
}
