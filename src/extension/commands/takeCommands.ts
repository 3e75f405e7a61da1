import * as vscode from 'vscode';
import { AuteurError } from '../../core/errors.ts';
import type { TakeView } from '../../core/protocol/views.ts';
import type { TakeRef } from '../../providers/contributions.ts';
import { statusOfMedia } from '../../providers/trees/filmWords.ts';
import type { ProjectsView } from '../../providers/trees/registerProjectTree.ts';
import type { Services } from '../services.ts';
import { chooseTake } from './choosePlace.ts';
import { registerCommand, requireTrust } from './registerCommand.ts';

type Needs = Services & { readonly tree: ProjectsView };

export function registerTakeCommands(services: Needs): readonly vscode.Disposable[] {
  return [
    registerCommand(services, 'auteur.take.open', (take) => openTake(services, take)),
    registerCommand(services, 'auteur.take.activate', (take) => activateTake(services, take)),
  ];
}

/** The take as it is now: what a tree or page shows may be a moment old. */
async function findTake({ studio }: Services, { root, shotId, takeId }: TakeRef): Promise<TakeView> {
  const take = (await studio.takes(root, shotId)).find(({ id }) => id === takeId);
  if (take === undefined) throw new AuteurError('take-unknown', { address: shotId, number: takeId });
  return take;
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
