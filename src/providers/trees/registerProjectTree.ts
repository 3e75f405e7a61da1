import * as vscode from 'vscode';
import { DisposableStore, type Disposable, type Event } from '../../core/events.ts';
import { views, type ContextKey, type PlaceRef } from '../contributions.ts';
import { ProjectWatcher, type FileHint } from '../projectWatcher.ts';
import { selectionOf } from '../selection.ts';
import { ExpectedTakes, type ExpectedTakesNeeds } from './expectedTakes.ts';
import type { GivenTree } from './givenTree.ts';
import type { FilmNode } from './nodes.ts';
import { ProjectDropController, type ProjectDropNeeds } from './projectDropController.ts';
import { registerShotDecorations } from './shotDecorations.ts';
import { ProjectTree, type ProjectTreeNeeds } from './projectTree.ts';

/** The Projects view, as commands see it. */
export interface ProjectsView extends Disposable {
  refresh(): Promise<void>;
  /** Selects what was just added below a place; a filter that hides it is cleared. */
  showAdded(root: string, parent: string | undefined, address: string): Promise<void>;
  /** What the user has selected, first. */
  readonly selected: FilmNode | undefined;
  readonly selection: readonly FilmNode[];
  /** The node at an address, whether or not it was shown yet. */
  find(root: string, address: string | undefined): Promise<FilmNode | undefined>;
  /** Opens the tree down to a place and selects it; a filter that hides it is cleared. */
  reveal(root: string, address: string | undefined): Promise<void>;
  /** The same for an emotional beat, by its id; what was just added is read first. */
  revealBeat(root: string, beat: string): Promise<void>;
  readonly filtered: string;
  filter(typed: string): Promise<void>;
  /** Something of a film may have changed on disk. */
  readonly onHint: Event<FileHint>;
  /** Tells of something that is not on disk, or not yet. */
  tell(hint: FileHint): void;
  /** There is something new to draw. */
  readonly onDraw: Event<unknown>;
  /** What the editor was given to draw the view with. */
  readonly given: GivenTree<FilmNode>;
  /** Brings the view to the front. */
  show(): Promise<void>;
  /** Opens the shot in the tree as soon as its take is there. */
  expectTake(shot: PlaceRef): Promise<void>;
}

export function registerProjectTree(
  needs: ProjectTreeNeeds & Pick<ProjectDropNeeds, 'failed'> & Pick<ExpectedTakesNeeds, 'log'>,
): ProjectsView {
  const owned = new DisposableStore();
  const tree = owned.add(new ProjectTree(needs));
  const drops = dropsOf(tree, needs);
  const view = owned.add(createView(tree, drops));
  const selection = owned.add(selectionOf(view));
  owned.add(followOpening(view, tree));
  const tell = (): void => {
    showMessage(view, tree, needs);
  };
  tell();
  owned.add(vscode.workspace.onDidGrantWorkspaceTrust(tell));
  owned.add(needs.projects.onChanged(tell));
  const watcher = owned.add(watchFiles(tree, needs));
  const decorations = registerShotDecorations(needs, owned);
  const open = async (shot: FilmNode): Promise<void> => {
    if (tree.shows(shot)) await reveal(view, shot, false);
  };
  const takes = owned.add(new ExpectedTakes({ tree, open, log: needs.log }));
  return {
    ...actionsOf(tree, view, tell),
    get selected() {
      return selection.current[0];
    },
    get selection() {
      return selection.current;
    },
    get filtered() {
      return tree.filtered;
    },
    onHint: watcher.onHint,
    tell: (hint) => {
      watcher.tell(hint);
    },
    onDraw: tree.onDidChangeTreeData,
    given: { items: tree, drops, decorations },
    expectTake: (shot) => takes.expect(shot),
    dispose: () => {
      owned.dispose();
    },
  };
}

function followOpening(view: vscode.TreeView<FilmNode>, tree: ProjectTree): Disposable {
  const store = new DisposableStore();
  store.add(
    view.onDidExpandElement(({ element }) => {
      tree.opened(element, true);
    }),
  );
  store.add(
    view.onDidCollapseElement(({ element }) => {
      tree.opened(element, false);
    }),
  );
  return store;
}

type Actions = Pick<
  ProjectsView,
  'refresh' | 'show' | 'showAdded' | 'find' | 'reveal' | 'revealBeat' | 'filter'
>;

function actionsOf(tree: ProjectTree, view: vscode.TreeView<FilmNode>, tell: () => void): Actions {
  const filter = async (typed: string): Promise<void> => {
    await tree.filter(typed);
    tell();
    await setContext('auteur:isFiltered', tree.filtered !== '');
  };
  const revealIt = async (node: FilmNode): Promise<void> => {
    if (tree.filtered !== '') await filter('');
    await view.reveal(node, { select: true, focus: true, expand: true });
  };
  return {
    filter,
    refresh: () => tree.refresh(),
    find: (root, address) => tree.find(root, address),
    show: async () => {
      await vscode.commands.executeCommand(`${views.projects}.focus`);
    },
    showAdded: async (root, parent, address) => {
      await tree.added(root, parent);
      const node = await tree.find(root, address);
      if (node !== undefined && !tree.shows(node)) await filter('');
      if (node !== undefined) await reveal(view, node, true);
    },
    reveal: async (root, address) => {
      const node = await tree.find(root, address);
      if (node !== undefined) await revealIt(node);
    },
    revealBeat: async (root, beat) => {
      await tree.added(root, undefined);
      const beats = (await tree.children(await tree.find(root))).find(({ kind }) => kind === 'beats');
      const node = (await tree.children(beats)).find((one) => one.kind === 'beat' && one.beat === beat);
      if (node !== undefined) await revealIt(node);
    },
  };
}

function dropsOf(
  tree: ProjectTree,
  { studio, failed }: Pick<ProjectDropNeeds, 'studio' | 'failed'>,
): ProjectDropController {
  return new ProjectDropController({ studio, siblings: (node) => tree.children(node.parent), failed });
}

function createView(tree: ProjectTree, drops: ProjectDropController): vscode.TreeView<FilmNode> {
  return vscode.window.createTreeView(views.projects, {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
    dragAndDropController: drops,
  });
}

async function setContext(key: ContextKey, value: boolean): Promise<void> {
  await vscode.commands.executeCommand('setContext', key, value);
}

/** Above the tree: why little can be done, and that not everything is shown. */
function showMessage(
  view: vscode.TreeView<FilmNode>,
  tree: ProjectTree,
  { t, projects }: ProjectTreeNeeds,
): void {
  const restricted = t('This folder is not trusted: films can be read, nothing is generated or changed.');
  const isRestricted = !vscode.workspace.isTrusted && projects.current.length > 0;
  const filtered = t('Only what fits "{typed}" is shown.', { typed: tree.filtered });
  view.message = [isRestricted ? restricted : '', tree.filtered === '' ? '' : filtered]
    .filter((line) => line !== '')
    .join(' ');
}

function watchFiles(
  tree: ProjectTree,
  { projects }: ProjectTreeNeeds,
): Pick<ProjectWatcher, 'onHint' | 'tell' | 'dispose'> {
  const store = new DisposableStore();
  const watcher = store.add(new ProjectWatcher());
  store.add(
    watcher.onHint((hint) => {
      tree.hint(hint);
    }),
  );
  store.add(
    tree.onTakesHint((hint) => {
      watcher.tell(hint);
    }),
  );
  store.add(
    projects.onChanged((shown) => {
      watcher.watch(
        projects.places.workspaces,
        shown.map(({ root }) => root),
      );
    }),
  );
  const dispose = (): void => {
    store.dispose();
  };
  const tell = (hint: FileHint): void => {
    watcher.tell(hint);
  };
  return { onHint: watcher.onHint, tell, dispose };
}

async function reveal(view: vscode.TreeView<FilmNode>, node: FilmNode, select: boolean): Promise<void> {
  // Revealing in a view that is hidden would bring it to the front.
  if (view.visible) await view.reveal(node, { select, focus: select, expand: true });
}
