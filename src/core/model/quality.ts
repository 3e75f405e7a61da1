import * as z from 'zod';

export const Quality = z.enum(['low', 'standard', 'high']).meta({
  description: 'The quality tier; each tier is mapped to a pipeline.',
});
export type Quality = z.infer<typeof Quality>;

export const PipelineKind = z.enum(['storyboard', 'container', 'comfyui']);
export type PipelineKind = z.infer<typeof PipelineKind>;
