import type { Command } from 'commander';
import type { JobsMeant, RetrySeed } from '../../core/protocol/queueView.ts';
import { UsageError } from '../exit.ts';
import { makeTakes, submitTakes, type TakesWanted } from '../makeTakes.ts';
import { namedJobs } from '../namedJobs.ts';
import { examples } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';

interface RetryOptions {
  readonly all?: true;
  readonly newSeed?: true;
  readonly detach?: true;
}

export function registerRetry(program: Command, run: Run): void {
  program
    .command('retry')
    .description('ask anew for takes whose jobs failed or were cancelled')
    .argument('[job...]', 'ids, or their beginnings, as "auteur jobs" shows them')
    .option('--all', 'every job of this project that failed and was not tried again yet')
    .option('--new-seed', 'with another seed; without it, with the same')
    .option('--detach', 'only accept the jobs; a worker in the background runs them')
    .addHelpText('after', examples('retry 3f2a91c0', 'retry --all --new-seed'))
    .action((jobs: string[], options: RetryOptions) => run((session) => retry(session, jobs, options)));
}

async function retry(session: Session, named: readonly string[], options: RetryOptions): Promise<Reply> {
  if (named.length > 0 === (options.all === true))
    throw new UsageError('Name the jobs to try again, or give --all.', 'Run "auteur jobs" to see them.');
  const seed = options.newSeed === true ? 'new' : 'same';
  const wanted = await wantedOf(session, named, seed);
  return options.detach === true ? submitTakes(session, wanted) : makeTakes(session, wanted);
}

async function wantedOf(session: Session, named: readonly string[], seed: RetrySeed): Promise<TakesWanted> {
  const ask = (meant: JobsMeant): TakesWanted['ask'] => {
    return (studio) => studio.retryJobs(meant, seed);
  };
  if (named.length === 0) {
    const root = await session.project();
    return { roots: [root], ask: ask({ root }), none: 'Nothing has failed that was not tried again.' };
  }
  const jobs = await namedJobs(session.studio(), named);
  const roots = new Set(jobs.map(({ projectRoot }) => projectRoot));
  return { roots: [...roots], ask: ask({ ids: jobs.map(({ id }) => id) }) };
}
