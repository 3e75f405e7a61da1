import type { Command } from 'commander';
import { oneLine } from '../format/text.ts';
import { examples, numberIn } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';
import { sayUncommitted } from '../takeNotes.ts';

const takeNumber = numberIn('take', { min: 1, max: 99_999, whole: true });

export function registerTake(program: Command, run: Run): void {
  const take = program.command('take').description('decide about takes');
  take
    .command('activate')
    .description('make a take the one its shot shows and exports')
    .argument('<address>', 'address of the shot, e.g. 01/02/03')
    .argument('<number>', 'number of the take', takeNumber)
    .addHelpText('after', examples('take activate 01/02/03 2'))
    .action((address: string, number: number) => run((session) => activate(session, address, number)));
}

async function activate(session: Session, address: string, number: number): Promise<Reply> {
  const root = await session.project();
  const studio = session.studio();
  const { take, commit } = await studio.activateTake(root, address, number);
  sayUncommitted(session.terminal, commit);
  return {
    json: { take },
    lines: [`Take ${take.number} of ${oneLine(take.address)} is now the active take.`],
  };
}
