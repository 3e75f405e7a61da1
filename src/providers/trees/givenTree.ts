import type * as vscode from 'vscode';

/** What the editor draws a tree with; tests ask it the same questions. */
export interface GivenTree<N> {
  readonly items: vscode.TreeDataProvider<N>;
  readonly drops: vscode.TreeDragAndDropController<N>;
  readonly decorations: vscode.FileDecorationProvider;
}
