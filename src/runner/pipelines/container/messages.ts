import * as z from 'zod';

/** One file a pipeline says it has made, by its path below `/auteur/output`. */
const Output = z.object({
  path: z.string().min(1).max(255),
  mediaType: z.string().regex(/^[a-z]+\/[\w.+-]+$/i),
  metadata: z.record(z.string(), z.json()).optional(),
});
export type Output = z.infer<typeof Output>;

/** What a pipeline may say on its standard output, one JSON object a line; whatever else is there is log. */
const Message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), progress: z.number(), step: z.string().max(500).default('') }),
  z.object({ type: z.literal('log'), message: z.string() }),
  z.object({ type: z.literal('result'), outputs: z.array(Output).min(1).max(100) }),
]);
export type Message = z.infer<typeof Message>;

/** A line that is not a message, or is one of another shape, is log: nothing that is printed breaks a job. */
export function readMessage(line: string): Message {
  if (line.startsWith('{')) {
    try {
      const parsed = Message.safeParse(JSON.parse(line));
      if (parsed.success) return parsed.data;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return { type: 'log', message: line };
}
