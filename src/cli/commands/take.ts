import type { Command } from 'commander';
import { AuteurError } from '../../core/errors.ts';
import { slateCode } from '../../core/model/address.ts';
import type { EditRequest, TakeName, Verdict } from '../../core/protocol/editRequest.ts';
import { editReply } from '../editReply.ts';
import { oneLine } from '../format/text.ts';
import { examples, wholeNumberIn } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';
import { sayUncommitted } from '../takeNotes.ts';

const takeNumber = wholeNumberIn('take', { min: 1, max: 999_999 });
const stars = wholeNumberIn('rating', { min: 0, max: 5 });
/** More than anybody decides about in one go. */
const mostTakes = 10_000;

export function registerTake(program: Command, run: Run): void {
  const take = program.command('take').description('decide about takes');
  registerActive(take, run);
  const review = (name: string, what: string, verdict: Verdict): void => {
    about(take, name, what)
      .addHelpText('after', examples(`take ${name} 01/02/03 2`, `take ${name} 01/02/03 1,4-6`))
      .action((address: string, takes: string) =>
        run((session) => edit(session, reviewOf(address, takes, verdict))),
      );
  };
  review('approve', 'mark takes as approved', { status: 'approved' });
  review('reject', 'mark takes as rejected; a rejected take is never shown as the latest', {
    status: 'rejected',
  });
  review('clear', 'take back that takes were approved or rejected', { status: null });
  registerRate(take, run);
  registerNote(take, run);
  registerDelete(take, run);
}

function about(take: Command, name: string, what: string): Command {
  return take
    .command(name)
    .description(what)
    .argument('<address>', 'address of the shot, e.g. 01/02/03')
    .argument('<takes>', 'numbers of takes, e.g. 2 or 1,4-6');
}

function registerActive(take: Command, run: Run): void {
  take
    .command('activate')
    .description('make a take the one its shot shows and exports')
    .argument('<address>', 'address of the shot, e.g. 01/02/03')
    .argument('<number>', 'number of the take', takeNumber)
    .addHelpText('after', examples('take activate 01/02/03 2'))
    .action((address: string, number: number) => run((session) => activate(session, address, number)));
  take
    .command('deactivate')
    .description('leave open which take a shot shows: its newest that is not rejected')
    .argument('<address...>', 'addresses of shots')
    .addHelpText('after', examples('take deactivate 01/02/03'))
    .action((addresses: string[]) => run((session) => edit(session, { kind: 'deactivateTake', addresses })));
}

function registerRate(take: Command, run: Run): void {
  about(take, 'rate', 'give takes 1 to 5 stars; 0 takes them back')
    .argument('<stars>', '0 to 5', stars)
    .addHelpText('after', examples('take rate 01/02/03 2 4'))
    .action((address: string, takes: string, rating: number) =>
      run((session) => edit(session, reviewOf(address, takes, { rating }))),
    );
}

function registerNote(take: Command, run: Run): void {
  about(take, 'note', 'note something on takes; an empty text takes the note away')
    .argument('<text>')
    .addHelpText('after', examples('take note 01/02/03 2 "Her hand hides the letter"'))
    .action((address: string, takes: string, note: string) =>
      run((session) => edit(session, reviewOf(address, takes, { note: note === '' ? null : note }))),
    );
}

function registerDelete(take: Command, run: Run): void {
  about(take, 'delete', 'delete the media of takes; their numbers are never given again')
    .option('--deactivate', 'also where one of them is the active take')
    .addHelpText('after', examples('take delete 01/02/03 2', 'undo'))
    .action((address: string, takes: string, { deactivate }: { deactivate?: true }) =>
      run((session) =>
        edit(session, {
          kind: 'deleteTakes',
          takes: takesAt(address, takes),
          ...(deactivate === undefined ? {} : { deactivate }),
        }),
      ),
    );
}

function reviewOf(address: string, takes: string, review: Verdict): EditRequest {
  return { kind: 'reviewTakes', takes: takesAt(address, takes), review };
}

/** `1,4-6` → 1, 4, 5, 6. */
function takesAt(address: string, text: string): TakeName[] {
  const numbers = text.split(',').flatMap((part) => {
    const [first = '', last = first, ...more] = part.split('-');
    if (more.length > 0) throw notTakes(text);
    const [from, to] = [takeNumber(first), takeNumber(last)];
    if (to < from || to - from >= mostTakes) throw notTakes(text);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
  return numbers.map((take) => ({ address, take }));
}

function notTakes(value: string): AuteurError {
  return new AuteurError('value-invalid', { name: 'takes', value, reason: 'write them as 2 or 1,4-6' });
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

async function edit(session: Session, request: EditRequest): Promise<Reply> {
  const edited = await session.studio().edit(await session.project(), request);
  const { summary, nodes, commit } = edited;
  sayUncommitted(session.terminal, commit);
  const takes = nodes.flatMap(({ address, id, take }) => (take === undefined ? [] : [{ address, take, id }]));
  const named = takes.map(({ address, take }) => oneLine(`${address} take ${slateCode(take)}`));
  const lines = [`${oneLine(summary)}.`, ...(takes.length > 1 ? named : [])];
  return editReply(edited, { json: { summary, takes }, lines });
}
