import * as z from 'zod';
import { qualities } from './choices.ts';

export const Quality = z.enum(qualities).meta({
  description: 'The quality tier; each tier is mapped to a pipeline.',
});
export type Quality = z.infer<typeof Quality>;

export const PipelineKind = z.enum(['storyboard', 'container', 'comfyui']);
export type PipelineKind = z.infer<typeof PipelineKind>;
