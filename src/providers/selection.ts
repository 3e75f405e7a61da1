import type { TreeView } from 'vscode';
import type { Disposable } from '../core/events.ts';

export interface Selection<T> extends Disposable {
  readonly current: readonly T[];
}

/**
 * What is selected in a view. While lines are drawn anew, the editor forgets which element each of them is and
 * leaves those out of what it says is selected; a key pressed just then still means them.
 */
export function selectionOf<T>(view: Pick<TreeView<T>, 'selection' | 'onDidChangeSelection'>): Selection<T> {
  let last = view.selection;
  const listening = view.onDidChangeSelection(({ selection }) => {
    last = selection;
  });
  return {
    get current() {
      return view.selection.length < last.length ? last : view.selection;
    },
    dispose: () => {
      listening.dispose();
    },
  };
}
