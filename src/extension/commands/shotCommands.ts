import * as vscode from 'vscode';
import type { PlaceRef } from '../../providers/contributions.ts';
import type { ProjectsView } from '../../providers/trees/registerProjectTree.ts';
import type { Services } from '../services.ts';
import { chooseShot } from './choosePlace.ts';
import { isBeside } from './parts.ts';
import { offerStoodIn } from './offerStoodIn.ts';
import { command, requireTrust, type Command } from './command.ts';

type Needs = Services & { readonly tree: ProjectsView };

export function shotCommands(needs: Needs): readonly Command[] {
  return [command(needs, 'auteur.shot.generateTake', (shot, selected) => generate(needs, shot, selected))];
}

/** Places in one or several projects; a click beside the selection means only what was clicked. */
function chosen(place: PlaceRef, selected: readonly PlaceRef[] = []): readonly PlaceRef[] {
  return (selected.includes(place) ? selected : [place]).filter((one) => !isBeside(one));
}

async function generate(needs: Needs, place?: PlaceRef, selected?: readonly PlaceRef[]): Promise<void> {
  const { t, studio, tree } = needs;
  requireTrust();
  const places = chosen(place ?? (await chooseShot(needs, t('Generate Take'))), selected);
  const requests = requestsOf(places);
  const counts = await Promise.all(requests.map(({ root, addresses }) => studio.countShots(root, addresses)));
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total > 1) await confirm(needs, total);
  const [only] = places;
  if (only !== undefined && places.length === 1 && total === 1) await tree.expectTake(only);
  for (const request of requests) offerStoodIn(needs, request.root, await studio.generate(request));
}

/** One for each film; no address means the whole film. */
function requestsOf(places: readonly PlaceRef[]): readonly { root: string; addresses: readonly string[] }[] {
  return [...new Set(places.map(({ root }) => root))].map((root) => {
    const within = places.filter((one) => one.root === root);
    const isWhole = within.some(({ address }) => address === undefined);
    return { root, addresses: isWhole ? [] : within.flatMap(({ address }) => address ?? []) };
  });
}

async function confirm({ t }: Needs, total: number): Promise<void> {
  const yes = t('Generate');
  const question = t('Generate {count} takes, one for each shot?', { count: total });
  const detail = t('They wait in the queue, where each can be cancelled.');
  const answer = await vscode.window.showInformationMessage(question, { modal: true, detail }, yes);
  if (answer !== yes) throw new vscode.CancellationError();
}
