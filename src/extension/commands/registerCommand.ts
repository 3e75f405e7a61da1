import * as vscode from 'vscode';
import { AuteurError, unexpected, type ErrorCode } from '../../core/errors.ts';
import type { CommandArgs, CommandId } from '../../providers/contributions.ts';
import { executeCommand } from '../../providers/executeCommand.ts';
import { errorText } from '../../providers/errorText.ts';
import type { Translate } from '../../providers/translate.ts';

export interface CommandContext {
  readonly log: vscode.LogOutputChannel;
  readonly t: Translate;
}

/** Errors that a look at the set-up explains. */
const setupErrors: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'git-missing',
  'lfs-missing',
  'git-identity-missing',
  'no-repository',
  'git-index-locked',
  'media-not-lfs',
  'database-newer',
  'database-unusable',
  'home-on-network',
  'disk-full',
]);

/** What went wrong in a command is told in one place: one sentence, and the log. */
export function registerCommand<C extends CommandId>(
  context: CommandContext,
  id: C,
  run: (...args: CommandArgs[C]) => Promise<void> | void,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: CommandArgs[C]) => {
    try {
      await run(...args);
    } catch (error) {
      if (!(error instanceof vscode.CancellationError)) tell(context, id, unexpected(error));
    }
  });
}

/** One sentence with the next step, and a button that shows the log. */
export function tell({ log, t }: CommandContext, where: string, error: AuteurError): void {
  log.error(`${where}: ${error.code}: ${error.message}`, error.stack ?? '', error.cause ?? '');
  const showLog = t('Show Log');
  const checkSetup = t('Check Set-Up');
  const actions = setupErrors.has(error.code) ? [showLog, checkSetup] : [showLog];
  // Not awaited: a command has ended, whether or not its message is still on the screen.
  void vscode.window.showErrorMessage(errorText(t, error), ...actions).then((chosen) => {
    if (chosen === showLog) log.show();
    if (chosen === checkSetup) executeCommand('auteur.setup.check');
  });
}

/** Refuses in a folder that is not trusted, however the command was called. */
export function requireTrust(): void {
  if (!vscode.workspace.isTrusted) throw new AuteurError('untrusted');
}
