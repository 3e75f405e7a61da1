import * as vscode from 'vscode';
import type { CommandArgs, CommandId } from './contributions.ts';

/** Runs one of our commands; whatever goes wrong in it, it has told the user itself. */
export function executeCommand<C extends CommandId>(id: C, ...args: CommandArgs[C]): void {
  void vscode.commands.executeCommand(id, ...args);
}
