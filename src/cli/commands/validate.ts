import type { Command } from 'commander';
import type { FixedTakes } from '../../core/protocol/fixedTakes.ts';
import type { Problem } from '../../core/protocol/views.ts';
import { exitCodes } from '../exit.ts';
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
    .option('--fix', 'give takes that two branches have made under one number a number each')
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
  const ok = problems.length === 0;
  return {
    json: {
      ok,
      problems: problems.map(({ path, code, message }) => ({ path, code, message })),
      ...(fixed === undefined ? {} : { renumbered: fixed.renumbered }),
    },
    lines: [
      ...fixedLines(fixed),
      ...(ok ? ['No problems.'] : [...problems.flatMap(lines), `${plural(problems.length, 'problem')}.`]),
    ],
    exitCode: ok ? exitCodes.done : exitCodes.failed,
  };
}

function fixedLines(fixed: FixedTakes | undefined): readonly string[] {
  if (fixed === undefined || fixed.renumbered.length === 0) return [];
  const moved = fixed.renumbered.map(({ folder, from, to }) =>
    oneLine(`${folder}: the later take ${from} is take ${to} now.`),
  );
  return fixed.merging ? [...moved, 'The merge is staged so far; commit it with "git commit".'] : moved;
}

function lines(problem: Problem): readonly string[] {
  const hint = problem.hint === undefined ? [] : [`  hint: ${oneLine(problem.hint)}`];
  return [`${oneLine(problem.path)}: ${oneLine(problem.message)}`, ...hint];
}
