import path from 'node:path';
import * as vscode from 'vscode';
import { placeInText } from '../../core/storage/placeInText.ts';
import type { BeatRef } from '../../providers/contributions.ts';
import type { PartNeeds } from './parts.ts';
import { readBeat } from './readBeat.ts';

/** Opens the manifest where the beat stands in it. */
export async function openBeat(needs: Pick<PartNeeds, 'studio'>, ref: BeatRef): Promise<void> {
  const { number } = await readBeat(needs, ref);
  const document = await vscode.workspace.openTextDocument(path.join(ref.root, 'project.json'));
  const pointer = `/narrative/emotionalBeats/${String(number - 1)}`;
  const { start } = placeInText(document.getText(), { pointer });
  const selection = new vscode.Range(start.line, start.character, start.line, start.character);
  await vscode.window.showTextDocument(document, { selection });
}
