import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { AuteurError } from '../../core/errors.ts';
import type { JobFilter, Studio } from '../../core/ports/studio.ts';
import type { QueueView } from '../../core/protocol/queueView.ts';
import type { JobView } from '../../core/protocol/views.ts';
import { exitCodes } from '../exit.ts';
import { table } from '../format/table.ts';
import { clip } from '../format/text.ts';
import { failureOf, isEnded, jobJson } from '../jobJson.ts';
import { examples } from '../options.ts';
import { createDisplay, drawingOn, drawsInPlace, type ProgressDisplay } from '../progress/display.ts';
import { queueJson, queueLine } from '../queueLine.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';
import { registerJobsLog } from './jobsLog.ts';

interface JobsOptions {
  readonly watch?: true;
}

/** Another process may die without a word, so the queue is read again even when nothing was announced. */
const pollInterval = 1000;
const redrawInterval = 100;
const endedShown = 20;

export function registerJobs(program: Command, run: Run): void {
  const command = program
    .command('jobs')
    .description(
      'show the jobs of this project, and why each waits; outside a project, those of this machine',
    )
    .option('--watch', 'keep showing them until none waits or runs')
    .addHelpText('after', examples('jobs', 'jobs --watch', 'jobs --json', 'jobs log 3f2a91c0 --follow'))
    .action((options: JobsOptions) => run((session) => jobs(session, options)));
  registerJobsLog(command, run);
}

async function jobs(session: Session, options: JobsOptions): Promise<Reply> {
  const filter = await scope(session);
  const studio = session.studio();
  if (options.watch === true) await watch(session, studio, filter);
  const found = await studio.jobs(filter);
  const queue = queueJson(await studio.queue());
  const lines = [...jobLines(found, process.stdout.columns), ...openLines(found, queue)];
  return {
    json: { jobs: found.map(jobJson), queue },
    lines: lines.length === 0 ? ['No jobs.'] : lines,
    exitCode: session.interrupt.exitCode ?? exitCodes.done,
  };
}

async function scope(session: Session): Promise<JobFilter> {
  try {
    return { root: await session.project() };
  } catch (error) {
    if (!session.folderWasNamed && AuteurError.is(error, 'not-a-project')) return {};
    throw error;
  }
}

async function watch(session: Session, studio: Studio, filter: JobFilter): Promise<void> {
  const display = await drawing(session);
  const signals = session.interrupt.listen();
  const unread = session.terminal.onClosed(() => session.interrupt.stop());
  let wake: () => void = () => undefined;
  const news = studio.onJobs(() => wake());
  try {
    while (!session.interrupt.signal.aborted) {
      const changed = new Promise<void>((resolve) => (wake = resolve));
      const found = await studio.jobs(filter);
      display.update(found);
      if (found.every(isEnded)) return;
      await Promise.race([changed, session.interrupt.asked, sleep(pollInterval, undefined, { ref: false })]);
      await sleep(redrawInterval);
    }
  } finally {
    for (const item of [news, unread, signals, display]) item.dispose();
  }
}

async function drawing(session: Session): Promise<ProgressDisplay> {
  const stream = session.terminal.progressStream;
  if (stream === undefined || !drawsInPlace(stream)) return createDisplay(session.terminal);
  const log = await drawingOn(stream);
  return {
    update: (found) =>
      log(
        jobLines(found, stream.columns)
          .slice(0, Math.max(1, stream.rows - 1))
          .join('\n'),
      ),
    say: (text) => log.persist(text),
    sayBelow: () => undefined,
    dispose: () => {
      log.clear();
      log.done();
    },
  };
}

function jobLines(all: readonly JobView[], width = Number.POSITIVE_INFINITY): readonly string[] {
  const open = all.filter((job) => !isEnded(job)).sort(byTurn);
  const ended = all.filter(isEnded);
  const rows = [...open, ...ended.slice(0, endedShown)].map(row);
  const more = ended.length > endedShown ? [`… and ${ended.length - endedShown} that ended earlier`] : [];
  return [...table(rows), ...more].map((line) => clip(line, width));
}

/** Where something is open, how the whole queue stands. */
function openLines(jobs: readonly JobView[], queue: Omit<QueueView, 'next'>): readonly string[] {
  return jobs.every(isEnded) && !queue.paused ? [] : [queueLine(queue)];
}

function row(job: JobView): readonly string[] {
  return [job.id.slice(0, 8), job.status, job.address, job.projectName, job.pipeline.id, detail(job)];
}

/** What runs, then what waits, in the order in which it is to run. */
function byTurn(a: JobView, b: JobView): number {
  const runs = Number(b.status === 'running') - Number(a.status === 'running');
  return runs || (b.priority ?? 0) - (a.priority ?? 0) || (a.place ?? 0) - (b.place ?? 0);
}

function detail(job: JobView): string {
  switch (job.status) {
    case 'pending':
      return job.waiting ?? '';
    case 'running':
      return `${Math.round(job.progress * 100)}% ${job.step}`;
    case 'completed':
      return job.take?.path ?? '';
    case 'error':
      return failureOf(job).message;
    case 'cancelled':
      return '';
  }
}
