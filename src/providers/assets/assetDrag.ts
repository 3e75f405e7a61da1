import type { DraggedAsset } from '../dragged.ts';

/** Assets on their way to a shot or a scene. Under a tree's own type VS Code keeps something of its own. */
export const assetMimeType = 'application/vnd.auteur.assets';

export function formatDragged(assets: readonly DraggedAsset[]): string {
  return JSON.stringify(assets);
}

/** The addresses of a `text/uri-list`, one a line; a comment begins with `#`. */
export function parseUriList(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
}
