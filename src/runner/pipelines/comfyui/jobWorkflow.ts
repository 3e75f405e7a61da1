import {
  socketsOf,
  workflowInputNames,
  type ComfyuiDefinition,
  type Workflow,
  type WorkflowInputName,
} from '../../../core/model/comfyuiDefinition.ts';
import { AuteurError } from '../../../core/errors.ts';
import type { JobRequest } from '../../../core/model/job.ts';

type Json = Workflow[string]['inputs'][string];

export interface JobValues {
  readonly job: JobRequest;
  /** Names of the uploaded reference pictures, as the server calls them. */
  readonly references: readonly string[];
  /** What the files of this prompt begin with. */
  readonly filename: string;
}

/** The workflow with the values of a job in the places that the definition names. */
export function jobWorkflow(definition: ComfyuiDefinition, values: JobValues): Workflow {
  const workflow = structuredClone(definition.workflow);
  const set = (name: WorkflowInputName, valueAt: (index: number) => Json | undefined): void => {
    for (const [index, { node, input }] of socketsOf(definition.inputs, name).entries()) {
      const value = valueAt(index);
      const target = workflow[node];
      if (value !== undefined && target !== undefined) target.inputs[input] = value;
    }
  };
  const { job, references, filename } = values;
  // What the pipeline says counts before what every job of the film says.
  const parameters = { ...job.parameters, ...definition.parameters };
  set('prompt', () => job.prompt.text);
  set('negative', () => job.prompt.negative);
  set('seed', () => job.seed);
  set('width', () => parameters['width'] ?? job.panel.width);
  set('height', () => parameters['height'] ?? job.panel.height);
  set('steps', () => parameters['steps']);
  set('reference', (index) => references[index]);
  set('filename', () => filename);
  return workflow;
}

/** @throws AuteurError `comfyui-mapping-broken`, `comfyui-output-unknown` where the definition contradicts itself */
export function requireMapped(pipeline: string, { workflow, inputs, output }: ComfyuiDefinition): void {
  for (const name of workflowInputNames)
    for (const { node, input } of socketsOf(inputs, name))
      if (!Object.hasOwn(workflow[node]?.inputs ?? {}, input))
        throw new AuteurError('comfyui-mapping-broken', { pipeline, name, node, input });
  if (output !== undefined && !Object.hasOwn(workflow, output))
    throw new AuteurError('comfyui-output-unknown', { pipeline, node: output });
}
