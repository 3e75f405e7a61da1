import assert from 'node:assert/strict';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually, type Patience } from './eventually.ts';
import type { Film } from './film.ts';

export const manifest = 'project.json';
export const shotList = '02_Source_Creative/ShotLists/Chapter_04_Scene_01.shotlist.json';

export function uriOf({ root }: Film, path: string): vscode.Uri {
  return vscode.Uri.file(join(root, path));
}

/** Changes a file on disk, as another program would that saves it whole: nobody sees it empty meanwhile. */
export async function change(film: Film, path: string, make: (text: string) => string): Promise<void> {
  const file = join(film.root, path);
  const written = join(film.root, '.git', 'changed');
  await writeFile(written, make(await readFile(file, 'utf8')));
  await rename(written, file);
}

/** Types in a document in place of a part of its text, and leaves it unsaved. */
export async function typeInto(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const start = document.getText().indexOf(from);
  assert.notEqual(start, -1, `${from} in ${document.getText()}`);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + from.length));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, to);
  assert.ok(await vscode.workspace.applyEdit(edit));
  assert.ok(document.isDirty);
}

/** Our diagnostics of a file, once there are so many. */
export async function problemsOf(
  film: Film,
  path: string,
  count: number,
  patience?: Patience,
): Promise<readonly vscode.Diagnostic[]> {
  const look = (): readonly vscode.Diagnostic[] | undefined => {
    const own = ours(uriOf(film, path));
    return own.length === count ? own : undefined;
  };
  return eventually(`${count} problems of ${path}`, look, patience);
}

export function ours(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Auteur');
}

/** Makes the only quick fix of ours that a diagnostic offers. */
export async function mend(uri: vscode.Uri, { range }: vscode.Diagnostic): Promise<string> {
  const offered = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
  const [action] = offered.filter(({ edit }) => edit !== undefined);
  if (action?.edit === undefined) throw new Error(`no quick fix at ${String(range.start.line)}`);
  await vscode.workspace.applyEdit(action.edit);
  return action.title;
}
