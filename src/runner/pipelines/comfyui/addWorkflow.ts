import { basename, join } from 'node:path';
import { proposeMapping, type ProposedMapping } from '../../../core/domain/comfyui/proposeMapping.ts';
import { AuteurError } from '../../../core/errors.ts';
import { ComfyuiDefinition } from '../../../core/model/comfyuiDefinition.ts';
import { PipelineId, pipelineSchemaVersion } from '../../../core/model/pipelineDefinition.ts';
import { createExclusively } from '../../../core/storage/atomicFile.ts';
import { formatJson } from '../../../core/storage/jsonFile.ts';
import { kindOf, makeOwnFolder } from '../../../core/storage/ownFolder.ts';
import { readWorkflow } from '../../../core/storage/workflowFile.ts';
import { AllowedPipelines } from '../allowedPipelines.ts';

export interface WorkflowToAdd {
  readonly workspace: string;
  /** The state folder: who adds a pipeline allows it too. */
  readonly home: string;
  /** Where ComfyUI's export lies. */
  readonly workflow: string;
  readonly server?: string | undefined;
  /** The name of the workflow's file, unless said otherwise. */
  readonly id?: string | undefined;
}

export interface AddedWorkflow extends ProposedMapping {
  readonly id: string;
  readonly server: string;
  readonly file: string;
  readonly workflowFile: string;
}

/**
 * Makes a pipeline of a workflow: both files in the library of the workspace, with the mapping that its graph proposes.
 * @throws AuteurError `comfyui-workflow-format`, `file-unreadable`, `file-exists`, `value-invalid`
 */
export async function addWorkflow(adding: WorkflowToAdd): Promise<AddedWorkflow> {
  const workflow = await readWorkflow(adding.workflow);
  const id = idOf(adding);
  const mapping = proposeMapping(workflow);
  const { inputs, output } = mapping;
  const workflowName = `${id.replaceAll(':', '_')}.workflow.json`;
  const told = {
    schemaVersion: pipelineSchemaVersion,
    ...{ id, kind: 'comfyui', server: adding.server, workflow: workflowName, inputs, output },
  };
  const definition = ComfyuiDefinition.safeParse({ ...told, workflow });
  if (!definition.success)
    throw new AuteurError('value-invalid', {
      ...{ name: '--server', value: adding.server ?? '' },
      reason: 'it is a URL such as http://127.0.0.1:8188, without a user name.',
    });
  const { server } = definition.data;
  const folder = await makeOwnFolder(adding.workspace, 'Library', 'Pipeline_Templates');
  const workflowFile = join(folder, workflowName);
  const file = join(folder, `${id.replaceAll(':', '_')}.pipeline.json`);
  await createAll([
    [workflowFile, formatJson(workflow)],
    [file, formatJson({ ...told, server })],
  ]);
  await new AllowedPipelines(adding.home).allow({ id, definition: definition.data });
  return { ...mapping, id, server, file, workflowFile };
}

function idOf({ id, workflow }: WorkflowToAdd): string {
  const name = basename(workflow)
    .replace(/(\.workflow)?\.json$/i, '')
    .toLowerCase();
  const value = id ?? name.replace(/[^a-z0-9._-]+/g, '-').replace(/^[^a-z0-9]+|-+$/g, '');
  const parsed = PipelineId.safeParse(value);
  if (parsed.success) return parsed.data;
  const reason = 'it has small letters, digits and . _ : - and begins with a letter or digit.';
  throw new AuteurError('value-invalid', { name: '--id', value, reason });
}

/** All of them, or none where a name is taken. */
async function createAll(files: readonly (readonly [path: string, text: string])[]): Promise<void> {
  for (const [path] of files)
    if ((await kindOf(path)) !== 'nothing') throw new AuteurError('file-exists', { path });
  for (const [path, text] of files)
    if (!(await createExclusively(path, text))) throw new AuteurError('file-exists', { path });
}
