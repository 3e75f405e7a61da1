/** The JSON that a program printed, after whatever warnings; undefined where there is none. */
export function jsonIn(text: string): unknown {
  for (const { 0: opening, index } of text.matchAll(/^[ \t]*[[{]/gm)) {
    const json = parsed(text.slice(index, text.lastIndexOf(opening.endsWith('[') ? ']' : '}') + 1));
    if (json !== undefined) return json;
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
