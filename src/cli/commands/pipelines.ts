import type { Command } from 'commander';
import { bytesText } from '../../core/domain/bytesText.ts';
import type { PipelineList, PipelineView } from '../../core/protocol/pipelineViews.ts';
import { table } from '../format/table.ts';
import { oneLine } from '../format/text.ts';
import { examples } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';
import { registerPipelinesAdd } from './pipelinesAdd.ts';

export function registerPipelines(program: Command, run: Run): void {
  const pipelines = program
    .command('pipelines')
    .description('show the pipelines that takes can be made with, and why one cannot run here')
    .addHelpText('after', examples('pipelines', 'pipelines --json', 'pipelines allow studio-flux'))
    .action(() => run(list));
  pipelines
    .command('allow <pipeline>')
    .description('let what a pipeline runs be fetched and run on this machine, as it is now')
    .action((id: string) => run((session) => allow(session, id)));
  registerPipelinesAdd(pipelines, run);
}

async function list(session: Session): Promise<Reply> {
  const found = await session.studio().pipelines(await session.projectOrWorkspace());
  return { json: found, lines: listLines(found) };
}

function listLines({ pipelines, problems, fallback }: PipelineList): readonly string[] {
  return [
    ...table(pipelines.map(row)),
    ...obstacleLines(pipelines),
    ...problems.map(({ file, problem }) => oneLine(`${file}: ${problem.message}`)),
    fallback
      ? 'Where the pipeline of a quality cannot run, the storyboard is drawn.'
      : 'Where the pipeline of a quality cannot run, nothing is made ("fallback" is off).',
  ];
}

/** What keeps several from running is said once. */
function obstacleLines(pipelines: readonly PipelineView[]): readonly string[] {
  const obstacles = new Map(pipelines.flatMap(({ obstacle: one }) => (one ? [[one.message, one]] : [])));
  return [...obstacles.values()].flatMap(({ message, hint = '' }) => [
    oneLine(`cannot run: ${message}`),
    oneLine(`  hint: ${hint}`),
  ]);
}

function row({ id, kind, vramGb, qualities, obstacle, name }: PipelineView): readonly string[] {
  const needs = vramGb > 0 ? `${vramGb} GB` : '';
  return [id, kind, qualities.join(', '), needs, obstacle === undefined ? 'ready' : 'cannot run', name ?? ''];
}

async function allow(session: Session, id: string): Promise<Reply> {
  const place = await session.projectOrWorkspace();
  const { runs = '', image, kind } = await session.studio().allowPipeline(place, id);
  const fetched =
    'Its image is not here yet: the first take fetches or builds it, and its size is known then.';
  return {
    json: { allowed: id, runs, image: image ?? null },
    lines: [
      `Pipeline ${id} may run ${oneLine(runs)} on this machine.`,
      ...(image === undefined ? [] : [`Its image has ${bytesText(image.bytes)}: ${oneLine(image.id)}`]),
      ...(image === undefined && kind === 'container' ? [fetched] : []),
    ],
  };
}
