import { describe, expect, it } from 'vitest';
import { Emitter } from '../core/events.ts';
import { selectionOf } from './selection.ts';

describe('what is selected in a view', () => {
  it('stays while the editor does not know the lines it draws anew', () => {
    const changed = new Emitter<{ selection: readonly string[] }>();
    const view = { selection: [] as readonly string[], onDidChangeSelection: changed.event };
    const selected = selectionOf(view);
    const select = (...selection: string[]): void => {
      view.selection = selection;
      changed.fire({ selection });
    };
    expect(selected.current).toEqual([]);
    select('a', 'b');
    expect(selected.current).toEqual(['a', 'b']);
    view.selection = ['b'];
    expect(selected.current).toEqual(['a', 'b']);
    view.selection = [];
    expect(selected.current).toEqual(['a', 'b']);
    select();
    expect(selected.current).toEqual([]);
    view.selection = ['c'];
    expect(selected.current).toEqual(['c']);
  });
});
