import type { Command } from 'commander';
import { Quality } from '../../core/model/quality.ts';
import type { GenerateRequest } from '../../core/ports/studio.ts';
import type { JobView } from '../../core/protocol/views.ts';
import { startWorker } from '../detachedWorker.ts';
import { exitCodes, UsageError } from '../exit.ts';
import { plural } from '../format/text.ts';
import { generateReply } from '../generateReply.ts';
import { jobJson } from '../jobJson.ts';
import { choice, examples, numberIn } from '../options.ts';
import { follow } from '../progress/follow.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';
import { sayFallbacks, sayPendingCommits } from '../takeNotes.ts';

type How = Omit<GenerateRequest, 'root' | 'addresses'>;

interface GenerateOptions extends How {
  readonly scene?: string;
  readonly all?: true;
  readonly detach?: true;
}

const takesRange = { min: 1, max: 999, whole: true };
const seedRange = { min: 0, max: 0xffff_ffff, whole: true };

export function registerGenerate(program: Command, run: Run): void {
  program
    .command('generate')
    .description('make takes of shots and record them')
    .argument('[address...]', 'shots, e.g. 01/02/03; a chapter or a scene means all its shots')
    .option('--scene <address>', 'every shot of a scene')
    .option('--all', 'every shot of the film')
    .option('--takes <n>', 'takes of each shot', numberIn('--takes', takesRange))
    .option('--quality <tier>', Quality.options.join(', '), choice('--quality', Quality.options))
    .option('--pipeline <id>', 'this pipeline and no other; without it, one that can run here is found')
    .option('--seed <n>', 'seed of the first take', numberIn('--seed', seedRange))
    .option('--detach', 'only accept the jobs; a worker in the background runs them')
    .addHelpText(
      'after',
      examples(
        'generate 01/02/03',
        'generate --scene 01/02 --takes 3',
        'generate --all --json',
        'generate 01 --detach',
      ),
    )
    .action((addresses: string[], options: GenerateOptions) =>
      run((session) => generate(session, addresses, options)),
    );
}

async function generate(
  session: Session,
  addresses: readonly string[],
  options: GenerateOptions,
): Promise<Reply> {
  const { scene, all = false, detach = false, ...how } = options;
  const ways = [addresses.length > 0, scene !== undefined, all].filter(Boolean).length;
  if (ways !== 1) {
    const hint = 'Try "auteur generate --all".';
    throw new UsageError('Say which shots: by address, with --scene, or with --all.', hint);
  }
  const chosen = scene === undefined ? addresses : [scene];
  const request = { root: await session.project(), addresses: chosen, ...how };
  return detach ? submit(session, request) : makeTakes(session, request);
}

async function makeTakes(session: Session, request: GenerateRequest): Promise<Reply> {
  const signals = session.interrupt.listen();
  try {
    const started = Date.now();
    const studio = session.studio('open');
    await studio.openProject(request.root);
    const accepted = await studio.generate(request);
    sayFallbacks(session.terminal, accepted);
    const ids = accepted.map((job) => job.id);
    const ended = await follow(session, studio, ids);
    // Closing records and commits what is still on its way.
    await session.close();
    sayPendingCommits(session.terminal, ended);
    return generateReply(session, ended, Date.now() - started);
  } finally {
    signals.dispose();
  }
}

async function submit(session: Session, request: GenerateRequest): Promise<Reply> {
  const studio = session.studio();
  const accepted = await studio.generate(request);
  await startWorker(session.home);
  sayFallbacks(session.terminal, accepted);
  return {
    json: { jobs: accepted.map(jobJson) },
    lines: [...accepted.map(detachedLine), `${plural(accepted.length, 'job')} accepted.`],
    exitCode: exitCodes.done,
  };
}

function detachedLine(job: JobView): string {
  return `${job.id}  ${job.address}`;
}
