import type { FilmNode } from '../../providers/trees/nodes.ts';

/** A value of a node as it would be typed; empty where there is none. */
export function shownValue(node: FilmNode, name: string): string {
  const known: Readonly<Record<string, unknown>> =
    node.kind === 'shot' ? { ...node.view.shot, ...node.view.names } : { ...node.view };
  const value = known[name];
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The ids of the assets that a node names in a field. */
export function shownIds(node: FilmNode, name: string): readonly string[] {
  const known: Readonly<Record<string, unknown>> = node.kind === 'shot' ? node.view.shot : { ...node.view };
  return [known[name]].flat().filter((id) => typeof id === 'string');
}
