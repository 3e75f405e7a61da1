import type * as vscode from 'vscode';
import type { PlaceRef } from '../../providers/contributions.ts';
import type { ProjectsView } from '../../providers/trees/registerProjectTree.ts';
import type { Services } from '../services.ts';
import { chooseShot } from './choosePlace.ts';
import { registerCommand, requireTrust } from './registerCommand.ts';

type Needs = Services & { readonly tree: ProjectsView };

export function registerShotCommands(needs: Needs): readonly vscode.Disposable[] {
  return [
    registerCommand(needs, 'auteur.shot.generateTake', (shot, selected) => generate(needs, shot, selected)),
  ];
}

/** Shots of one or several projects; a click beside the selection means only what was clicked. */
function chosen(shot: PlaceRef, selected: readonly PlaceRef[] = []): readonly PlaceRef[] {
  const meant = selected.includes(shot) ? selected : [shot];
  return meant.filter(({ address }) => address?.split('/').length === 3);
}

async function generate(needs: Needs, place?: PlaceRef, selected?: readonly PlaceRef[]): Promise<void> {
  const { t, studio, tree } = needs;
  requireTrust();
  const shot = place ?? (await chooseShot(needs, t('Generate Take')));
  const shots = chosen(shot, selected);
  const [only] = shots;
  if (only !== undefined && shots.length === 1) tree.expectTake(only);
  for (const root of new Set(shots.map((place) => place.root))) {
    const addresses = shots.filter((place) => place.root === root).flatMap(({ address }) => address ?? []);
    await studio.generate({ root, addresses });
  }
}
