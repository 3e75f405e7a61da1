import * as vscode from 'vscode';
import { excerpt } from '../../core/domain/excerpt.ts';
import { AuteurError, unexpected, type ErrorCode } from '../../core/errors.ts';
import type { JobId, ShotId } from '../../core/model/ids.ts';
import { asksToRun, awaitsWord, shownOf, type PipelineAt } from '../../core/protocol/pipelineViews.ts';
import type { CommandArgs, CommandId, TakeRef } from '../../providers/contributions.ts';
import { executeCommand } from '../../providers/executeCommand.ts';
import { errorText } from '../../providers/errorText.ts';
import type { Translate } from '../../providers/translate.ts';
import { isOfFile, openUnreadable } from './openUnreadable.ts';

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

/** They tell of one take that is not on this machine. */
const notHere: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'take-not-downloaded',
  'take-file-missing',
  'export-media',
]);

const unsaved: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['document-unsaved']);

/** Of what is to run; the file and the log have all of it. */
const longestWhat = 300;

/** What a command does, whoever calls it; it tells the user itself what goes wrong. */
export interface Command {
  readonly id: CommandId;
  // A method, not a property: its parameters may then be those that its id is declared with.
  run(...args: unknown[]): Promise<void>;
}

/** What goes wrong in a command is told in one place: one sentence, and the log. */
export function command<C extends CommandId>(
  context: CommandContext,
  id: C,
  run: (...args: CommandArgs[C]) => Promise<void> | void,
): Command {
  return {
    id,
    run: async (...args: CommandArgs[C]) => {
      try {
        await run(...args);
      } catch (error) {
        if (error instanceof vscode.CancellationError) return;
        const again = (): void => {
          executeCommand(id, ...args);
        };
        tell(context, id, unexpected(error), again);
      }
    },
  };
}

/**
 * One sentence with the next step, and a button that shows the log.
 * @param again does what went wrong once more, where that may help
 */
export function tell(context: CommandContext, where: string, error: AuteurError, again?: () => void): void {
  context.log.error(`${where}: ${error.code}: ${error.message}`, error.stack ?? '', error.cause ?? '');
  ask(context, error, again);
}

function ask({ log, t }: CommandContext, error: AuteurError, again: (() => void) | undefined): void {
  const showLog = t('Show Log');
  const checkSetup = t('Check Set-Up');
  const saveFirst = t('Save and Try Again');
  const allow = t('Allow and Try Again');
  const showPipeline = t('Show Pipeline');
  const openFile = t('Open File');
  const download = t('Download Media');
  const canTryAgain = (codes: ReadonlySet<string>): boolean => again !== undefined && codes.has(error.code);
  const actions = [
    ...(canTryAgain(unsaved) ? [saveFirst] : []),
    ...(canTryAgain(awaitsWord) ? [allow] : []),
    ...(canTryAgain(asksToRun) ? [showPipeline] : []),
    ...(isOfFile(error) ? [openFile] : []),
    ...(notHere.has(error.code) ? [download] : []),
    showLog,
    ...(setupErrors.has(error.code) ? [checkSetup] : []),
  ];
  // Not awaited: a command has ended, whether or not its message is still on the screen.
  void vscode.window.showErrorMessage(messageOf(t, error), ...actions).then((chosen) => {
    if (chosen === showLog) log.show();
    if (chosen === openFile) void openUnreadable(error.data);
    if (chosen === checkSetup) executeCommand('auteur.setup.check');
    if (chosen === download) executeCommand('auteur.media.download', takeOf(error));
    if (chosen === allow) executeCommand('auteur.pipeline.allow', heldBy(error), again);
    if (chosen === showPipeline) {
      executeCommand('auteur.pipelines.show', heldBy(error));
      // What it runs is there to be read, and still waits for an answer.
      ask({ log, t }, error, again);
    }
    if (chosen === saveFirst) void saveDocument(String(error.data['path'])).then(again);
  });
}

/** What a file of the workspace asks to run may be a long command. */
function messageOf(t: Translate, { code, data }: AuteurError): string {
  const { what } = data;
  const shown = typeof what === 'string' ? { ...data, what: excerpt(what, longestWhat) } : data;
  return errorText(t, { code, data: shown });
}

/** The pipeline that waits for the word of the user. */
function heldBy({ data }: AuteurError): PipelineAt {
  return { place: String(data['place']), id: String(data['pipeline']), shown: shownOf(data) };
}

/** The take that is not here, with the address of its shot, as a line of the tree has it. */
function takeOf({ data }: AuteurError): TakeRef {
  const place = { root: String(data['root']), address: String(data['address']) };
  return { ...place, shotId: String(data['shotId']) as ShotId, takeId: String(data['takeId']) as JobId };
}

/** By its path in its film. */
async function saveDocument(path: string): Promise<void> {
  const isMeant = ({ isDirty, uri }: vscode.TextDocument): boolean =>
    isDirty && uri.path.endsWith(`/${path}`);
  for (const document of vscode.workspace.textDocuments.filter(isMeant)) await document.save();
}

/** Refuses in a folder that is not trusted, however the command was called. */
export function requireTrust(): void {
  if (!vscode.workspace.isTrusted) throw new AuteurError('untrusted');
}
