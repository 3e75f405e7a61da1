import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/events.ts';
import { FilmDiagnostics, type DiagnosticsNeeds } from './filmDiagnostics.ts';
import { QuickFixes } from './quickFixes.ts';

/** The texts of a film; which of them are ours is known by their diagnostics alone. */
const texts: vscode.DocumentSelector = [
  { scheme: 'file', pattern: '**/{project,asset}.json' },
  { scheme: 'file', pattern: '**/*.shotlist.json' },
];

/** Problems of films in the editor, and what mends them. */
export function registerProblems(needs: DiagnosticsNeeds): Disposable {
  const owned = new DisposableStore();
  const diagnostics = owned.add(new FilmDiagnostics(needs));
  owned.add(
    vscode.languages.registerCodeActionsProvider(texts, new QuickFixes(needs, diagnostics), {
      providedCodeActionKinds: QuickFixes.kinds,
    }),
  );
  return owned;
}
