import * as vscode from 'vscode';
import type { FixedTakes } from '../../core/protocol/fixedTakes.ts';
import type { PlaceRef } from '../../providers/contributions.ts';
import { plainMessage } from '../../providers/plainText.ts';
import { chooseProject } from './choosePlace.ts';
import { command, requireTrust, type Command } from './command.ts';
import { mergeNoteText } from './mergeNoteText.ts';
import type { PartNeeds } from './parts.ts';

/** More would not be read in a message. */
const notesShown = 3;

export function mergeCommands(needs: PartNeeds): readonly Command[] {
  return [command(needs, 'auteur.takes.fixNumbers', (project) => fixNumbers(needs, project))];
}

async function fixNumbers(needs: PartNeeds, project?: PlaceRef): Promise<void> {
  const { t, studio, tree, log } = needs;
  requireTrust();
  const { root } = project ?? (await chooseProject(needs, t('Fix Take Numbers')));
  const fixed = await studio.fixTakes(root);
  await tree.refresh();
  const notes = fixed.notes.map((note) => mergeNoteText(t, note));
  for (const note of notes) log.warn(note);
  const said = [...sentences(needs, fixed), ...notes.slice(0, notesShown)];
  if (notes.length > notesShown)
    said.push(t('The log has {count} more.', { count: notes.length - notesShown }));
  const message = plainMessage(said.join(' '));
  if (notes.length + fixed.unmerged.length === 0) return void vscode.window.showInformationMessage(message);
  const showLog = t('Show Log');
  void vscode.window.showWarningMessage(message, showLog).then((chosen) => {
    if (chosen === showLog) log.show();
  });
}

function sentences(
  { t }: PartNeeds,
  { renumbered, merged, notes, unmerged, operation }: FixedTakes,
): readonly string[] {
  const [takes, texts] = [renumbered.length, merged.length];
  if (takes + texts + notes.length + unmerged.length === 0) return [t('Every take has a number of its own.')];
  const staged = operation !== undefined && unmerged.length === 0;
  return [
    ...(texts > 0 ? [t('Files that were merged: {count}.', { count: texts })] : []),
    ...(takes > 0 ? [t('Takes with a new number: {count}.', { count: takes })] : []),
    ...(staged ? [t('What Git could not merge of them is staged; commit the merge.')] : []),
    ...(unmerged.length > 0
      ? [t('Git has not merged yet: {paths}.', { paths: unmerged.map(({ path }) => path).join(', ') })]
      : []),
  ];
}
