import * as z from 'zod';
import { PipelineId } from './pipelineDefinition.ts';
import { Quality } from './quality.ts';

/** A graphics card of this machine, as the user names it. */
export const DeviceDeclaration = z.object({
  id: z
    .string()
    .regex(/^[\w.:-]{1,100}$/)
    .meta({ description: 'What it is called in the queue, such as "gpu0".' }),
  name: z.string().max(200).optional().meta({ description: 'What people call it.' }),
  vramGb: z.number().positive().max(1024).meta({ description: 'Its memory, in GB.' }),
  access: z.enum(['nvidia', 'rocm', 'none']).default('nvidia').meta({
    description: 'How a container gets at it; "none" hands nothing over.',
  }),
  deviceId: z.string().max(200).optional().meta({
    description:
      'What the engine knows it by: an index or UUID of nvidia-smi, or a render node such as "/dev/dri/renderD128".',
  }),
});
export type DeviceDeclaration = z.infer<typeof DeviceDeclaration>;

/** How jobs are run on this machine: of the machine's user, never of a workspace. */
export const RunnerSettings = z.object({
  pipelines: z.partialRecord(Quality, PipelineId).default({}).meta({
    description: 'Which pipeline makes takes of a quality, where it is not the one that comes with Auteur.',
  }),
  fallback: z.boolean().default(true).meta({
    description: 'Whether the storyboard is drawn where the pipeline of a quality cannot run here.',
  }),
  containerEngine: z.string().max(1000).optional().meta({
    description:
      'Where the container engine is, as in DOCKER_HOST; without it the usual places are looked at.',
  }),
  devices: z.array(DeviceDeclaration).max(64).optional().meta({
    description: 'The graphics cards, where they are not to be found out.',
  }),
});
export type RunnerSettings = z.infer<typeof RunnerSettings>;

/** What a window says of them, as its settings have it. */
export type RunnerWishes = Readonly<Partial<Record<keyof RunnerSettings, unknown>>>;
