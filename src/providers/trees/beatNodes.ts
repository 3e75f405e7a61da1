import type { BeatView } from '../../core/protocol/beatView.ts';
import type { BeatNode, BeatsNode, ProjectNode } from './nodes.ts';

/** The emotional beats of a film below its chapters, each node made once. */
export class BeatNodes {
  readonly #groups = new Map<string, BeatsNode>();
  readonly #beats = new Map<string, BeatNode>();

  /** No node where there is no beat. */
  of(parent: ProjectNode, beats: readonly BeatView[]): readonly BeatsNode[] {
    if (beats.length === 0) return [];
    const { root } = parent;
    const id = `${root}#beats`;
    const view = { beats };
    const known = this.#groups.get(id);
    const fresh: BeatsNode = { kind: 'beats', id, root, parent, children: undefined, view };
    const node = known?.parent === parent ? known : fresh;
    node.view = view;
    this.#groups.set(id, node);
    return [node];
  }

  /** As the film goes on, whatever their order in the manifest. */
  children(parent: BeatsNode): readonly BeatNode[] {
    const { root } = parent;
    const names = beatNames(parent.view.beats);
    const nodes = parent.view.beats.map((view, index) => {
      const beat = names[index] ?? String(view.number);
      const id = `${root}#beat:${beat}`;
      const known = this.#beats.get(id);
      const fresh: BeatNode = { kind: 'beat', id, root, beat, parent, children: undefined, view };
      const node = known?.parent === parent ? known : fresh;
      node.view = view;
      this.#beats.set(id, node);
      return node;
    });
    return nodes.sort((one, other) => one.view.position - other.view.position);
  }
}

/** How an edit names each of them: by its id, where it has one to itself; else by its number. */
function beatNames(beats: readonly BeatView[]): readonly string[] {
  const taken = new Set<string>();
  return beats.map(({ id, number }) => {
    const name = id === undefined || taken.has(id) ? String(number) : id;
    taken.add(name);
    return name;
  });
}
