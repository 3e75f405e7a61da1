import * as z from 'zod';
import { pipelineFields } from './pipelineFields.ts';

const NodeId = z.string().regex(/^[0-9A-Za-z][\w:.-]{0,99}$/);

const WorkflowNode = z.looseObject({
  class_type: z.string().min(1).max(200),
  inputs: z.record(z.string(), z.json()),
  _meta: z.looseObject({ title: z.string().optional() }).optional(),
});
export type WorkflowNode = z.infer<typeof WorkflowNode>;

/** A graph of nodes as ComfyUI exports it in API format. */
export const Workflow = z
  .record(NodeId, WorkflowNode)
  .refine((nodes) => Object.keys(nodes).length > 0, { message: 'it has no nodes' })
  .meta({ description: 'The workflow in API format: nodes by their ids.' });
export type Workflow = z.infer<typeof Workflow>;

const Socket = z.object({
  node: NodeId.meta({ description: 'Id of the node in the workflow.' }),
  input: z.string().min(1).max(200).meta({ description: 'Name of its input.' }),
});
export type Socket = z.infer<typeof Socket>;

const Sockets = z.union([Socket, z.array(Socket).min(1).max(50)]);

/** What a workflow can be handed of a job. */
export const workflowInputNames = [
  'prompt',
  'negative',
  'seed',
  'width',
  'height',
  'steps',
  'reference',
  'filename',
] as const;
export type WorkflowInputName = (typeof workflowInputNames)[number];

export const WorkflowInputs = z.object({
  prompt: Sockets.optional().meta({ description: 'Gets the composite prompt of the shot.' }),
  negative: Sockets.optional().meta({ description: 'Gets the negative prompt.' }),
  seed: Sockets.optional().meta({ description: 'Gets the seed of the take.' }),
  width: Sockets.optional().meta({
    description: 'Gets the width of the film, or "width" of the parameters.',
  }),
  height: Sockets.optional().meta({
    description: 'Gets the height of the film, or "height" of the parameters.',
  }),
  steps: Sockets.optional().meta({ description: 'Gets "steps" of the parameters.' }),
  reference: Sockets.optional().meta({
    description:
      'Gets the reference pictures of the shot, one each: of its characters, then of its location.',
  }),
  filename: Sockets.optional().meta({
    description: 'Gets a file name prefix of the take, so that each take is a new file.',
  }),
});
export type WorkflowInputs = z.infer<typeof WorkflowInputs>;

/** No user name, no query: what is called is what the user said may be called. */
const ServerUrl = z
  .string()
  .regex(/^https?:\/\/[^\s/?#@\\]+(\/[^\s?#\\]*)?$/i)
  .refine((url) => URL.canParse(url), { message: 'it is no URL' });

export const ComfyuiDefinition = z.object({
  kind: z.literal('comfyui'),
  ...pipelineFields,
  server: ServerUrl.default('http://127.0.0.1:8188').meta({ description: 'Where ComfyUI answers.' }),
  workflow: Workflow,
  inputs: WorkflowInputs.default({}).meta({
    description: 'Where in the workflow the values of a job go; "auteur pipelines add" proposes it.',
  }),
  output: NodeId.optional().meta({
    description: 'The node whose files are the take, where several nodes save some.',
  }),
});
export type ComfyuiDefinition = z.infer<typeof ComfyuiDefinition>;

/** As a file has it: the workflow may lie beside it. */
export const ComfyuiFileDefinition = ComfyuiDefinition.extend({
  workflow: z.union([
    z
      .string()
      .regex(/^[^/\\\0:]{1,200}\.json$/i)
      .meta({ description: 'File beside this one that ComfyUI has exported in API format.' }),
    Workflow,
  ]),
});

/** The mapped inputs of one name, in their order. */
export function socketsOf(inputs: WorkflowInputs, name: WorkflowInputName): readonly Socket[] {
  const sockets = inputs[name];
  if (sockets === undefined) return [];
  return Array.isArray(sockets) ? sockets : [sockets];
}
