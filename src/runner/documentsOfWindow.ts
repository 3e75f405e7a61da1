import type { OpenDocuments } from '../core/ports/openDocuments.ts';
import type { DocumentNotice, TextReplacement } from '../core/protocol/channel.ts';

/** The documents of the window that has started this thread, as far as it has told of them. */
export class DocumentsOfWindow implements OpenDocuments {
  readonly #open = new Map<string, string | undefined>();
  readonly #ask: (replacement: TextReplacement) => Promise<boolean>;

  /** @param ask has the window make a change in a document it has told of */
  constructor(ask: (replacement: TextReplacement) => Promise<boolean>) {
    this.#ask = ask;
  }

  told({ paths, isOpen, unsaved }: DocumentNotice): void {
    for (const path of paths) {
      if (isOpen) this.#open.set(path, unsaved);
      else this.#open.delete(path);
    }
  }

  unsaved(path: string): string | undefined {
    return this.#open.get(path);
  }

  async replace(replacement: TextReplacement): Promise<boolean> {
    return this.#open.has(replacement.path) && this.#ask(replacement);
  }
}
