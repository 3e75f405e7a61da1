import * as z from 'zod';

/** What every definition of a pipeline has, whatever runs it. */
export const pipelineFields = {
  name: z.string().min(1).max(100).optional().meta({ description: 'What people call it.' }),
  description: z.string().max(2000).optional().meta({ description: 'What it is for, in a sentence or two.' }),
  vramGb: z.number().nonnegative().max(1024).default(0).meta({
    description: 'Video memory it needs, in GB; 0 runs without a graphics card.',
  }),
  timeLimitMinutes: z.number().positive().max(10_080).default(60).meta({
    description: 'After this it is stopped, and its job ends with an error.',
  }),
  parameters: z.record(z.string(), z.json()).default({}).meta({
    description: 'Handed to the pipeline as they are.',
  }),
};
