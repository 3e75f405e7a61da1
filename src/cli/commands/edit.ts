import type { Command } from 'commander';
import { fieldForms, formOf, fromText, type NodeKind } from '../../core/domain/fieldForms.ts';
import { AuteurError } from '../../core/errors.ts';
import { parseAddress } from '../../core/model/address.ts';
import type { Edited, EditRequest } from '../../core/protocol/editRequest.ts';
import { editReply } from '../editReply.ts';
import { oneLine } from '../format/text.ts';
import { examples } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';
import { sayUncommitted } from '../takeNotes.ts';

/** The address of the film itself. */
const film = 'film';

export function registerEdits(program: Command, run: Run): void {
  registerSet(program, run);
  registerMove(program, run);
  registerDelete(program, run);
  registerDuplicate(program, run);
}

function registerSet(program: Command, run: Run): void {
  program
    .command('set')
    .description('change values of a chapter, scene or shot, or of the film itself')
    .argument('<address>', `e.g. 01/02/03, or "${film}"`)
    .argument('<key=value...>', 'an empty value takes it away')
    .addHelpText(
      'after',
      `\nKeys:\n${Object.entries(fieldForms)
        .map(([kind, named]) => `  ${kind.padEnd(8)} ${Object.keys(named).join(', ')}`)
        .join('\n')}\n${examples(
        'set 01/02/03 size=CU lens=35mm characters=Ada,Emil',
        'set 01/02 location=Kitchen setting=INT timeOfDay=night',
        'set film fps=24000/1001 resolution=1920x1080',
      )}`,
    )
    .action((address: string, pairs: readonly string[]) =>
      run((session) => {
        const values = Object.fromEntries(pairs.map((pair) => valueOf(kindOf(address), pair)));
        return edit(session, { kind: 'set', addresses: [address === film ? '' : address], values });
      }),
    );
}

function registerMove(program: Command, run: Run): void {
  program
    .command('move')
    .description('move chapters, scenes or shots; ids, folders and takes stay as they are')
    .argument('<address...>')
    .option('--into <address>', 'the scene or chapter they go into, at its end')
    .option('--before <address>', 'what they go in front of')
    .addHelpText('after', examples('move 01/02/03 --before 01/02/01', 'move 01/02/03 01/02/04 --into 01/05'))
    .action((addresses: string[], options: { into?: string; before?: string }) =>
      run((session) => edit(session, { kind: 'move', addresses, ...destination(options) })),
    );
}

function registerDelete(program: Command, run: Run): void {
  program
    .command('delete')
    .description('take chapters, scenes or shots out of the film; their takes stay on disk')
    .argument('<address...>')
    .addHelpText('after', examples('delete 01/02/03', 'undo'))
    .action((addresses: string[]) => run((session) => edit(session, { kind: 'delete', addresses })));
}

function registerDuplicate(program: Command, run: Run): void {
  program
    .command('duplicate')
    .description('copy chapters, scenes or shots, without takes; prints the new addresses')
    .argument('<address...>')
    .addHelpText('after', examples('duplicate 01/02/03'))
    .action((addresses: string[]) => run((session) => edit(session, { kind: 'duplicate', addresses })));
}

function kindOf(address: string): NodeKind {
  if (address === film) return 'project';
  const parsed = parseAddress(address);
  if (parsed === undefined) throw new AuteurError('address-invalid', { address });
  if (parsed.scene === undefined) return 'chapter';
  return parsed.shot === undefined ? 'scene' : 'shot';
}

function valueOf(kind: NodeKind, pair: string) {
  const at = pair.indexOf('=');
  if (at < 1)
    throw new AuteurError('value-invalid', { name: 'key=value', value: pair, reason: 'it has no "="' });
  const name = pair.slice(0, at);
  return [name, fromText(formOf(kind, name), pair.slice(at + 1))] as const;
}

/** In front of something means within its parent. */
function destination({ into, before }: { into?: string; before?: string }): {
  into: string;
  before?: string;
} {
  if (before === undefined) return { into: into ?? '' };
  return { into: into ?? before.split('/').slice(0, -1).join('/'), before };
}

async function edit(session: Session, request: EditRequest): Promise<Reply> {
  const edited = await session.studio().edit(await session.project(), request);
  sayUncommitted(session.terminal, edited.commit);
  const { summary, nodes } = edited;
  return editReply(edited, { json: { summary, nodes }, lines: linesOf(request, edited) });
}

function linesOf({ kind }: EditRequest, { nodes }: Edited): readonly string[] {
  if (kind === 'delete') return [`Deleted: ${nodes.map(({ address }) => address).join(', ')}.`];
  if (kind === 'set') return [`Set: ${nodes.map(({ address }) => address || film).join(', ')}.`];
  return nodes.map(({ from, address }) =>
    from === address ? `${address} moved.` : oneLine(`${from ?? ''} → ${address}`),
  );
}
