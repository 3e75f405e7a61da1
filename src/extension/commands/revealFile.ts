import * as vscode from 'vscode';

/** In the file manager of the system; where the films are on another machine than the window, in its Explorer. */
export async function revealFile(uri: vscode.Uri): Promise<void> {
  const isHere = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
  await vscode.commands.executeCommand(isHere ? 'revealFileInOS' : 'revealInExplorer', uri);
}
