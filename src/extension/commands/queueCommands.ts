import * as vscode from 'vscode';
import { legible } from '../../core/domain/legible.ts';
import { AuteurError } from '../../core/errors.ts';
import type { JobId } from '../../core/model/ids.ts';
import type { RetrySeed } from '../../core/protocol/queueView.ts';
import type { JobView } from '../../core/protocol/views.ts';
import { plainLabel } from '../../providers/plainText.ts';
import type { Services } from '../services.ts';
import { cancelQuestion } from './cancelQuestion.ts';
import { command, requireTrust, type Command } from './command.ts';

/** The order of the queue, and what is in it as a whole. */
export function queueCommands(services: Services): readonly Command[] {
  const { studio } = services;
  return [
    command(services, 'auteur.queue.pause', () => studio.pauseQueue()),
    command(services, 'auteur.queue.resume', () => studio.resumeQueue()),
    command(services, 'auteur.queue.cancelAll', (anyway) => cancelAll(services, anyway === true)),
    command(services, 'auteur.queue.retryFailed', (seed) => retryFailed(services, seed)),
    command(services, 'auteur.job.retry', ({ jobId }, seed) => retryOne(services, jobId, seed)),
    command(services, 'auteur.job.moveToTop', (job) => moveToTop(services, job?.jobId)),
    command(services, 'auteur.job.cancelBatch', async ({ jobId }) => {
      await studio.cancelJobs({ batchOf: jobId });
    }),
  ];
}

/** All of this machine are shown together, so all are meant: whoever says so is told how many of how many films. */
async function cancelAll({ t, studio, jobs }: Services, anyway: boolean): Promise<void> {
  requireTrust();
  const open = jobs.active();
  if (!anyway) await confirmCancelling({ t }, open);
  await studio.cancelJobs({});
}

async function confirmCancelling({ t }: Pick<Services, 't'>, open: readonly JobView[]): Promise<void> {
  const { question, detail, yes } = cancelQuestion(t, open);
  const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail }, yes);
  if (chosen !== yes) throw new vscode.CancellationError();
}

async function retryFailed(services: Services, given: RetrySeed | undefined): Promise<void> {
  requireTrust();
  const { studio, projects, jobs, t } = services;
  const shown = projects.current.map(({ root }) => root);
  const failed = jobs
    .failed()
    .filter(({ projectRoot, quarantined }) => !quarantined && shown.includes(projectRoot));
  if (failed.length === 0) {
    void vscode.window.showInformationMessage(
      t('Of the films of this window, nothing is left to try again.'),
    );
    return;
  }
  const seed = given ?? (await chooseSeed(services, t('Retry Failed Jobs')));
  for (const root of new Set(failed.map(({ projectRoot }) => projectRoot)))
    await studio.retryJobs({ root }, seed);
}

async function retryOne(services: Services, job: JobId, given: RetrySeed | undefined): Promise<void> {
  requireTrust();
  const seed = given ?? (await chooseSeed(services, services.t('Try Again')));
  await services.studio.retryJobs({ ids: [job] }, seed);
}

async function chooseSeed({ t }: Pick<Services, 't'>, title: string): Promise<RetrySeed> {
  const choices = [
    { label: t('With the Same Seed'), seed: 'same' as const },
    { label: t('With a New Seed'), seed: 'new' as const },
  ];
  const chosen = await vscode.window.showQuickPick(choices, { title });
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen.seed;
}

async function moveToTop(services: Services, given: JobId | undefined): Promise<void> {
  requireTrust();
  const job = given ?? (await chooseWaiting(services));
  await services.studio.moveJobs([job], { to: 'top' });
}

async function chooseWaiting({ t, jobs, queue }: Services): Promise<JobId> {
  const waiting = jobs.waiting();
  if (waiting.length === 0) throw new AuteurError('nothing-waits');
  const choices = waiting.map((job) => ({
    label: job.address,
    description: plainLabel(legible(job.projectName)),
    detail: plainLabel(legible(queue.reasonOf(job.id) ?? job.waiting ?? '')),
    job: job.id,
  }));
  const title = t('Move Job to Top');
  const chosen = await vscode.window.showQuickPick(choices, { title, matchOnDescription: true });
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen.job;
}
