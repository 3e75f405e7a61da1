import type { Command } from 'commander';
import type { FixedTakes } from '../../core/protocol/fixedTakes.ts';
import type { Problem } from '../../core/protocol/views.ts';
import { exitCodes } from '../exit.ts';
import { fixedLines } from '../format/fixed.ts';
import { oneLine, plural } from '../format/text.ts';
import { examples } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';
import { runWatched } from '../runWatched.ts';
import { sayUncommitted } from '../takeNotes.ts';

export function registerValidate(program: Command, run: Run): void {
  program
    .command('validate')
    .description('check the files of the project; exits 1 where something is wrong')
    .option(
      '--fix',
      'merge what two branches have changed, and give what both made under one number a number each',
    )
    .addHelpText(
      'after',
      examples('validate', 'validate --fix', '-C ~/Films/Projects/The_Last_Reel validate --json'),
    )
    .action(({ fix }: { fix?: true }) => run((session) => validate(session, fix === true)));
}

async function validate(session: Session, fix: boolean): Promise<Reply> {
  const root = await session.project();
  const studio = session.studio();
  const fixed = fix ? await studio.fixTakes(root) : undefined;
  sayUncommitted(session.terminal, fixed?.commit);
  const { problems } = await runWatched(session, { kind: 'validate', root });
  const all = withUnmerged(problems, fixed?.unmerged ?? []);
  const ok = all.length === 0;
  return {
    json: {
      ok,
      problems: all.map(({ path, code, message }) => ({ path, code, message })),
      ...(fixed === undefined ? {} : fixedJson(fixed)),
    },
    lines: [
      ...(fixed === undefined ? [] : fixedLines(fixed)),
      ...(ok ? ['No problems.'] : [...all.flatMap(lines), `${plural(all.length, 'problem')}.`]),
    ],
    exitCode: ok ? exitCodes.done : exitCodes.failed,
  };
}

function fixedJson({ renumbered, merged, notes, unmerged }: FixedTakes): object {
  return { renumbered, merged, notes, unmerged: unmerged.map(({ path }) => path) };
}

/** Of what could not be merged, the reason is told in place of the advice to merge it. */
function withUnmerged(problems: readonly Problem[], unmerged: readonly Problem[]): readonly Problem[] {
  const told = new Set(unmerged.map(({ path }) => path));
  return [...problems.filter(({ path }) => !told.has(path)), ...unmerged];
}

function lines(problem: Problem): readonly string[] {
  const hint = problem.hint === undefined ? [] : [`  hint: ${oneLine(problem.hint)}`];
  return [`${oneLine(problem.path)}: ${oneLine(problem.message)}`, ...hint];
}
