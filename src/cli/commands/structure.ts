import type { Command } from 'commander';
import type { ScenePlacing } from '../../core/model/narrativeTemplate.ts';
import type { StructureList, StructurePreview } from '../../core/protocol/structureView.ts';
import { table } from '../format/table.ts';
import { oneLine, plural } from '../format/text.ts';
import { examples } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';
import { sayUncommitted } from '../takeNotes.ts';

interface ChangeOptions {
  readonly dryRun?: true;
  readonly placeScenes?: true;
}

export function registerStructures(program: Command, run: Run): void {
  program
    .command('structures')
    .description('list the narrative structures: those built in, and the templates of the library')
    .option('--workspace <folder>', 'folder that holds Projects/ and Library/')
    .addHelpText('after', examples('structures', 'structures --json'))
    .action(({ workspace }: { workspace?: string }) =>
      run(async (session) =>
        listReply(await session.studio().structures(await session.workspace(workspace))),
      ),
    );
  program
    .command('structure')
    .description('change the narrative structure of the film; every scene stays in it')
    .argument('<id>', 'see "auteur structures"')
    .option('--dry-run', 'only tell what would happen')
    .option('--place-scenes', 'put the scenes of chapters nobody edited into the new chapters')
    .addHelpText(
      'after',
      examples('structure story-circle --dry-run', 'structure hero-journey --place-scenes'),
    )
    .action((id: string, options: ChangeOptions) => run((session) => change(session, id, options)));
}

function listReply({ structures, problems }: StructureList): Reply {
  const rows = structures.map(({ id, name, chapters, beats, file }) => [
    id,
    name,
    String(chapters.length),
    String(beats),
    file ?? 'built in',
  ]);
  return {
    json: { structures, problems },
    lines: [
      ...table([['ID', 'NAME', 'CHAPTERS', 'BEATS', 'FILE'], ...rows]),
      ...problems.map(({ problem }) => oneLine(`Left out: ${problem.message}`)),
    ],
  };
}

async function change(session: Session, structure: string, options: ChangeOptions): Promise<Reply> {
  const root = await session.project();
  const studio = session.studio();
  const scenes: ScenePlacing = options.placeScenes === true ? 'place' : 'stay';
  const preview = await studio.previewStructure(root, structure, scenes);
  const isDry = options.dryRun === true;
  if (!isDry) {
    const { commit } = await studio.edit(root, { kind: 'structure', structure, scenes });
    sayUncommitted(session.terminal, commit);
  }
  return { json: { dryRun: isDry, change: preview }, lines: previewLines(preview, isDry) };
}

function previewLines(preview: StructurePreview, isDry: boolean): readonly string[] {
  const { from, to, chapters, gone, moved, beats } = preview;
  return [
    `${isDry ? 'Would change' : 'Changed'} the structure from ${from} to ${to.id} (${to.name}).`,
    'Chapters:',
    ...chapters.map(
      ({ title, address, scenes, isNew }) =>
        `  ${isNew ? 'new' : (address ?? '')}  ${title} (${plural(scenes, 'scene')})`,
    ),
    `Chapters that go: ${list(gone.map(({ address = '', title }) => `${address} ${title}`))}`,
    `Scenes that move: ${list(moved.map(({ address = '', title, into }) => `${address} ${title} to "${into}"`))}`,
    `Emotional beats that go: ${list(beats.gone)}`,
    `Emotional beats that come: ${list(beats.added)}`,
    `Emotional beats that stay: ${String(beats.kept)}`,
  ].map(indented);
}

function indented(line: string): string {
  return `${/^ */.exec(line)?.[0] ?? ''}${oneLine(line)}`;
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map(oneLine).join(', ');
}
