import * as vscode from 'vscode';
import type { FixName } from '../../core/protocol/problemFix.ts';
import type { Translate } from '../translate.ts';
import type { DiagnosticsNeeds, FilmDiagnostic, FilmDiagnostics } from './filmDiagnostics.ts';

function titleOf(t: Translate, name: FixName): string {
  switch (name) {
    case 'take-out-reference':
      return t('Take the reference out');
    case 'next-number':
      return t('Give it the next free number');
    case 'new-id':
      return t('Give it a new id');
    case 'raise-counter':
      return t('Raise the next number');
    case 'clear-active-take':
      return t('Clear the active take');
    case 'take-out-file':
      return t('Take the missing file out');
    case 'name-scene':
      return t('Give the list to this scene');
  }
}

/** Offers what mends a diagnostic of ours and loses nothing. */
export class QuickFixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];
  readonly #needs: DiagnosticsNeeds;
  readonly #diagnostics: FilmDiagnostics;

  constructor(needs: DiagnosticsNeeds, diagnostics: FilmDiagnostics) {
    this.#needs = needs;
    this.#diagnostics = diagnostics;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range | vscode.Selection,
  ): Promise<vscode.CodeAction[]> {
    // Those that VS Code hands over are copies, without what mends them.
    const touched = this.#diagnostics.of(document.uri).filter((one) => one.range.intersection(range));
    const actions = await Promise.all(touched.map((diagnostic) => this.#action(document, diagnostic)));
    return actions.filter((action) => action !== undefined);
  }

  async #action(
    document: vscode.TextDocument,
    diagnostic: FilmDiagnostic,
  ): Promise<vscode.CodeAction | undefined> {
    const { fix } = diagnostic;
    if (fix === undefined) return undefined;
    const change = await this.#needs.studio.fixText(document.getText(), fix);
    if (change === null) return undefined;
    const action = new vscode.CodeAction(titleOf(this.#needs.t, fix.name), vscode.CodeActionKind.QuickFix);
    action.diagnostics = [diagnostic];
    action.isPreferred = true;
    action.edit = new vscode.WorkspaceEdit();
    const start = document.positionAt(change.offset);
    const end = document.positionAt(change.offset + change.length);
    action.edit.replace(document.uri, new vscode.Range(start, end), change.text);
    return action;
  }
}
