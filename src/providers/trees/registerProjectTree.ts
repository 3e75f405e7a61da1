import * as vscode from 'vscode';
import { DisposableStore, type Disposable, type Event } from '../../core/events.ts';
import { views, type PlaceRef } from '../contributions.ts';
import { ProjectWatcher, type FileHint } from '../projectWatcher.ts';
import type { FilmNode } from './nodes.ts';
import { registerShotDecorations } from './shotDecorations.ts';
import { ProjectTree, type ProjectTreeNeeds } from './projectTree.ts';

/** The Projects view, as commands see it. */
export interface ProjectsView extends Disposable {
  refresh(): Promise<void>;
  /** Selects what was just added below a place. */
  showAdded(root: string, parent: string | undefined, address: string): Promise<void>;
  /** What the user has selected, first. */
  readonly selected: FilmNode | undefined;
  /** Something of a film may have changed on disk. */
  readonly onHint: Event<FileHint>;
  /** There is something new to draw. */
  readonly onDraw: Event<unknown>;
  /** Brings the view to the front. */
  show(): Promise<void>;
  /** Opens the shot in the tree as soon as its take is there. */
  expectTake(shot: PlaceRef): void;
}

export function registerProjectTree(needs: ProjectTreeNeeds): ProjectsView {
  const owned = new DisposableStore();
  const tree = owned.add(new ProjectTree(needs));
  const view = owned.add(
    vscode.window.createTreeView(views.projects, {
      treeDataProvider: tree,
      showCollapseAll: true,
      canSelectMany: true,
    }),
  );
  showTrust(view, needs);
  owned.add(
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      showTrust(view, needs);
    }),
  );
  const watcher = owned.add(watchFiles(tree, needs));
  owned.add(registerShotDecorations(needs));
  const expected = new Set<string>();
  owned.add(
    tree.onTaken((shot) => {
      if (expected.delete(`${shot.root}#${shot.address}`)) void reveal(view, shot, false);
    }),
  );
  return {
    get selected() {
      return view.selection[0];
    },
    onHint: watcher.onHint,
    onDraw: tree.onDidChangeTreeData,
    show: async () => {
      await vscode.commands.executeCommand(`${views.projects}.focus`);
    },
    refresh: () => tree.refresh(),
    showAdded: async (root, parent, address) => {
      await tree.added(root, parent);
      const node = await tree.find(root, address);
      if (node !== undefined) await reveal(view, node, true);
    },
    expectTake: ({ root, address }) => {
      expected.add(`${root}#${address ?? ''}`);
    },
    dispose: () => {
      owned.dispose();
    },
  };
}

function showTrust(view: vscode.TreeView<FilmNode>, { t, projects }: ProjectTreeNeeds): void {
  const restricted = t('This folder is not trusted: films can be read, nothing is generated or changed.');
  const update = (): void => {
    const shown = !vscode.workspace.isTrusted && projects.current.length > 0;
    view.message = shown ? restricted : '';
  };
  update();
  if (!vscode.workspace.isTrusted) projects.onChanged(update);
}

function watchFiles(
  tree: ProjectTree,
  { projects }: ProjectTreeNeeds,
): Disposable & Pick<ProjectWatcher, 'onHint'> {
  const store = new DisposableStore();
  const watcher = store.add(new ProjectWatcher());
  store.add(
    watcher.onHint((hint) => {
      tree.hint(hint);
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
  return { onHint: watcher.onHint, dispose };
}

async function reveal(view: vscode.TreeView<FilmNode>, node: FilmNode, select: boolean): Promise<void> {
  // Revealing in a view that is hidden would bring it to the front.
  if (view.visible) await view.reveal(node, { select, focus: select, expand: true });
}
