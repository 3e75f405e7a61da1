import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { AuteurError } from '../../core/errors.ts';
import { legible } from '../../core/domain/legible.ts';
import type { Imported } from '../../core/protocol/assetViews.ts';
import type { ClashChoice, ImportTarget } from '../../core/protocol/importRequest.ts';
import { plainMessage } from '../../providers/plainText.ts';
import type { Services } from '../services.ts';
import { requireTrust } from './command.ts';

type Needs = Pick<Services, 't' | 'studio'>;

interface Import {
  readonly root: string;
  readonly sources: readonly string[];
  readonly target: ImportTarget;
}

/** Copies files into a film with progress; asks what becomes of names that are taken. */
export async function importAssets(needs: Needs, what: Import): Promise<void> {
  requireTrust();
  try {
    tell(needs, await run(needs, what, undefined));
  } catch (error) {
    if (!AuteurError.is(error, 'import-clashes')) throw error;
    tell(needs, await run(needs, what, await askClash(needs, error)));
  }
}

function run(needs: Needs, what: Import, clash: ClashChoice | undefined): Promise<Imported> {
  const { t, studio } = needs;
  const id = randomUUID();
  const { root, sources, target } = what;
  const request = { id, sources: [...sources], target, ...(clash === undefined ? {} : { clash }) };
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: t('Importing'),
    cancellable: true,
  };
  return Promise.resolve(
    vscode.window.withProgress(options, async (progress, token) => {
      let told = 0;
      const news = studio.onEvent(({ event }) => {
        if (event.type !== 'import_progress' || event.importId !== id) return;
        const percent = event.totalBytes === 0 ? 100 : (100 * event.bytes) / event.totalBytes;
        progress.report({ message: legible(event.name), increment: percent - told });
        told = percent;
      });
      const cancelled = token.onCancellationRequested(() => void studio.cancelImport(id));
      try {
        return await studio.importAssets(root, request);
      } catch (error) {
        if (AuteurError.is(error, 'import-cancelled')) throw new vscode.CancellationError();
        throw error;
      } finally {
        news.dispose();
        cancelled.dispose();
      }
    }),
  );
}

async function askClash({ t }: Needs, error: AuteurError): Promise<ClashChoice> {
  const choices: readonly { readonly title: string; readonly value: ClashChoice }[] = [
    { title: t('Keep Both'), value: 'keep' },
    { title: t('Replace'), value: 'replace' },
    { title: t('Skip'), value: 'skip' },
  ];
  const question = plainMessage(legible(error.message));
  const answer = await vscode.window.showWarningMessage(question, { modal: true }, ...choices);
  if (answer === undefined) throw new vscode.CancellationError();
  return answer.value;
}

/** What was skipped is said once, with the first reason. */
function tell({ t }: Needs, { imported, skipped }: Imported): void {
  const [first] = skipped;
  const count =
    imported.length === 1 ? t('1 file imported.') : t('{count} files imported.', { count: imported.length });
  const said =
    first === undefined
      ? count
      : `${count} ${t('Skipped: {count}. {reason}', { count: skipped.length, reason: legible(first.reason) })}`;
  void vscode.window.showInformationMessage(plainMessage(said));
}
