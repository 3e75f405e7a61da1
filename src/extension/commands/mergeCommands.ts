import * as vscode from 'vscode';
import { legible } from '../../core/domain/legible.ts';
import type { Disposable } from '../../core/events.ts';
import type { PlaceRef } from '../../providers/contributions.ts';
import { executeCommand } from '../../providers/executeCommand.ts';
import { plainMessage } from '../../providers/plainText.ts';
import { chooseProject } from './choosePlace.ts';
import type { PartNeeds } from './parts.ts';
import { registerCommand, requireTrust } from './registerCommand.ts';

export function registerMergeCommands(needs: PartNeeds): readonly vscode.Disposable[] {
  return [
    registerCommand(needs, 'auteur.takes.fixNumbers', (project) => fixNumbers(needs, project)),
    vscode.Disposable.from(offerToFix(needs)),
  ];
}

/** Told once for each merge that has left such takes. */
function offerToFix({ t, git, projects }: PartNeeds): Disposable {
  const told = new Set<string>();
  return git.onChanged((root) => {
    const count = git.of(root)?.unmergedTakes ?? 0;
    if (count === 0) told.delete(root);
    if (count === 0 || told.has(root)) return;
    told.add(root);
    const name = projects.current.find((project) => project.root === root)?.name ?? root;
    const fix = t('Fix Take Numbers');
    const message = t('Takes of "{name}" that two branches have made under one number: {count}.', {
      name: legible(name),
      count,
    });
    void vscode.window.showWarningMessage(plainMessage(message), fix).then((chosen) => {
      if (chosen === fix) executeCommand('auteur.takes.fixNumbers', { root });
    });
  });
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
