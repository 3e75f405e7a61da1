import path from 'node:path';
import * as vscode from 'vscode';
import type { AuteurError, ErrorCode, ErrorData } from '../../core/errors.ts';

const ofFiles: ReadonlySet<ErrorCode> = new Set(['file-unreadable', 'text-in-conflict']);

/** Whether an error is about a file that the user can open to mend it. */
export function isOfFile(error: AuteurError): boolean {
  return ofFiles.has(error.code) && path.isAbsolute(String(error.data['path']));
}

/** Opens the file where it does not parse, as far as the error says where that is. */
export async function openUnreadable({ path: file, offset }: ErrorData): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(String(file)));
  const place = document.positionAt(typeof offset === 'number' ? offset : 0);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(place, place) });
}
