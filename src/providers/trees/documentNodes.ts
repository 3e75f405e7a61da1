import type { DocumentView } from '../../core/protocol/documentView.ts';
import type { DocumentNode, DocumentsNode, ProjectNode } from './nodes.ts';

/** The documents of a film below its chapters, each node made once. */
export class DocumentNodes {
  readonly #folders = new Map<string, DocumentsNode>();
  readonly #documents = new Map<string, DocumentNode>();

  /** No node where there is no document. */
  of(parent: ProjectNode, views: readonly DocumentView[]): readonly DocumentsNode[] {
    if (views.length === 0) return [];
    const { root } = parent;
    const id = `${root}#documents`;
    const known = this.#folders.get(id);
    const fresh: DocumentsNode = { kind: 'documents', id, root, parent, children: undefined, view: views };
    const node = known?.parent === parent ? known : fresh;
    node.view = views;
    this.#folders.set(id, node);
    return [node];
  }

  children(parent: DocumentsNode): readonly DocumentNode[] {
    return parent.view.map((view) => {
      const { root } = parent;
      const { path } = view;
      const id = `${root}#document:${path}`;
      const known = this.#documents.get(id);
      const fresh: DocumentNode = { kind: 'document', id, root, path, parent, children: undefined, view };
      const node = known?.parent === parent ? known : fresh;
      node.view = view;
      this.#documents.set(id, node);
      return node;
    });
  }
}
