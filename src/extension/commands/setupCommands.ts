import path from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore } from '../../core/events.ts';
import type { DoctorCheck } from '../../core/protocol/views.ts';
import { executeCommand } from '../../providers/executeCommand.ts';
import { workspaceFolder } from '../filmPlaces.ts';
import type { Services } from '../services.ts';
import { command, requireTrust, type Command } from './command.ts';
import { inWindow, setupReport, setupRows, setupTitle } from './setupRows.ts';

interface Line extends vscode.QuickPickItem {
  readonly command?: string;
}

export function setupCommands(services: Services): readonly Command[] {
  return [command(services, 'auteur.setup.check', () => checkSetup(services))];
}

async function checkSetup(services: Services): Promise<void> {
  requireTrust();
  const { t } = services;
  const progress = {
    location: vscode.ProgressLocation.Notification,
    title: t('Checking the set-up…'),
    cancellable: true,
  };
  const checks = await vscode.window.withProgress(progress, (_, token) => look(services, token));
  services.log.info(`Set-up:\n${setupReport(checks)}`);
  show(services, checks);
}

/** The machine once, and every film of the window. */
async function look(
  { studio, projects, t }: Services,
  token: vscode.CancellationToken,
): Promise<readonly DoctorCheck[]> {
  const [first, ...others] = (await projects.list()).map(({ root }) => root);
  const here = await studio.doctor(first ?? (await workspaceFolder()), vscode.version);
  const checks = [...inWindow(t, here)];
  for (const root of others) {
    if (token.isCancellationRequested) throw new vscode.CancellationError();
    const found = await studio.doctor(root, vscode.version);
    checks.push(...found.filter((check) => check.root !== undefined));
  }
  if (token.isCancellationRequested) throw new vscode.CancellationError();
  return checks;
}

function show(services: Services, checks: readonly DoctorCheck[]): void {
  const { t } = services;
  const owned = new DisposableStore();
  const pick = owned.add(vscode.window.createQuickPick<Line>());
  const copyReport = { iconPath: new vscode.ThemeIcon('copy'), tooltip: t('Copy Report') };
  const again = { iconPath: new vscode.ThemeIcon('refresh'), tooltip: t('Check Again') };
  Object.assign(pick, { title: setupTitle(t, checks), ignoreFocusOut: true, matchOnDetail: true });
  pick.placeholder = t('Choose a line to copy its command');
  pick.buttons = [copyReport, again];
  pick.items = lines(services, checks);
  const copy = (text: string): void => {
    void vscode.env.clipboard.writeText(text);
    pick.placeholder = t('Copied: paste it into a terminal, then check again');
  };
  owned.add(
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen?.command !== undefined) copy(chosen.command);
    }),
  );
  owned.add(
    pick.onDidTriggerButton((button) => {
      if (button === copyReport) copy(setupReport(checks));
      else executeCommand('auteur.setup.check');
    }),
  );
  owned.add(
    pick.onDidTriggerItemButton(({ item }) => {
      pick.hide();
      if (item.command !== undefined) putIntoTerminal(item.command);
    }),
  );
  owned.add(
    pick.onDidHide(() => {
      owned.dispose();
    }),
  );
  pick.show();
}

function lines({ t, projects }: Services, checks: readonly DoctorCheck[]): readonly Line[] {
  const names = new Map(projects.current.map(({ root, name }) => [root, name]));
  const buttons = [{ iconPath: new vscode.ThemeIcon('terminal'), tooltip: t('Put Into a Terminal') }];
  return setupRows(checks, (root) => names.get(root) ?? path.basename(root)).map((row) => ({
    label: row.label,
    description: row.description,
    ...(row.detail === undefined ? {} : { detail: row.detail }),
    ...(row.command === undefined ? {} : { command: row.command, buttons }),
  }));
}

/** Only the user runs it: the last key is theirs. */
function putIntoTerminal(command: string): void {
  const terminal = vscode.window.createTerminal({ name: 'Auteur' });
  terminal.show();
  terminal.sendText(command, false);
}
