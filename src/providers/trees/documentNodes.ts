import type { DocumentView } from '../../core/protocol/documentView.ts';
import type { DocumentNode, DocumentsNode, ProjectNode } from './nodes.ts';

/** The documents of a film below its chapters, each node made once. */
export class DocumentNodes {
  readonly #folders = new Map<string, DocumentsNode>();
  readonly #documents = new Map<string, DocumentNode>();

  /** No node where there is no document. */
  of(parent: ProjectNode, documents: readonly DocumentView[]): readonly DocumentsNode[] {
    if (documents.length === 0) return [];
    const { root } = parent;
    const id = `${root}#documents`;
    const view = { documents };
    const known = this.#folders.get(id);
    const fresh: DocumentsNode = { kind: 'documents', id, root, parent, children: undefined, view };
    const node = known?.parent === parent ? known : fresh;
    node.view = view;
    this.#folders.set(id, node);
    return [node];
  }

  children(parent: DocumentsNode): readonly DocumentNode[] {
    return parent.view.documents.map((view) => {
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
