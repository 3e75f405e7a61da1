import type { Command } from 'commander';
import type { Studio } from '../../core/ports/studio.ts';
import type { QueuePlace } from '../../core/protocol/queueView.ts';
import { maxPriority } from '../../runner/jobRequests.ts';
import { UsageError } from '../exit.ts';
import { plural } from '../format/text.ts';
import { jobJson } from '../jobJson.ts';
import { namedJobs } from '../namedJobs.ts';
import { examples, wholeNumberIn } from '../options.ts';
import { queueJson, queueLine } from '../queueLine.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';

interface MoveOptions {
  readonly top?: true;
  readonly end?: true;
  readonly before?: string;
  readonly after?: string;
  readonly priority?: number;
}

export function registerQueue(program: Command, run: Run): void {
  const queue = program
    .command('queue')
    .description('pause, resume and order the queue of this machine')
    .addHelpText('after', examples('queue show', 'queue pause', 'queue move 3f2a91c0 --top'));
  queue
    .command('show')
    .description('say how the queue stands')
    .action(() => run((session) => reply(session.studio())));
  queue
    .command('pause')
    .description('begin nothing new, in no window and no worker; what runs goes on')
    .action(() => run((session) => change(session, (studio) => studio.pauseQueue())));
  queue
    .command('resume')
    .description('go on after a pause')
    .action(() => run((session) => change(session, (studio) => studio.resumeQueue())));
  queue
    .command('move')
    .description('put waiting jobs elsewhere, in the order they are named')
    .argument('<job...>', 'ids, or their beginnings, as "auteur jobs" shows them')
    .option('--top', 'before all others')
    .option('--end', 'after all others')
    .option('--before <job>', 'before this one')
    .option('--after <job>', 'after this one')
    .option(
      '--priority <n>',
      'higher goes first; jobs have 0',
      wholeNumberIn('--priority', { min: -maxPriority, max: maxPriority }),
    )
    .addHelpText('after', examples('queue move 3f2a91c0 --top', 'queue move 3f2a 91c0 --before 77b1'))
    .action((jobs: string[], options: MoveOptions) => run((session) => move(session, jobs, options)));
}

async function change(session: Session, work: (studio: Studio) => Promise<void>): Promise<Reply> {
  const studio = session.studio();
  await work(studio);
  return reply(studio);
}

async function reply(studio: Studio): Promise<Reply> {
  const queue = queueJson(await studio.queue());
  return { json: { queue }, lines: [queueLine(queue)] };
}

async function move(session: Session, named: readonly string[], options: MoveOptions): Promise<Reply> {
  const studio = session.studio();
  const place = await placeOf(studio, options);
  const jobs = await namedJobs(studio, named);
  const ids = jobs.map(({ id }) => id);
  await studio.moveJobs(ids, place);
  const waiting = (await studio.jobs({ ids })).filter(({ status }) => status === 'pending');
  const left = jobs.length - waiting.length;
  const lines = [
    `${plural(waiting.length, 'job')} moved.`,
    ...(left === 0 ? [] : [`${plural(left, 'job')} left: not waiting any more.`]),
  ];
  return { json: { jobs: waiting.map(jobJson) }, lines };
}

async function placeOf(studio: Studio, options: MoveOptions): Promise<QueuePlace> {
  const { top, end, before, after, priority } = options;
  const places: readonly QueuePlace[] = [
    ...(top === undefined ? [] : [{ to: 'top' } as const]),
    ...(end === undefined ? [] : [{ to: 'end' } as const]),
    ...(before === undefined ? [] : [{ to: 'before', job: await oneJob(studio, before) } as const]),
    ...(after === undefined ? [] : [{ to: 'after', job: await oneJob(studio, after) } as const]),
    ...(priority === undefined ? [] : [{ to: 'priority', priority } as const]),
  ];
  const [place, another] = places;
  if (place !== undefined && another === undefined) return place;
  throw new UsageError(
    'Say where to: with one of --top, --end, --before, --after and --priority.',
    'Try "auteur queue move 3f2a91c0 --top".',
  );
}

async function oneJob(studio: Studio, name: string) {
  const [job] = await namedJobs(studio, [name]);
  if (job === undefined) throw new RangeError('A name that is resolved has its job.');
  return job.id;
}
