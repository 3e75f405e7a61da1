import type { Command } from 'commander';
import { Quality } from '../../core/model/quality.ts';
import type { GenerateRequest, Studio } from '../../core/ports/studio.ts';
import type { JobView } from '../../core/protocol/views.ts';
import { maxTakes } from '../../runner/jobRequests.ts';
import { dryRunReply } from '../dryRunReply.ts';
import { startWorker } from '../detachedWorker.ts';
import { exitCodes, InterruptedError, UsageError } from '../exit.ts';
import { oneLine, plural } from '../format/text.ts';
import { generateReply } from '../generateReply.ts';
import { jobJson } from '../jobJson.ts';
import { choice, examples, numberIn } from '../options.ts';
import { cancelling, follow } from '../progress/follow.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';
import { sayFallbacks, sayPendingCommits } from '../takeNotes.ts';

type How = Omit<GenerateRequest, 'root' | 'addresses'>;

interface GenerateOptions extends Omit<How, 'recipe' | 'stale' | 'missing'>, RecipeOptions {
  readonly stale?: true;
  readonly missing?: true;
  readonly scene?: string;
  readonly all?: true;
  readonly detach?: true;
  readonly dryRun?: true;
}

interface RecipeOptions {
  readonly recipe?: number;
  readonly anyway?: true;
}

/** How long after the first signal the command may still run; what waits then is done by whoever comes next. */
const patience = 9500;

const takesRange = { min: 1, max: maxTakes, whole: true };
const takeRange = { min: 1, max: 999_999, whole: true };
const seedRange = { min: 0, max: 0xffff_ffff, whole: true };

export function registerGenerate(program: Command, run: Run): void {
  program
    .command('generate')
    .description('make takes of shots and record them')
    .argument(
      '[address...]',
      'shots, e.g. 01/02/03; a chapter or a scene means all its shots, "01/*/*" or "*/*/03" those that fit',
    )
    .option('--scene <address>', 'every shot of a scene')
    .option('--all', 'every shot of the film')
    .option('--takes <n>', 'takes of each shot', numberIn('--takes', takesRange))
    .option('--quality <tier>', Quality.options.join(', '), choice('--quality', Quality.options))
    .option('--pipeline <id>', 'this pipeline and no other; without it, one that can run here is found')
    .option('--seed <n>', 'seed of the first take', numberIn('--seed', seedRange))
    .option('--stale', 'only shots whose shown take was made from what has changed since')
    .option('--missing', 'only shots without a take, or with rejected ones alone')
    .option(
      '--recipe <take>',
      'make this take of the one shot again, as it was recorded',
      numberIn('--recipe', takeRange),
    )
    .option('--anyway', 'with --recipe: also where something is not as it was')
    .option('--detach', 'only accept the jobs; a worker in the background runs them')
    .option('--dry-run', 'only say what would be made, with what, where and from which words')
    .addHelpText(
      'after',
      examples(
        'generate 01/02/03',
        'generate --scene 01/02 --takes 3',
        'generate --all --json',
        'generate 01 --detach',
        'generate --stale',
        'generate "*/*/01" --missing --dry-run',
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
  const { scene, all = false, detach = false, dryRun = false, recipe, anyway, ...how } = options;
  const ways = [addresses.length > 0, scene !== undefined, all].filter(Boolean).length;
  // What is stale or missing needs no place: the whole film is meant.
  if (ways > 1 || (ways === 0 && how.stale === undefined && how.missing === undefined)) {
    const hint = 'Try "auteur generate --all".';
    throw new UsageError('Say which shots: by address, with --scene, or with --all.', hint);
  }
  requireSense(how, { detach, dryRun });
  const chosen = scene === undefined ? addresses : [scene];
  const request = {
    root: await session.project(),
    addresses: chosen,
    ...how,
    ...recipeOf(chosen, { ...how, recipe, anyway }),
  };
  if (dryRun) return dryRunReply(session, request);
  return detach ? submit(session, request) : makeTakes(session, request);
}

function requireSense(
  { stale, missing }: How,
  { detach, dryRun }: { detach: boolean; dryRun: boolean },
): void {
  if (stale !== undefined && missing !== undefined)
    throw new UsageError('A shot is stale or missing, never both.', 'Choose --stale or --missing.');
  if (detach && dryRun)
    throw new UsageError('With --dry-run there is nothing to detach.', 'Leave out --detach or --dry-run.');
}

/** A recipe says everything itself. */
function recipeOf(
  addresses: readonly string[],
  { recipe, anyway, ...how }: Omit<How, 'recipe'> & { recipe: number | undefined; anyway: true | undefined },
): Pick<How, 'recipe'> {
  const hint = 'Try "auteur generate 01/02/03 --recipe 2".';
  if (recipe === undefined) {
    if (anyway === undefined) return {};
    throw new UsageError('--anyway goes with --recipe.', hint);
  }
  if (addresses.length !== 1 || Object.keys(how).length > 0)
    throw new UsageError('--recipe makes one take of one shot, and takes no other option.', hint);
  return { recipe: { take: recipe, ...(anyway === undefined ? {} : { anyway }) } };
}

async function makeTakes(session: Session, request: GenerateRequest): Promise<Reply> {
  const { interrupt, terminal } = session;
  const answer = interrupt.answer(() => terminal.note(cancelling));
  const signals = interrupt.listen();
  // Closing records and commits what is still on its way.
  const inTime = (closing: Promise<void>): Promise<void> =>
    Promise.race([closing, interrupt.since(patience)]);
  try {
    const started = Date.now();
    const last = await takesOf(session, request);
    await inTime(session.close());
    sayPendingCommits(terminal, last);
    return generateReply(session, last, Date.now() - started);
  } catch (error) {
    await Promise.allSettled([inTime(session.leave())]);
    throw error;
  } finally {
    for (const item of [signals, answer]) item.dispose();
  }
}

async function takesOf(session: Session, request: GenerateRequest): Promise<readonly JobView[]> {
  const studio = session.studio('open');
  const accepted = await accept(session, studio, request);
  sayFallbacks(session.terminal, accepted);
  return follow(
    session,
    studio,
    accepted.map((job) => job.id),
  );
}

/** A project on a disk that does not answer must not keep a user who wants to leave. */
async function accept(
  session: Session,
  studio: Studio,
  request: GenerateRequest,
): Promise<readonly JobView[]> {
  const { interrupt } = session;
  const left = interrupt.since(patience);
  await Promise.race([studio.openProject(request.root), left]);
  const { exitCode } = interrupt;
  if (exitCode !== undefined) throw new InterruptedError('Stopped before any job was accepted.', exitCode);
  // From here on the jobs are accepted: a wish to stop cancels them.
  return studio.generate(request);
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
  return oneLine(`${job.id}  ${job.address}`);
}
