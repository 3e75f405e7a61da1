import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { walkthroughs, type ContextKey } from '../../providers/contributions.ts';
import type { FilmState } from '../../providers/filmState.ts';
import type { Services } from '../services.ts';
import { command, type Command } from './command.ts';

const opened: ContextKey = 'auteur:walkthroughOpened';
/** Longer nobody waits for the page without a sign. */
const patienceMs = 1_000;

export function walkthroughCommands(services: Services & { readonly state: FilmState }): readonly Command[] {
  const id = `${services.extensionId}#${walkthroughs.firstTake}`;
  return [
    command(services, 'auteur.walkthrough.open', async () => {
      // VS Code ticks no step that is done while it draws the page.
      await Promise.race([services.state.told(), sleep(patienceMs)]);
      await vscode.commands.executeCommand('setContext', opened, false);
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', id, false);
      // Nor one that was done before it knew of the walkthrough: this counts as done once more.
      await vscode.commands.executeCommand('setContext', opened, true);
    }),
  ];
}
