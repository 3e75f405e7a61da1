import { basename, join } from 'node:path';
import { builtInPipelines } from '../../../core/domain/builtInPipelines.ts';
import { proposeMapping } from '../../../core/domain/comfyui/proposeMapping.ts';
import { AuteurError } from '../../../core/errors.ts';
import { ComfyuiDefinition } from '../../../core/model/comfyuiDefinition.ts';
import { PipelineId, pipelineSchemaVersion } from '../../../core/model/pipelineDefinition.ts';
import type { WorkflowPipeline, WorkflowWish } from '../../../core/protocol/workflowPipeline.ts';
import { createExclusively } from '../../../core/storage/atomicFile.ts';
import { formatJson } from '../../../core/storage/jsonFile.ts';
import { readPipelines, workspacePipelines } from '../../../core/storage/pipelineFiles.ts';
import { kindOf, makeOwnFolder } from '../../../core/storage/ownFolder.ts';
import { readWorkflow } from '../../../core/storage/workflowFile.ts';
import { AllowedPipelines } from '../allowedPipelines.ts';
import { storyboardId } from '../storyboard/storyboardPipeline.ts';

const library = ['Library', 'Pipeline_Templates'] as const;

export interface WorkflowToAdd extends WorkflowWish {
  readonly workspace: string;
  /** The state folder: who adds a pipeline allows it too. */
  readonly home: string;
}

interface Proposal {
  readonly pipeline: WorkflowPipeline;
  readonly definition: ComfyuiDefinition;
  /** What the file of the pipeline holds. */
  readonly told: object;
}

/**
 * The pipeline that `addWorkflow` would make; nothing is written.
 * @throws AuteurError `workflow-missing`, `comfyui-workflow-format`, `file-unreadable`, `file-exists`, `pipeline-repeated`,
 *   `value-invalid`
 */
export async function proposeWorkflow(adding: WorkflowToAdd): Promise<WorkflowPipeline> {
  const { pipeline } = await propose(adding);
  return pipeline;
}

/**
 * Makes a pipeline of a workflow: both files in the library of the workspace, with the mapping that its graph proposes.
 * @throws AuteurError as `proposeWorkflow`
 */
export async function addWorkflow(adding: WorkflowToAdd): Promise<WorkflowPipeline> {
  const { pipeline, definition, told } = await propose(adding);
  await makeOwnFolder(adding.workspace, ...library);
  await createAll([
    [pipeline.workflowFile, formatJson(definition.workflow)],
    [pipeline.file, formatJson(told)],
  ]);
  await new AllowedPipelines(adding.home).allow({ id: pipeline.id, definition });
  return pipeline;
}

async function propose({ workspace, home, ...wish }: WorkflowToAdd): Promise<Proposal> {
  if ((await kindOf(wish.workflow)) === 'nothing')
    throw new AuteurError('workflow-missing', { path: wish.workflow });
  const workflow = await readWorkflow(wish.workflow);
  const id = idOf(wish);
  const mapping = proposeMapping(workflow);
  const { inputs, output } = mapping;
  const name = id.replaceAll(':', '_');
  const workflowName = `${name}.workflow.json`;
  const told = {
    schemaVersion: pipelineSchemaVersion,
    ...{ id, kind: 'comfyui', server: wish.server, workflow: workflowName, inputs, output },
  };
  const parsed = ComfyuiDefinition.safeParse({ ...told, workflow });
  if (!parsed.success)
    throw new AuteurError('value-invalid', {
      ...{ name: 'server', value: wish.server ?? '' },
      reason: 'it is a URL such as http://127.0.0.1:8188, without a user name.',
    });
  const definition = parsed.data;
  const { server } = definition;
  const folder = join(workspace, ...library);
  const files = { file: join(folder, `${name}.pipeline.json`), workflowFile: join(folder, workflowName) };
  for (const path of [files.workflowFile, files.file]) await requireFree(path);
  await requireNew(id, { workspace, home, workflow: wish.workflow });
  return { pipeline: { ...mapping, id, server, ...files }, definition, told: { ...told, server } };
}

function idOf({ id, workflow }: WorkflowWish): string {
  const name = basename(workflow)
    .replace(/(\.workflow)?\.json$/i, '')
    .toLowerCase();
  const value = id ?? name.replace(/[^a-z0-9._-]+/g, '-').replace(/^[^a-z0-9]+|-+$/g, '');
  const parsed = PipelineId.safeParse(value);
  if (parsed.success) return parsed.data;
  const reason = 'it has small letters, digits and . _ : - and begins with a letter or digit.';
  throw new AuteurError('value-invalid', { name: 'id', value, reason });
}

/** One of a workspace is never reached where another has its id. */
async function requireNew(id: string, { workspace, home, workflow }: WorkflowToAdd): Promise<void> {
  const folders = [await readPipelines(join(home, 'pipelines')), await workspacePipelines(workspace)];
  const known = folders.flatMap(({ pipelines }) => pipelines.map((one) => one.id));
  if ([storyboardId, ...builtInPipelines.keys(), ...known].includes(id))
    throw new AuteurError('pipeline-repeated', { pipeline: id, file: workflow });
}

/** All of them, or none where a name is taken. */
async function createAll(files: readonly (readonly [path: string, text: string])[]): Promise<void> {
  for (const [path] of files) await requireFree(path);
  for (const [path, text] of files)
    if (!(await createExclusively(path, text))) throw new AuteurError('file-exists', { path });
}

async function requireFree(path: string): Promise<void> {
  if ((await kindOf(path)) !== 'nothing') throw new AuteurError('file-exists', { path });
}
