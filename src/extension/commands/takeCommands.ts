import * as vscode from 'vscode';
import { AuteurError } from '../../core/errors.ts';
import type { TakeRef } from '../../providers/contributions.ts';
import { statusOfMedia } from '../../providers/trees/filmWords.ts';
import type { ProjectsView } from '../../providers/trees/registerProjectTree.ts';
import { TakePages } from '../../providers/views/takePageView.ts';
import type { Services } from '../services.ts';
import { chooseTake } from './choosePlace.ts';
import { registerMergeCommands } from './mergeCommands.ts';
import { registerRecipeCommands } from './recipeCommands.ts';
import { registerCommand, requireTrust } from './registerCommand.ts';
import { findTake } from './takes.ts';

type Needs = Services & { readonly tree: ProjectsView };

export function registerTakeCommands(services: Needs): readonly vscode.Disposable[] {
  const log = (line: string): void => {
    services.log.warn(line);
  };
  const pages = new TakePages({ ...services, onHint: services.tree.onHint, log });
  return [
    registerCommand(services, 'auteur.take.open', (take) => openTake(services, take)),
    registerCommand(services, 'auteur.take.activate', (take) => activateTake(services, take)),
    ...registerRecipeCommands({ ...services, pages }),
    ...registerMergeCommands(services),
    vscode.Disposable.from(pages),
  ];
}

async function openTake(services: Services, ref: TakeRef): Promise<void> {
  const { path, number, address, media } = await findTake(services, ref);
  const state = statusOfMedia(services.t, media);
  if (state !== undefined) throw new AuteurError('take-not-there', { number, address, state });
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path), { preview: true });
}

async function activateTake(services: Needs, named?: TakeRef): Promise<void> {
  requireTrust();
  const ref = named ?? (await chooseTake(services, services.t('Make Active Take')));
  const { address, number } = await findTake(services, ref);
  await services.studio.activateTake(ref.root, address, number);
}
