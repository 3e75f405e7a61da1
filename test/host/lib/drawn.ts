import type { AuteurApi } from '../../../src/extension/extension.ts';
import { eventually } from './eventually.ts';

/** Whether a text is anywhere in what is to be drawn anew. Each node knows its parent, which would lead around for ever. */
export function drawnHolds(nodes: unknown, text: string): boolean {
  const json = JSON.stringify(nodes, (key, value: unknown) => (key === 'parent' ? undefined : value));
  return nodes !== undefined && json.includes(text);
}

/** Does something, and waits until what the Projects tree is to draw from then on holds a text. */
export async function drawnBy(api: AuteurApi, text: string, make: () => Promise<unknown>): Promise<void> {
  let isDrawn = false;
  const listener = api.onDidChangeProjects((nodes) => {
    isDrawn ||= drawnHolds(nodes, text);
  });
  try {
    await make();
    await eventually(`“${text}” in the tree`, () => (isDrawn ? true : undefined));
  } finally {
    listener.dispose();
  }
}
