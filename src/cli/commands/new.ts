import { relative } from 'node:path';
import type { Command } from 'commander';
import { Quality } from '../../core/model/quality.ts';
import type { NewProject } from '../../core/ports/studio.ts';
import type { ProjectSummary } from '../../core/protocol/views.ts';
import { exitCodes, InterruptedError } from '../exit.ts';
import { shellWord } from '../format/shellWord.ts';
import { oneLine } from '../format/text.ts';
import { choice, examples } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';

interface NewOptions {
  readonly workspace?: string;
  readonly quality: Quality;
  readonly structure: string;
}

export function registerNew(program: Command, run: Run): void {
  program
    .command('new')
    .description('make a project: its folders, its manifest and its Git repository')
    .argument('<name>', 'name of the film')
    .option('--workspace <folder>', 'folder that holds Projects/ and Library/')
    .option(
      '--quality <tier>',
      `quality tier: ${Quality.options.join(', ')}`,
      choice('--quality', Quality.options),
      'standard',
    )
    .option(
      '--structure <name>',
      'three-act, hero-journey, beat-sheet, story-circle, or a template of the library',
      'three-act',
    )
    .addHelpText(
      'after',
      examples('new "The Last Reel"', 'new "Night Shift" --quality high --structure story-circle'),
    )
    .action((name: string, options: NewOptions) => run((session) => create(session, name, options)));
}

const stopping = 'Stopping as soon as nothing half-made is left. Ctrl+C once more to leave at once.';

async function create(session: Session, name: string, options: NewOptions): Promise<Reply> {
  const workspace = await session.workspace(options.workspace);
  const { quality, structure } = options;
  const project = await make(session, { name, workspace, quality, structure });
  const place = relative(session.folder, project.root) || '.';
  return {
    json: { project: { id: project.id, name: project.name, path: project.root } },
    lines: [
      `Made "${oneLine(project.name)}" in ${oneLine(project.root)}`,
      `Next: auteur -C ${shellWord(place)} show`,
    ],
    exitCode: session.interrupt.exitCode ?? exitCodes.done,
  };
}

/** Creating takes a moment and cleans up after itself: a signal waits for it, whichever way it ends. */
async function make(session: Session, request: NewProject): Promise<ProjectSummary> {
  const { interrupt, terminal } = session;
  const answer = interrupt.answer(() => terminal.note(stopping));
  const signals = interrupt.listen();
  try {
    return await session.studio().createProject(request);
  } catch (error) {
    // Ctrl+C reaches Git too, which then ends with an error of its own.
    if (interrupt.exitCode === undefined) throw error;
    throw new InterruptedError('Stopped; no project was made.', interrupt.exitCode, { cause: error });
  } finally {
    for (const item of [signals, answer]) item.dispose();
  }
}
