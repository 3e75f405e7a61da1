import * as z from 'zod';

/** Where words of a prompt come from. */
export const PromptSource = z.object({
  kind: z.enum(['shot', 'scene', 'character', 'location', 'style', 'beat']),
  id: z.string().meta({ description: 'Of a beat that has none, its name.' }),
  name: z.string().optional(),
  boundTo: z.enum(['scene', 'chapter', 'film']).optional().meta({
    description:
      'Of a beat: bound to the scene, to its chapter, or to nothing but the film; then the nearest is taken.',
  }),
  address: z.string().optional(),
  field: z.string(),
});
export type PromptSource = z.infer<typeof PromptSource>;

export const PromptPart = z.enum(['direct', 'identity', 'aesthetic', 'context', 'negative']);
export type PromptPart = z.infer<typeof PromptPart>;

/** A piece of one part of a prompt; what only joins pieces has no source. */
export const PromptSpan = z.object({
  part: PromptPart,
  text: z.string(),
  source: PromptSource.optional(),
});
export type PromptSpan = z.infer<typeof PromptSpan>;

/** The parts a picture is asked with; `text` is what the pipeline gets. */
export const CompositePrompt = z.object({
  direct: z.string().meta({ description: 'What the shot says happens.' }),
  identity: z.string().meta({ description: 'Who is seen.' }),
  aesthetic: z.string().meta({ description: 'How it looks.' }),
  context: z.string().meta({ description: 'Where, when and what it means in the story.' }),
  negative: z.string(),
  text: z.string(),
  spans: z.array(PromptSpan).optional().meta({
    description: 'The parts, piece by piece, each with where it comes from; together they are the parts.',
  }),
});
export type CompositePrompt = z.infer<typeof CompositePrompt>;
