import * as vscode from 'vscode';
import { AuteurError } from '../../core/errors.ts';
import type { TakeRef } from '../../providers/contributions.ts';
import { statusOfMedia } from '../../providers/trees/filmWords.ts';
import type { ProjectsView } from '../../providers/trees/registerProjectTree.ts';
import type { TakePages } from '../../providers/views/takePageView.ts';
import type { Services } from '../services.ts';
import { chooseTake } from './choosePlace.ts';
import { mergeCommands } from './mergeCommands.ts';
import { recipeCommands } from './recipeCommands.ts';
import { command, requireTrust, type Command } from './command.ts';
import { findTake } from './takes.ts';

type Needs = Services & { readonly tree: ProjectsView; readonly pages: TakePages };

export function takeCommands(needs: Needs): readonly Command[] {
  return [
    command(needs, 'auteur.take.open', (take) => openTake(needs, take)),
    command(needs, 'auteur.take.activate', (take) => activateTake(needs, take)),
    ...recipeCommands(needs),
    ...mergeCommands(needs),
  ];
}

async function openTake(services: Services, ref: TakeRef): Promise<void> {
  const { path, number, address, media } = await findTake(services, ref);
  const state = statusOfMedia(services.t, media);
  if (state !== undefined) throw new AuteurError('take-not-there', { number, address, state });
  // As in the Explorer: Delete still means the line that was clicked.
  const options = { preview: true, preserveFocus: true };
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path), options);
}

async function activateTake(services: Needs, named?: TakeRef): Promise<void> {
  requireTrust();
  const ref = named ?? (await chooseTake(services, services.t('Make Active Take')));
  const { address, number } = await findTake(services, ref);
  await services.studio.activateTake(ref.root, address, number);
}
