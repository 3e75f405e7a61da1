import type { Command } from 'commander';
import { fieldForms, fromText } from '../../core/domain/fieldForms.ts';
import { AuteurError } from '../../core/errors.ts';
import { wanted } from '../../core/model/settingValues.ts';
import type { Added, NewShot } from '../../core/ports/studio.ts';
import { CameraAngle, CameraMovement, ShotSize } from '../../core/model/shotList.ts';
import { oneLine } from '../format/text.ts';
import { choice, collect, examples } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';
import { sayUncommitted } from '../takeNotes.ts';

interface ShotOptions {
  readonly size?: ShotSize;
  readonly angle?: CameraAngle;
  readonly movement?: CameraMovement;
  readonly lens?: number;
  readonly duration?: number;
  readonly character?: readonly string[];
  readonly location?: string;
  readonly style?: string;
  readonly dialogue?: string;
  readonly note?: string;
}

export function registerAdd(program: Command, run: Run): void {
  const add = program.command('add').description('add a chapter, a scene or a shot; prints its address');
  registerChapter(add, run);
  registerScene(add, run);
  registerShot(add, run);
}

function registerChapter(add: Command, run: Run): void {
  add
    .command('chapter')
    .description('add a chapter at the end of the film')
    .argument('<title>')
    .addHelpText('after', examples('add chapter "The Storm"'))
    .action((title: string) =>
      run(async (session) => {
        const studio = session.studio();
        return reply(session, await studio.addChapter(await session.project(), title));
      }),
    );
}

function registerScene(add: Command, run: Run): void {
  add
    .command('scene')
    .description('add a scene at the end of a chapter')
    .argument('<chapter>', 'address of the chapter, e.g. 01')
    .argument('<title>')
    .addHelpText('after', examples('add scene 01 "In the projection booth"'))
    .action((chapter: string, title: string) =>
      run(async (session) => {
        const studio = session.studio();
        return reply(session, await studio.addScene(await session.project(), chapter, title));
      }),
    );
}

function registerShot(add: Command, run: Run): void {
  const shot = add
    .command('shot')
    .description('add a shot at the end of a scene')
    .argument('<scene>', 'address of the scene, e.g. 01/02')
    .argument('<description>', 'what is seen and what happens');
  addShotOptions(shot);
  shot
    .addHelpText(
      'after',
      examples(
        'add shot 01/02 "Ada threads the projector" --size CU --angle low --lens 50mm',
        'add shot 01/02 "They wait" --character Ada --character Emil --movement dolly --duration 4',
      ),
    )
    .action((scene: string, description: string, options: ShotOptions) =>
      run(async (session) => {
        const studio = session.studio();
        return reply(
          session,
          await studio.addShot(await session.project(), scene, newShot(description, options)),
        );
      }),
    );
}

function addShotOptions(shot: Command): void {
  const sizes = ShotSize.options;
  const angles = CameraAngle.options;
  const movements = CameraMovement.options;
  shot
    .option('--size <size>', sizes.join(', '), choice('--size', sizes))
    .option('--angle <angle>', angles.join(', '), choice('--angle', angles))
    .option('--movement <movement>', movements.join(', '), choice('--movement', movements))
    .option('--lens <mm>', 'focal length in millimetres', measure('lens'))
    .option('--duration <seconds>', 'length in seconds', measure('duration'))
    .option('--character <name>', 'who is in it, by name or id; may be given several times', collect)
    .option('--location <name>', 'where it is, if not where the scene is')
    .option('--style <name>', 'how it looks, if not as the scene does')
    .option('--dialogue <text>', 'what is said')
    .option('--note <text>', 'a note for whoever works on it');
}

/** As `auteur set` reads it. */
function measure(name: 'lens' | 'duration'): (typed: string) => number {
  const form = fieldForms.shot[name];
  return (typed) => {
    const value = fromText(form, typed);
    if (typeof value === 'number' && form.fits(value)) return value;
    throw new AuteurError('value-invalid', { name: `--${name}`, value: typed, reason: wanted[name] });
  };
}

function newShot(description: string, options: ShotOptions): NewShot {
  const { character, ...rest } = options;
  return { description, ...rest, ...(character === undefined ? {} : { characters: [...character] }) };
}

function reply(session: Session, added: Added): Reply {
  sayUncommitted(session.terminal, added.commit);
  return { json: { address: added.address, id: added.id }, lines: [oneLine(added.address)] };
}
