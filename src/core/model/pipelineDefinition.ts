import * as z from 'zod';
import { ComfyuiDefinition, ComfyuiFileDefinition } from './comfyuiDefinition.ts';
import { pipelineFields } from './pipelineFields.ts';
import { SchemaReference, SchemaVersion } from './schemaFields.ts';

/** The newest layout of a `*.pipeline.json` this build can read. */
export const pipelineSchemaVersion = 1;

export const PipelineId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._:-]{0,99}$/)
  .meta({ description: 'What the pipeline is asked for by: small letters, digits and . _ : -' });

/** An image by name and tag or digest; nothing that a command line could take for an option. */
const ImageName = z.string().regex(/^[a-z0-9][\w./:@-]{0,299}$/i);

const FolderName = z.string().regex(/^\w[\w.-]{0,99}$/);

export const ContainerDefinition = z.object({
  kind: z.literal('container').meta({ description: 'What runs it: a container of this machine.' }),
  ...pipelineFields,
  image: ImageName.meta({ description: 'The image, such as "studio/flux:2.1".' }),
  command: z.array(z.string()).max(100).optional().meta({
    description: 'Arguments in the place of those the image has.',
  }),
  build: z.object({ context: FolderName, digest: z.string() }).optional(),
  memoryGb: z.number().positive().max(4096).default(16).meta({
    description: 'Main memory it may use, in GB.',
  }),
});
export type ContainerDefinition = z.infer<typeof ContainerDefinition>;

/** As a file has it: of what lies beside it, only the name. */
const ContainerFileDefinition = ContainerDefinition.extend({
  build: FolderName.optional().meta({
    description:
      'Folder beside this file with a Dockerfile: the image is built from it where it is not there.',
  }),
});

/** How a pipeline is run, whoever runs it. */
export const PipelineDefinition = z.discriminatedUnion('kind', [ContainerDefinition, ComfyuiDefinition]);
export type PipelineDefinition = z.infer<typeof PipelineDefinition>;

/** Who defined a pipeline: Auteur, the user of this machine, or a file of the workspace. */
export const PipelineOrigin = z.enum(['built-in', 'machine', 'workspace']);
export type PipelineOrigin = z.infer<typeof PipelineOrigin>;

/** What an editor offers in an empty file. */
const containerSnippet = {
  label: 'Container pipeline',
  description: 'An image that makes takes; pipelines/README.md says how to write one.',
  body: {
    schemaVersion: pipelineSchemaVersion,
    id: '${1:my-pipeline}',
    kind: 'container',
    name: '${2:My pipeline}',
    image: '${3:my-pipeline:1}',
    vramGb: '^${4:0}',
    memoryGb: '^${5:16}',
    parameters: {},
  },
};

/** What stands in `Library/Pipeline_Templates/<id>.pipeline.json`. */
export const PipelineFile = z
  .intersection(
    z.looseObject({
      $schema: SchemaReference,
      schemaVersion: SchemaVersion,
      id: PipelineId.optional(),
    }),
    z.discriminatedUnion('kind', [ContainerFileDefinition, ComfyuiFileDefinition]),
  )
  .meta({
    title: 'Auteur pipeline',
    description: 'A way to make takes, beside those that come with Auteur.',
    defaultSnippets: [containerSnippet],
  });
export type PipelineFile = z.infer<typeof PipelineFile>;
