import path from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/events.ts';
import { configuredWorkspace, workspacePath } from '../filmPlaces.ts';
import type { Services } from '../services.ts';
import { installShim } from './shim.ts';

// A shell's start-up files may build the PATH anew; VS Code's shell integration then puts us in front again.
const always = { applyAtProcessCreation: true, applyAtShellIntegration: true };

/**
 * Puts the command `auteur` on the PATH of new terminals, and tells it the workspace of this window.
 * In an untrusted window too: the command is ours, VS Code starts no terminal there without asking,
 * and a terminal that is open when trust is given should have it.
 */
export function registerTerminalCommand(context: vscode.ExtensionContext, { log, t }: Services): Disposable {
  const owned = new DisposableStore();
  const collection = context.environmentVariableCollection;
  collection.description = t('Adds the command auteur.');
  // Terminals that a window restores start before any extension; the folder stays the same across updates.
  collection.persistent = true;
  tellWorkspace(collection);
  owned.add(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(workspacePath)) tellWorkspace(collection);
    }),
  );
  const folder = path.join(context.globalStorageUri.fsPath, 'bin');
  const target = {
    node: process.execPath,
    cli: path.join(context.extensionUri.fsPath, 'dist', 'cli.cjs'),
    electron: process.versions['electron'] !== undefined,
  };
  installShim(folder, target).then(
    () => {
      collection.prepend('PATH', folder + path.delimiter, always);
    },
    (error: unknown) => {
      log.warn(`The command auteur could not be made in ${folder}: ${String(error)}`);
    },
  );
  return owned;
}

function tellWorkspace(collection: vscode.EnvironmentVariableCollection): void {
  const set = configuredWorkspace();
  if (set === undefined) collection.delete('AUTEUR_WORKSPACE');
  else collection.replace('AUTEUR_WORKSPACE', set, always);
}
