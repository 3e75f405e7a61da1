import * as vscode from 'vscode';
import { extensionOf } from '../../core/domain/mediaTypes.ts';
import { AuteurError, type ErrorCode } from '../../core/errors.ts';
import type { TakeView } from '../../core/protocol/views.ts';
import type { TakeRef } from '../../providers/contributions.ts';
import type { ProjectsView } from '../../providers/trees/registerProjectTree.ts';
import type { TakePages } from '../../providers/views/takePageView.ts';
import type { Services } from '../services.ts';
import { chooseTake } from './choosePlace.ts';
import { mergeCommands } from './mergeCommands.ts';
import { recipeCommands } from './recipeCommands.ts';
import { command, requireTrust, type Command } from './command.ts';
import { findTake } from './takes.ts';

type Needs = Services & { readonly tree: ProjectsView; readonly pages: TakePages };

/** Videos that VS Code has no preview for. A take names its file itself, so nothing else is handed to the system. */
const playedElsewhere: ReadonlySet<string> = new Set(['mov', 'm4v', 'mkv', 'avi']);

/** Why a take cannot be opened. */
const notThere = {
  pointer: 'take-not-downloaded',
  missing: 'take-file-missing',
  deleted: 'take-deleted',
} as const satisfies Record<Exclude<TakeView['media'], 'present'>, ErrorCode>;

export function takeCommands(needs: Needs): readonly Command[] {
  return [
    command(needs, 'auteur.take.open', (take) => openTake(needs, take)),
    command(needs, 'auteur.take.activate', (take) => activateTake(needs, take)),
    ...recipeCommands(needs),
    ...mergeCommands(needs),
  ];
}

async function openTake(services: Services, ref: TakeRef): Promise<void> {
  const { root, shotId, takeId } = ref;
  const { path, number, address, media } = await findTake(services, ref);
  if (media !== 'present') throw new AuteurError(notThere[media], { root, shotId, takeId, number, address });
  const uri = vscode.Uri.file(path);
  if (playedElsewhere.has(extensionOf(path)) && vscode.env.remoteName === undefined) {
    if (await vscode.env.openExternal(uri)) return;
  }
  // As in the Explorer: Delete still means the line that was clicked.
  const options = { preview: true, preserveFocus: true };
  await vscode.commands.executeCommand('vscode.open', uri, options);
}

async function activateTake(services: Needs, named?: TakeRef): Promise<void> {
  requireTrust();
  const ref = named ?? (await chooseTake(services, services.t('Make Active Take')));
  const { address, number } = await findTake(services, ref);
  await services.studio.activateTake(ref.root, address, number);
}
