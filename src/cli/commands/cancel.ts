import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { AuteurError } from '../../core/errors.ts';
import type { JobId } from '../../core/model/ids.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { JobView } from '../../core/protocol/views.ts';
import { UsageError } from '../exit.ts';
import { oneLine, plural } from '../format/text.ts';
import { isEnded, jobJson } from '../jobJson.ts';
import { examples } from '../options.ts';
import { cancelUnlessEnded } from '../progress/follow.ts';
import { jobLine } from '../progress/jobLine.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';

interface CancelOptions {
  readonly all?: true;
}

/** A runner looks for cancelled jobs every few seconds; one that died never does. */
const patience = 10_000;

export function registerCancel(program: Command, run: Run): void {
  program
    .command('cancel')
    .description('cancel jobs')
    .argument('[job...]', 'ids, or their beginnings, as "auteur jobs" shows them')
    .option('--all', 'every job of this project that waits or runs')
    .addHelpText('after', examples('cancel 3f2a91c0', 'cancel --all'))
    .action((jobs: string[], options: CancelOptions) => run((session) => cancel(session, jobs, options)));
}

async function cancel(session: Session, named: readonly string[], options: CancelOptions): Promise<Reply> {
  if (named.length > 0 === (options.all === true)) {
    throw new UsageError('Name the jobs to cancel, or give --all.', 'Run "auteur jobs" to see them.');
  }
  const studio = session.studio();
  const ids =
    options.all === true ? await openJobs(studio, await session.project()) : await resolve(studio, named);
  for (const id of ids) await (options.all === true ? cancelUnlessEnded(studio, id) : studio.cancelJob(id));
  // What became of them is read afterwards, whichever of the two comes first.
  const settled = Promise.allSettled([studio.settled(ids)]);
  if (ids.length > 0) await Promise.race([settled, sleep(patience, undefined, { ref: false })]);
  const jobs = ids.length === 0 ? [] : await studio.jobs({ ids });
  return { json: { jobs: jobs.map(jobJson) }, lines: lines(jobs) };
}

async function openJobs(studio: Studio, root: string): Promise<readonly JobId[]> {
  return (await studio.jobs({ root })).filter((job) => !isEnded(job)).map((job) => job.id);
}

async function resolve(studio: Studio, named: readonly string[]): Promise<readonly JobId[]> {
  const jobs = await studio.jobs({});
  return named.map((name) => idOf(jobs, name));
}

function idOf(jobs: readonly JobView[], name: string): JobId {
  const exact = jobs.find((job) => job.id === name);
  const [found, another] = exact === undefined ? jobs.filter((job) => job.id.startsWith(name)) : [exact];
  if (found !== undefined && another === undefined && name !== '') return found.id;
  throw new AuteurError('job-unknown', {
    id: another === undefined ? name : `with only ${name} at its start`,
  });
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
