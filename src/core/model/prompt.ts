import * as z from 'zod';

/** The parts a picture is asked with; `text` is what the pipeline gets. */
export const CompositePrompt = z.object({
  direct: z.string().meta({ description: 'What the shot says happens.' }),
  identity: z.string().meta({ description: 'Who is seen.' }),
  aesthetic: z.string().meta({ description: 'How it looks.' }),
  context: z.string().meta({ description: 'Where, when and what it means in the story.' }),
  negative: z.string(),
  text: z.string(),
});
export type CompositePrompt = z.infer<typeof CompositePrompt>;
