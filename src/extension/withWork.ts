import * as vscode from 'vscode';
import { AuteurError } from '../core/errors.ts';
import { runWork } from '../core/ports/work.ts';
import type { WorkKind, WorkProgress, WorkRequest, WorkResult, WorkStep } from '../core/protocol/work.ts';
import { plainMessage } from '../providers/plainText.ts';
import type { Translate } from '../providers/translate.ts';
import type { Services } from './services.ts';

/** Runs longer work with a notification that shows how far it is, and cancels it. */
export async function withWork<K extends WorkKind>(
  { studio, t }: Pick<Services, 'studio' | 't'>,
  title: string,
  request: Extract<WorkRequest, { kind: K }>,
): Promise<Extract<WorkResult, { kind: K }>> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: plainMessage(title),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    const cancelled = token.onCancellationRequested(() => {
      controller.abort();
    });
    const report = reporter(t, progress);
    try {
      return await runWork<K>(studio, request, { signal: controller.signal, onProgress: report });
    } catch (error) {
      throw AuteurError.is(error, 'work-cancelled') ? new vscode.CancellationError() : error;
    } finally {
      cancelled.dispose();
    }
  });
}

/** VS Code wants to know how much more it is each time. */
function reporter(
  t: Translate,
  progress: vscode.Progress<{ message?: string; increment?: number }>,
): (news: WorkProgress) => void {
  let shown = 0;
  return ({ step, done, total }) => {
    const percent =
      done === undefined || total === undefined || total === 0 ? undefined : (done / total) * 100;
    const message =
      percent === undefined ? stepName(t, step) : `${stepName(t, step)} ${Math.floor(percent)}%`;
    const increment = Math.max(0, (percent ?? shown) - shown);
    shown += increment;
    progress.report({ message, increment });
  };
}

function stepName(t: Translate, step: WorkStep): string {
  const names: Readonly<Record<WorkStep, string>> = {
    reading: t('reading the film'),
    copying: t('copying'),
    packing: t('packing'),
    unpacking: t('unpacking'),
    committing: t('committing'),
    uploading: t('uploading takes'),
    pushing: t('pushing'),
    downloading: t('downloading'),
    mending: t('mending'),
    checking: t('looking at every shot'),
  };
  return names[step];
}
