import * as vscode from 'vscode';
import { walkthroughs } from '../../providers/contributions.ts';
import type { Services } from '../services.ts';
import { command, type Command } from './command.ts';

export function walkthroughCommands(services: Services): readonly Command[] {
  const id = `${services.extensionId}#${walkthroughs.firstTake}`;
  return [
    command(services, 'auteur.walkthrough.open', async () => {
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', id, false);
    }),
  ];
}
