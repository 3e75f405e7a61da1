import * as vscode from 'vscode';
import type { AssetsView } from '../../providers/assets/registerAssetTree.ts';
import type { CommandId, PlaceRef, ViewRef } from '../../providers/contributions.ts';
import { executeCommand } from '../../providers/executeCommand.ts';
import type { Services } from '../services.ts';
import { chooseEdited, type ChoosingNeeds } from './choosePlace.ts';
import { editMessage } from './editMessage.ts';
import { command, requireTrust, type Command } from './command.ts';

type Needs = Services & ChoosingNeeds & { readonly assets: Pick<AssetsView, 'selection'> };

export function editCommands(needs: Needs): readonly Command[] {
  return [
    command(needs, 'auteur.edit.undo', (of) => undo(needs, of)),
    command(needs, 'auteur.edit.redo', (of) => redo(needs, of)),
  ];
}

async function undo(needs: Needs, of?: PlaceRef | ViewRef): Promise<void> {
  const { t, studio, projects } = needs;
  requireTrust();
  const { root } = filmOf(needs, of) ?? (await chooseEdited(needs, 'undo', t('Undo Edit')));
  const { summary } = await studio.undoEdit(root);
  const message = editMessage(t, projects.current, { way: 'undo', root, summary });
  tell(message, { label: t('Redo'), command: 'auteur.edit.redo', root });
}

async function redo(needs: Needs, of?: PlaceRef | ViewRef): Promise<void> {
  const { t, studio, projects } = needs;
  requireTrust();
  const { root } = filmOf(needs, of) ?? (await chooseEdited(needs, 'redo', t('Redo Edit')));
  const { summary } = await studio.redoEdit(root);
  const message = editMessage(t, projects.current, { way: 'redo', root, summary });
  tell(message, { label: t('Undo'), command: 'auteur.edit.undo', root });
}

function filmOf(
  { assets }: Needs,
  of: PlaceRef | ViewRef | undefined,
): { readonly root: string } | undefined {
  return of !== undefined && 'view' in of ? assets.selection[0] : of;
}

interface WayBack {
  readonly label: string;
  readonly command: Extract<CommandId, `auteur.edit.${string}`>;
  readonly root: string;
}

/** Not awaited: the command has ended, whether or not its message is still on the screen. */
function tell(message: string, { label, command, root }: WayBack): void {
  void vscode.window.showInformationMessage(message, label).then((chosen) => {
    if (chosen === label) executeCommand(command, { root });
  });
}
