import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import * as z from 'zod';
import { Project } from '../../../src/core/model/project.ts';
import type { Edited, EditRequest } from '../../../src/core/protocol/editRequest.ts';
import { editFilm } from '../../../src/core/storage/edits/editFilm.ts';
import { planEdit } from '../../../src/core/storage/edits/planEdit.ts';
import type { AuteurApi } from '../../../src/extension/extension.ts';
import type { BeatRef } from '../../../src/providers/contributions.ts';
import type { FilmNode } from '../../../src/providers/trees/nodes.ts';
import { ProjectDropController } from '../../../src/providers/trees/projectDropController.ts';
import { drawnBy } from '../lib/drawn.ts';
import { eventually } from '../lib/eventually.ts';
import { command, extension } from '../lib/extension.ts';
import { type Film, makeFilm } from '../lib/film.ts';
import { FilmTree } from '../lib/filmTree.ts';
import { dismissMessages, logBehindMessage } from '../lib/messages.ts';
import { auteur } from '../lib/programs.ts';
import { change, manifest } from '../lib/texts.ts';

const Ids = z.object({ ids: z.array(z.string()) });
type Beat = Project['narrative']['emotionalBeats'][number];

/** As another window would. */
function edit(root: string, request: EditRequest): Promise<Edited> {
  return editFilm(root, (draft) => planEdit(draft, request, () => Promise.resolve(false)));
}

/** Each step builds on the one before. */
describe('emotional beats in the window', () => {
  let film: Film;
  let api: AuteurApi;
  let doubt: BeatRef;

  before(async () => {
    api = (await extension().activate()) as AuteurApi;
    const tree = await FilmTree.open();
    film = await makeFilm('Heart Beats');
    await tree.node(film, film.address);
  });
  beforeEach(dismissMessages);
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const drawn = (news: string, make: () => Promise<unknown>): Promise<void> => drawnBy(api, news, make);

  async function project(): Promise<Project> {
    return Project.parse(JSON.parse(await readFile(join(film.root, manifest), 'utf8')));
  }

  async function theDoubt(): Promise<Beat | undefined> {
    return (await project()).narrative.emotionalBeats.find(({ id }) => id === doubt.beat);
  }

  async function sceneId(): Promise<string | undefined> {
    return (await project()).narrative.chapters.flatMap(({ scenes }) => scenes)[0]?.id;
  }

  it('shows one that a terminal has added', async () => {
    await drawn('A doubt of hers', async () => {
      const made = await auteur(film.root, 'beat', 'add', 'A doubt of hers', '--position', '0.4');
      doubt = { root: film.root, beat: Ids.parse(made).ids[0] ?? '' };
    });
    assert.equal((await theDoubt())?.position, 0.4);
  });

  it('follows one that is renamed in the file', () =>
    drawn('A doubt of his', () =>
      change(film, manifest, (text) => text.replace('doubt of hers', 'doubt of his')),
    ));

  it('says that one bound to nothing has no place to be shown', async () => {
    await command('auteur.beat.showPlace', doubt);
    assert.match(await logBehindMessage('bound to no scene'), /auteur\.beat\.showPlace: beat-unbound/);
  });

  it('binds what is dropped on a scene, as the tree hands it over', async () => {
    const failures: string[] = [];
    const controller = new ProjectDropController({
      studio: { edit },
      siblings: () => Promise.resolve([]),
      failed: ({ code }) => failures.push(code),
    });
    const scene = film.address.split('/').slice(0, 2).join('/');
    const drag = async (node: object, target: object): Promise<void> => {
      const data = new vscode.DataTransfer();
      controller.handleDrag([{ root: film.root, ...node } as FilmNode], data);
      await controller.handleDrop({ root: film.root, ...target } as FilmNode, data);
    };
    await drag({ kind: 'beat', ...doubt }, { kind: 'project' });
    assert.deepEqual(failures, ['beat-drop']);
    await drawn(`"at":"${scene}"`, () => drag({ kind: 'beat', ...doubt }, { kind: 'scene', address: scene }));
    assert.equal((await theDoubt())?.scene, await sceneId());
    await drag({ kind: 'chapter', address: scene.slice(0, 2) }, { kind: 'beat', ...doubt });
    assert.equal((await theDoubt())?.scene, undefined);
    assert.notEqual((await theDoubt())?.chapter, undefined);
    assert.deepEqual(failures, ['beat-drop']);
  });

  it('unbinds it, and Undo Edit binds it again', async () => {
    const bound = await theDoubt();
    await command('auteur.beat.unbind', doubt);
    assert.equal((await theDoubt())?.chapter, undefined);
    await command('auteur.edit.undo', film);
    assert.deepEqual(await theDoubt(), bound);
  });

  it('opens the manifest where it stands in it', async () => {
    await command('auteur.part.openFile', doubt);
    const editor = await eventually('the manifest is open', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.path.endsWith('/project.json') === true ? active : undefined;
    });
    const after = editor.document.getText().slice(editor.document.offsetAt(editor.selection.active));
    assert.match(after, new RegExp(`^\\{\\s*"id": "${doubt.beat}"`));
  });

  it('names one that is gone', async () => {
    await auteur(film.root, 'beat', 'delete', doubt.beat);
    await command('auteur.part.openFile', doubt);
    assert.match(await logBehindMessage('has no emotional beat'), /beat-unknown/);
  });
});
