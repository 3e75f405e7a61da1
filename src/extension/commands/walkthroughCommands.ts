import * as vscode from 'vscode';
import { walkthroughs } from '../../providers/contributions.ts';
import type { Services } from '../services.ts';
import { registerCommand } from './registerCommand.ts';

export function registerWalkthroughCommands(services: Services): readonly vscode.Disposable[] {
  const id = `${services.extensionId}#${walkthroughs.firstTake}`;
  return [
    registerCommand(services, 'auteur.walkthrough.open', async () => {
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', id, false);
    }),
  ];
}
