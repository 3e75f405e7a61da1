/** Whether a text is anywhere in what is to be drawn anew. Each node knows its parent, which would lead around for ever. */
export function drawnHolds(nodes: unknown, text: string): boolean {
  const json = JSON.stringify(nodes, (key, value: unknown) => (key === 'parent' ? undefined : value));
  return nodes !== undefined && json.includes(text);
}
