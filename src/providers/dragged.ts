import * as z from 'zod/mini';

/** What the trees put into a drag, as a drop reads it: whoever drops may have put anything there. */
const DraggedAsset = z.object({ root: z.string(), asset: z.string() });
export type DraggedAsset = z.infer<typeof DraggedAsset>;

const DraggedBeat = z.object({ root: z.string(), beat: z.string() });
export type DraggedBeat = z.infer<typeof DraggedBeat>;

const DraggedPart = z.object({ root: z.string(), address: z.optional(z.string()) });
export type DraggedPart = z.infer<typeof DraggedPart>;

/** What is not ours is no asset. */
export function parseDraggedAssets(text: string): readonly DraggedAsset[] {
  try {
    return z.safeParse(z.array(DraggedAsset), JSON.parse(text)).data ?? [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

export function parseDraggedBeats(text: string): readonly DraggedBeat[] {
  return z.array(DraggedBeat).parse(JSON.parse(text));
}

export function parseDraggedParts(text: string): readonly DraggedPart[] {
  return z.array(DraggedPart).parse(JSON.parse(text));
}
