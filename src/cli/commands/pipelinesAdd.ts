import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { socketsOf, workflowInputNames } from '../../core/model/comfyuiDefinition.ts';
import type { WorkflowPipeline } from '../../core/protocol/workflowPipeline.ts';
import { addWorkflow } from '../../runner/pipelines/comfyui/addWorkflow.ts';
import { oneLine } from '../format/text.ts';
import { examples } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';

interface AddOptions {
  readonly server?: string;
  readonly id?: string;
}

export function registerPipelinesAdd(pipelines: Command, run: Run): void {
  pipelines
    .command('add <workflow>')
    .description('make a pipeline of a ComfyUI workflow that was exported in API format')
    .option('--server <url>', 'where ComfyUI answers (default: http://127.0.0.1:8188)')
    .option('--id <id>', 'what it is asked for by (default: the name of the file)')
    .addHelpText(
      'after',
      examples('pipelines add portrait.json', 'pipelines add portrait.json --server http://gpu-box:8188'),
    )
    .action((workflow: string, options: AddOptions) => run((session) => add(session, workflow, options)));
}

async function add(session: Session, workflow: string, { server, id }: AddOptions): Promise<Reply> {
  const added = await addWorkflow({
    ...{ workspace: await session.workspace(), home: session.home, server, id },
    workflow: resolve(session.folder, workflow),
  });
  return { json: { pipeline: added }, lines: lines(session, added) };
}

function lines(session: Session, { id, server, file, inputs, output, missing, notes }: WorkflowPipeline) {
  const places = workflowInputNames.flatMap((name) => {
    const where = socketsOf(inputs, name).map(({ node, input }) => `${input} of node ${node}`);
    return where.length === 0 ? [] : [`  ${name.padEnd(9)} goes into ${where.join(', ')}`];
  });
  return [
    `Pipeline ${id} runs on ${server}. Its file: ${relative(session.folder, file)}`,
    ...places,
    ...(output === undefined ? [] : [`  the take is what node ${output} saves`]),
    ...missing.map((name) => `  ${name.padEnd(9)} was not found; name its node in "inputs" if there is one`),
    ...notes.map((note) => `  Look at it: ${note}`),
    `Next: auteur generate 01/01/01 --pipeline ${id}`,
  ].map((line) => `${/^ */.exec(line)?.[0] ?? ''}${oneLine(line)}`);
}
