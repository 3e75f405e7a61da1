import type { Command } from 'commander';
import type { Problem } from '../../core/protocol/views.ts';
import { exitCodes } from '../exit.ts';
import { oneLine, plural } from '../format/text.ts';
import { examples } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';

export function registerValidate(program: Command, run: Run): void {
  program
    .command('validate')
    .description('check the files of the project; exits 1 where something is wrong')
    .addHelpText('after', examples('validate', '-C ~/Films/Projects/The_Last_Reel validate --json'))
    .action(() => run(validate));
}

async function validate(session: Session): Promise<Reply> {
  const root = await session.project();
  const studio = session.studio();
  const problems = await studio.validate(root);
  const ok = problems.length === 0;
  return {
    json: { ok, problems: problems.map(({ path, code, message }) => ({ path, code, message })) },
    lines: ok ? ['No problems.'] : [...problems.flatMap(lines), `${plural(problems.length, 'problem')}.`],
    exitCode: ok ? exitCodes.done : exitCodes.failed,
  };
}

function lines(problem: Problem): readonly string[] {
  const hint = problem.hint === undefined ? [] : [`  hint: ${oneLine(problem.hint)}`];
  return [`${oneLine(problem.path)}: ${oneLine(problem.message)}`, ...hint];
}
