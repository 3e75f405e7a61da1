import { jsonOf } from '../jsonOf.ts';

/** The JSON that a program printed, after whatever warnings; undefined where there is none. */
export function jsonIn(text: string): unknown {
  for (const { 0: opening, index } of text.matchAll(/^[ \t]*[[{]/gm)) {
    const json = jsonOf(text.slice(index, text.lastIndexOf(opening.endsWith('[') ? ']' : '}') + 1));
    if (json !== undefined) return json;
  }
  return undefined;
}
