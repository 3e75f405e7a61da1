import type { Command } from 'commander';
import { AuteurError } from '../../core/errors.ts';
import type { BeatView } from '../../core/protocol/beatView.ts';
import type { EditRequest } from '../../core/protocol/editRequest.ts';
import { editReply } from '../editReply.ts';
import { table } from '../format/table.ts';
import { oneLine } from '../format/text.ts';
import { examples, numberIn } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';
import { sayUncommitted } from '../takeNotes.ts';

type Values = Extract<EditRequest, { kind: 'addBeat' }>['values'];

const share = { min: 0, max: 1 };
const keys = ['name', 'description', 'position', 'intensity', 'at'] as const;

export function registerBeat(program: Command, run: Run): void {
  const beat = program.command('beat').description('list, add, change and delete emotional beats');
  beat
    .command('list')
    .description('list the emotional beats of the film')
    .addHelpText('after', examples('beat list'))
    .action(() => run(list));
  registerAdd(beat, run);
  beat
    .command('set')
    .description('change a beat')
    .argument('<beat>', 'its number in "auteur beat list", or its id')
    .argument('<key=value...>', `${keys.join(', ')}; an empty value takes a description or a binding away`)
    .addHelpText('after', examples('beat set 3 intensity=0.8 at=01/02', 'beat set 3 at='))
    .action((named: string, pairs: readonly string[]) =>
      run((session) =>
        edit(session, { kind: 'setBeat', beat: named, values: Object.fromEntries(pairs.map(valueOf)) }),
      ),
    );
  beat
    .command('delete')
    .description('delete beats; "auteur undo" brings them back')
    .argument('<beat...>', 'numbers in "auteur beat list", or ids')
    .addHelpText('after', examples('beat delete 3'))
    .action((beats: string[]) => run((session) => edit(session, { kind: 'deleteBeats', beats })));
}

function registerAdd(beat: Command, run: Run): void {
  beat
    .command('add')
    .description('add a beat; prints its id')
    .argument('<name>')
    .requiredOption('--position <0..1>', 'where in the film', numberIn('--position', share))
    .option('--intensity <0..1>', 'how strongly it is felt', numberIn('--intensity', share), 0.5)
    .option('--description <text>', 'what happens')
    .option('--at <address>', 'the scene or chapter it is bound to')
    .addHelpText('after', examples('beat add "A doubt" --position 0.4 --intensity 0.6 --at 01/02'))
    .action((name: string, options: Omit<Values, 'name'>) =>
      run((session) => edit(session, { kind: 'addBeat', values: { name, ...options } })),
    );
}

async function list(session: Session): Promise<Reply> {
  const beats = await session.studio().beats(await session.project());
  const head = ['NO', 'AT', 'INTENSITY', 'IN', 'NAME', 'DESCRIPTION'];
  return {
    json: {
      beats: beats.map(({ id, at, boundTo, description, ...beat }) => ({
        ...beat,
        id: id ?? null,
        at: at ?? null,
        boundTo: boundTo ?? null,
        description: description ?? null,
      })),
    },
    lines: beats.length === 0 ? ['No emotional beats.'] : table([head, ...beats.map(row)]),
  };
}

function row({ number, position, intensity, at = '', name, description = '' }: BeatView): readonly string[] {
  return [String(number), String(position), String(intensity), at, name, description];
}

function valueOf(pair: string): readonly [string, string | number | null] {
  const at = pair.indexOf('=');
  const name = at === -1 ? pair : pair.slice(0, at);
  const value = pair.slice(at + 1);
  if (at === -1 || !keys.some((key) => key === name))
    throw new AuteurError('value-invalid', {
      name: 'key=value',
      value: pair,
      reason: `the keys are ${keys.join(', ')}`,
    });
  if (name === 'position' || name === 'intensity') return [name, numberIn(name, share)(value)];
  return [name, value === '' && name !== 'name' ? null : value];
}

async function edit(session: Session, request: EditRequest): Promise<Reply> {
  const edited = await session.studio().edit(await session.project(), request);
  const { nodes, summary, files, commit } = edited;
  sayUncommitted(session.terminal, commit);
  const ids = nodes.map(({ id }) => id);
  const lines = request.kind === 'addBeat' ? ids : [oneLine(summary)];
  return editReply(edited, { json: { ids, summary, files }, lines });
}
