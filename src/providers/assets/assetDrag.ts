import * as z from 'zod/mini';

/** Assets on their way to a shot or a scene. Under a tree's own type VS Code keeps something of its own. */
export const assetMimeType = 'application/vnd.auteur.assets';

const DraggedAsset = z.object({ root: z.string(), asset: z.string() });
export type DraggedAsset = z.infer<typeof DraggedAsset>;

export function formatDragged(assets: readonly DraggedAsset[]): string {
  return JSON.stringify(assets);
}

/** What is not ours is no asset. */
export function parseDragged(text: string): readonly DraggedAsset[] {
  try {
    return z.safeParse(z.array(DraggedAsset), JSON.parse(text)).data ?? [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** The addresses of a `text/uri-list`, one a line; a comment begins with `#`. */
export function parseUriList(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
}
