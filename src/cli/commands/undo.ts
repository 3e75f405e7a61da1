import type { Command } from 'commander';
import type { Undone } from '../../core/ports/studio.ts';
import { oneLine } from '../format/text.ts';
import { examples } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';
import { sayUncommitted } from '../takeNotes.ts';

export function registerUndo(program: Command, run: Run): void {
  program
    .command('undo')
    .description('take back the last edit: a chapter, scene or shot that was added, a take made active')
    .addHelpText('after', examples('undo'))
    .action(() =>
      run(async (session) => {
        const undone = await session.studio().undoEdit(await session.project());
        return { ...reply(session, undone, 'Undid'), json: { undone: shape(undone) } };
      }),
    );
}

export function registerRedo(program: Command, run: Run): void {
  program
    .command('redo')
    .description('do again what was undone last, until the next edit')
    .addHelpText('after', examples('redo'))
    .action(() =>
      run(async (session) => {
        const redone = await session.studio().redoEdit(await session.project());
        return { ...reply(session, redone, 'Did again'), json: { redone: shape(redone) } };
      }),
    );
}

function reply({ terminal }: Session, { summary, commit }: Undone, done: string): Pick<Reply, 'lines'> {
  sayUncommitted(terminal, commit);
  return { lines: [`${done}: ${oneLine(summary)}`] };
}

function shape({ summary, files }: Undone): Pick<Undone, 'summary' | 'files'> {
  return { summary, files };
}
