import * as vscode from 'vscode';
import { AuteurError } from '../core/errors.ts';
import { DisposableStore, Emitter, type Disposable } from '../core/events.ts';
import type { DocumentNotice, TextReplacement } from '../core/protocol/channel.ts';
import { textChanged } from '../core/storage/textChanged.ts';
import { differenceOf } from '../core/storage/textDifference.ts';
import type { ThreadDocuments } from './studioWorker.ts';

const filmTexts = /[\\/](project\.json|asset\.json|[^\\/]+\.(shotlist\.json|md|fountain))$/i;
const byteOrderMark = '\uFEFF';

/** The texts of films that this window has open: what stands in them comes before what is on disk. */
export class OpenTexts implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #changes = this.#owned.add(new Emitter<vscode.TextDocument>());
  /** One was opened, typed in, saved or closed. */
  readonly onChanged = this.#changes.event;

  constructor() {
    const changed = (document: vscode.TextDocument): void => {
      if (isFilmText(document)) this.#changes.fire(document);
    };
    this.#owned.add(vscode.workspace.onDidOpenTextDocument(changed));
    this.#owned.add(vscode.workspace.onDidCloseTextDocument(changed));
    this.#owned.add(vscode.workspace.onDidSaveTextDocument(changed));
    this.#owned.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        changed(document);
      }),
    );
  }

  /** What a thread that starts now has to know, and from then on what has changed. */
  follow(): ThreadDocuments {
    const changed = new Set(vscode.workspace.textDocuments.filter(isFilmText));
    const following = this.#changes.event((document) => changed.add(document));
    return {
      news: () => {
        const notices = [...changed].map(noticeOf);
        changed.clear();
        return notices;
      },
      replace,
      dispose: () => {
        following.dispose();
      },
    };
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

function isFilmText({ uri }: vscode.TextDocument): boolean {
  return uri.scheme === 'file' && filmTexts.test(uri.fsPath);
}

function noticeOf(document: vscode.TextDocument): DocumentNotice {
  const { isClosed, isDirty } = document;
  return {
    kind: 'document',
    uri: document.uri.toString(),
    path: document.uri.fsPath,
    isOpen: !isClosed,
    ...(isDirty && !isClosed ? { unsaved: document.getText() } : {}),
  };
}

async function replace(uri: string, { path: file, before, after }: TextReplacement): Promise<boolean> {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri);
  if (document === undefined) return false;
  const { isDirty, encoding } = document;
  const known = inDocument(document, before);
  if (document.getText() !== known || !encoding.startsWith('utf8')) {
    // VS Code has not read yet what another program wrote, or would save it otherwise: the file is what counts.
    if (!isDirty) return false;
    if (document.getText() !== known) throw textChanged(file, known, document.getText());
    throw new AuteurError('document-encoding', { path: file, encoding });
  }
  const difference = differenceOf(known, inDocument(document, after));
  const edit = new vscode.WorkspaceEdit();
  const start = document.positionAt(difference.offset);
  const end = document.positionAt(difference.offset + difference.length);
  edit.replace(document.uri, new vscode.Range(start, end), difference.text);
  if (!(await vscode.workspace.applyEdit(edit))) {
    // Something was typed in between, or nothing can be.
    if (document.getText() !== known) throw textChanged(file, known, document.getText());
    throw new AuteurError('document-refused', { path: file });
  }
  // A document that cannot be saved keeps the change, and VS Code asks the user what to do.
  if (!isDirty) await document.save();
  return true;
}

/** A document has no byte order mark and one kind of line ends. */
function inDocument({ eol }: vscode.TextDocument, text: string): string {
  const unmarked = text.startsWith(byteOrderMark) ? text.slice(1) : text;
  return unmarked.replaceAll(/\r\n|\r|\n/g, eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n');
}
