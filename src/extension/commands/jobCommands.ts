import * as vscode from 'vscode';
import { AuteurError } from '../../core/errors.ts';
import type { JobId } from '../../core/model/ids.ts';
import type { JobStatus } from '../../core/model/job.ts';
import { legible } from '../../core/domain/legible.ts';
import { views, type JobTarget } from '../../providers/contributions.ts';
import { plainLabel } from '../../providers/plainText.ts';
import type { Services } from '../services.ts';
import { command, requireTrust, type Command } from './command.ts';
import type { JobLogs } from './jobLogs.ts';

const icons: Readonly<Record<JobStatus, string>> = {
  pending: 'clock',
  running: 'sync',
  completed: 'pass',
  error: 'error',
  cancelled: 'circle-slash',
};

export function jobCommands(services: Services & { readonly jobLogs: JobLogs }): readonly Command[] {
  return [
    command(services, 'auteur.job.showLog', async (job) => {
      requireTrust();
      await services.jobLogs.show(job?.jobId ?? (await chooseJob(services)));
    }),
    command(services, 'auteur.job.cancel', (target) => cancelJob(services, target)),
    command(services, 'auteur.progress.show', async () => {
      await vscode.commands.executeCommand(`${views.progress}.focus`);
    }),
    command(services, 'auteur.log.show', () => {
      services.log.show();
    }),
  ];
}

async function cancelJob({ studio, jobs }: Services, target: JobTarget): Promise<void> {
  const id = 'jobId' in target ? target.jobId : jobs.activeOf(target.shotId)?.id;
  if (id !== undefined) await cancelUnlessEnded(studio, id);
}

/** A job that ended while the user reached for the button needs no message. */
async function cancelUnlessEnded(studio: Services['studio'], id: JobId): Promise<void> {
  try {
    await studio.cancelJob(id);
  } catch (error) {
    if (!AuteurError.is(error, 'job-ended')) throw error;
  }
}

const offered = 100;

/** What runs, then what has ended, the last first; what waits has printed nothing. */
async function chooseJob({ t, jobs }: Services): Promise<JobId> {
  const running = jobs.active().filter(({ status }) => status === 'running');
  const all = [...running, ...jobs.ended().slice(0, offered), ...jobs.waiting().slice(0, offered)];
  if (all.length === 0) throw new AuteurError('no-jobs');
  const states: Readonly<Record<JobStatus, string>> = {
    pending: t('Waiting'),
    running: t('Running'),
    completed: t('Done'),
    error: t('Failed'),
    cancelled: t('Cancelled'),
  };
  const choices = all.map((job) => ({
    label: `$(${icons[job.status]}) ${job.address}`,
    description: plainLabel(legible([states[job.status], job.pipeline.id, job.projectName].join(' · '))),
    detail: plainLabel(legible(job.error?.message ?? '')),
    job: job.id,
  }));
  const title = t('Show Job Log');
  const options = { title, placeHolder: t('Choose a job'), matchOnDescription: true };
  const chosen = await vscode.window.showQuickPick(choices, options);
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen.job;
}
