import * as vscode from 'vscode';
import { AuteurError } from '../../core/errors.ts';
import type { JobId } from '../../core/model/ids.ts';
import { views, type JobTarget } from '../../providers/contributions.ts';
import type { Services } from '../services.ts';
import { command, type Command } from './command.ts';

export function jobCommands(services: Services): readonly Command[] {
  return [
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
