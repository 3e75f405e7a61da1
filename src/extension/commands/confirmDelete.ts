import * as vscode from 'vscode';
import { plainMessage } from '../../providers/plainText.ts';
import type { Translate } from '../../providers/translate.ts';
import type { DeleteQuestion } from './deleteQuestion.ts';

/** Whether the user wants it. */
export async function confirmDelete(t: Translate, { question, detail }: DeleteQuestion): Promise<boolean> {
  const yes = t('Delete');
  const options = { modal: true, detail };
  return (await vscode.window.showWarningMessage(plainMessage(question), options, yes)) === yes;
}
