import { relative } from 'node:path';
import type { Command } from 'commander';
import { Quality } from '../../core/model/quality.ts';
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

async function create(session: Session, name: string, options: NewOptions): Promise<Reply> {
  const workspace = await session.workspace(options.workspace);
  const studio = session.studio();
  const { quality, structure } = options;
  const project = await studio.createProject({ name, workspace, quality, structure });
  const place = relative(session.folder, project.root) || '.';
  return {
    json: { project: { id: project.id, name: project.name, path: project.root } },
    lines: [`Made "${oneLine(project.name)}" in ${project.root}`, `Next: auteur -C "${place}" show`],
  };
}
