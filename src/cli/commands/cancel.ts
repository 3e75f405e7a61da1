import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { JobId } from '../../core/model/ids.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { JobView } from '../../core/protocol/views.ts';
import { UsageError } from '../exit.ts';
import { oneLine, plural } from '../format/text.ts';
import { isEnded, jobJson } from '../jobJson.ts';
import { namedJobs } from '../namedJobs.ts';
import { examples } from '../options.ts';
import { jobLine } from '../progress/jobLine.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';

interface CancelOptions {
  readonly all?: true;
  readonly batch?: true;
}

/** A runner looks for cancelled jobs every few seconds; one that died never does. */
const patience = 10_000;

export function registerCancel(program: Command, run: Run): void {
  program
    .command('cancel')
    .description('cancel jobs')
    .argument('[job...]', 'ids, or their beginnings, as "auteur jobs" shows them')
    .option('--all', 'every job of this project that waits or runs')
    .option('--batch', 'with the named ones, all that were asked for together with them')
    .addHelpText('after', examples('cancel 3f2a91c0', 'cancel 3f2a91c0 --batch', 'cancel --all'))
    .action((jobs: string[], options: CancelOptions) => run((session) => cancel(session, jobs, options)));
}

async function cancel(session: Session, named: readonly string[], options: CancelOptions): Promise<Reply> {
  if (named.length > 0 === (options.all === true)) {
    throw new UsageError('Name the jobs to cancel, or give --all.', 'Run "auteur jobs" to see them.');
  }
  if (options.all === true && options.batch === true)
    throw new UsageError('--batch goes with named jobs.', 'Try "auteur cancel 3f2a91c0 --batch".');
  const studio = session.studio();
  const ids = await cancelled(session, studio, named, options);
  // What became of them is read afterwards, whichever of the two comes first.
  const settled = Promise.allSettled([studio.settled(ids)]);
  if (ids.length > 0) await Promise.race([settled, sleep(patience, undefined, { ref: false })]);
  const jobs = ids.length === 0 ? [] : await studio.jobs({ ids });
  return { json: { jobs: jobs.map(jobJson) }, lines: lines(jobs) };
}

async function cancelled(
  session: Session,
  studio: Studio,
  named: readonly string[],
  { all, batch }: CancelOptions,
): Promise<readonly JobId[]> {
  if (all === true) return idsOf(await studio.cancelJobs({ root: await session.project() }));
  const ids = idsOf(await namedJobs(studio, named));
  if (batch !== true) {
    for (const id of ids) await studio.cancelJob(id);
    return ids;
  }
  const batches: JobId[] = [];
  for (const batchOf of ids) batches.push(...idsOf(await studio.cancelJobs({ batchOf })));
  return batches;
}

function idsOf(jobs: readonly JobView[]): readonly JobId[] {
  return jobs.map(({ id }) => id);
}

function lines(jobs: readonly JobView[]): readonly string[] {
  const cancelled = jobs.filter((job) => job.status === 'cancelled').length;
  return [
    ...jobs.map((job) => (isEnded(job) ? jobLine(job) : `${oneLine(job.address)}  cancelling`)),
    summary(cancelled),
  ];
}

function summary(cancelled: number): string {
  return cancelled === 0 ? 'Nothing to cancel.' : `Cancelled ${plural(cancelled, 'job')}.`;
}
