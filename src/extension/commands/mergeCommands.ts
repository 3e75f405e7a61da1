import * as vscode from 'vscode';
import type { PlaceRef } from '../../providers/contributions.ts';
import { chooseProject } from './choosePlace.ts';
import type { PartNeeds } from './parts.ts';
import { command, requireTrust, type Command } from './command.ts';

export function mergeCommands(needs: PartNeeds): readonly Command[] {
  return [command(needs, 'auteur.takes.fixNumbers', (project) => fixNumbers(needs, project))];
}

async function fixNumbers(needs: PartNeeds, project?: PlaceRef): Promise<void> {
  const { t, studio, tree } = needs;
  requireTrust();
  const { root } = project ?? (await chooseProject(needs, t('Fix Take Numbers')));
  const { renumbered, merging } = await studio.fixTakes(root);
  await tree.refresh();
  const count = renumbered.length;
  const said =
    count === 0
      ? t('Every take has a number of its own.')
      : t('Takes with a new number: {count}.', { count });
  const rest = merging && count > 0 ? t('What Git could not merge of them is staged; commit the merge.') : '';
  void vscode.window.showInformationMessage([said, rest].filter((one) => one !== '').join(' '));
}
