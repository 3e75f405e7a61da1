import * as vscode from 'vscode';
import { eventually } from './eventually.ts';

/** Nothing an earlier test said is on the screen any more. */
export async function dismissMessages(): Promise<void> {
  await vscode.commands.executeCommand('notifications.clearAll');
  await vscode.commands.executeCommand('workbench.action.closePanel');
  await eventually('the log is hidden', () => (shownLog() === undefined ? true : undefined));
}

/** Presses the button of the newest message, which is Show Log, and reads what the log says. */
export async function logBehindMessage(text: string): Promise<string> {
  return eventually(`a message whose log says "${text}"`, async () => {
    await vscode.commands.executeCommand('notification.acceptPrimaryAction');
    const log = shownLog();
    return log?.includes(text) === true ? log : undefined;
  });
}

/** What the log says, of which the message has another button first. */
export async function logThatSays(text: string): Promise<string> {
  await vscode.commands.executeCommand('auteur.log.show');
  return eventually(`a log that says "${text}"`, () => {
    const log = shownLog();
    return log?.includes(text) === true ? log : undefined;
  });
}

/** What the output panel shows; undefined while it is closed. */
export function shownLog(): string | undefined {
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'output');
  return shown?.document.getText();
}
