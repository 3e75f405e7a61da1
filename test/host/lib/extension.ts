import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CommandArgs, CommandId } from '../../../src/providers/contributions.ts';

const id = 'auteur.auteur-movie-director';

/** The extension under test, as this window runs it. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension<unknown>(id);
  assert.ok(found, `${id} is not installed in this window`);
  return found;
}

/** The open folder, which is also the workspace that new projects are made in. */
export function workspaceFolder(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open in this window');
  return folder.uri.fsPath;
}

/** A path as VS Code spells it: on Windows its drive letter is small. */
export function asEditorWrites(path: string): string {
  return vscode.Uri.file(path).fsPath;
}

/** Runs one of our commands, with the arguments it is declared with. */
export async function command<C extends CommandId>(name: C, ...args: CommandArgs[C]): Promise<void> {
  await vscode.commands.executeCommand(name, ...args);
}
