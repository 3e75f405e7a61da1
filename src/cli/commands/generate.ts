import type { Command } from 'commander';
import { Quality } from '../../core/model/quality.ts';
import type { GenerateRequest } from '../../core/ports/studio.ts';
import { maxPriority, maxTakes } from '../../runner/jobRequests.ts';
import { dryRunReply } from '../dryRunReply.ts';
import { UsageError } from '../exit.ts';
import { makeTakes, submitTakes, type TakesWanted } from '../makeTakes.ts';
import { choice, examples, wholeNumberIn } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';

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

const takesRange = { min: 1, max: maxTakes };
const takeRange = { min: 1, max: 999_999 };
const priorityRange = { min: -maxPriority, max: maxPriority };
const seedRange = { min: 0, max: 0xffff_ffff };

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
    .option('--takes <n>', 'takes of each shot', wholeNumberIn('--takes', takesRange))
    .option('--quality <tier>', Quality.options.join(', '), choice('--quality', Quality.options))
    .option('--pipeline <id>', 'this pipeline and no other; without it, one that can run here is found')
    .option('--seed <n>', 'seed of the first take', wholeNumberIn('--seed', seedRange))
    .option(
      '--priority <n>',
      'higher goes first; 0 unless said otherwise',
      wholeNumberIn('--priority', priorityRange),
    )
    .option('--stale', 'only shots whose shown take was made from what has changed since')
    .option('--missing', 'only shots without a take, or with rejected ones alone')
    .option(
      '--recipe <take>',
      'make this take of the one shot again, as it was recorded',
      wholeNumberIn('--recipe', takeRange),
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
  const wanted: TakesWanted = { roots: [request.root], ask: (studio) => studio.generate(request) };
  return detach ? submitTakes(session, wanted) : makeTakes(session, wanted);
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
