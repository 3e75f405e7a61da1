import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { systemCode } from '../core/errors.ts';
import type { OpenDocuments } from '../core/ports/openDocuments.ts';
import type { DocumentNotice, TextReplacement } from '../core/protocol/channel.ts';

/** The documents of the window that has started this thread, as far as it has told of them. */
export class DocumentsOfWindow implements OpenDocuments {
  readonly #open = new Map<string, OpenDocument>();
  /** Where links to folders lead, for as long as nothing is told. */
  readonly #real = new Map<string, string>();
  readonly #ask: (uri: string, replacement: TextReplacement) => Promise<boolean>;

  /** @param ask has the window make a change in a document it has told of */
  constructor(ask: (uri: string, replacement: TextReplacement) => Promise<boolean>) {
    this.#ask = ask;
  }

  told(notice: DocumentNotice): void {
    this.#real.clear();
    const { path, uri } = notice;
    const names = [path, join(realFolder(dirname(path)), basename(path))];
    if (notice.isOpen) this.#open.set(uri, { ...notice, names });
    else this.#open.delete(uri);
  }

  unsaved(path: string): string | undefined {
    return this.#documentOf(path)?.unsaved;
  }

  async replace(replacement: TextReplacement): Promise<boolean> {
    const document = this.#documentOf(replacement.path);
    return document !== undefined && this.#ask(document.uri, replacement);
  }

  /** Of two documents of one file, which a window may have by two names, the one that is typed in. */
  #documentOf(path: string): OpenDocument | undefined {
    if (this.#open.size === 0) return undefined;
    const names = new Set([path, join(this.#realFolder(dirname(path)), basename(path))]);
    const found = [...this.#open.values()].filter((one) => one.names.some((name) => names.has(name)));
    return found.find(({ unsaved }) => unsaved !== undefined) ?? found[0];
  }

  #realFolder(folder: string): string {
    const known = this.#real.get(folder);
    if (known !== undefined) return known;
    const real = realFolder(folder);
    this.#real.set(folder, real);
    return real;
  }
}

interface OpenDocument extends DocumentNotice {
  /** Its file, as the window names it and where links to its folder lead. */
  readonly names: readonly string[];
}

function realFolder(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return folder;
  }
}
