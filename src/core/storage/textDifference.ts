import type { TextChange } from '../protocol/problems.ts';

/** The smallest one part in which two texts differ. */
export function differenceOf(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length);
  let offset = 0;
  while (offset < shorter && before[offset] === after[offset]) offset++;
  let same = 0;
  while (same < shorter - offset && before.at(-1 - same) === after.at(-1 - same)) same++;
  return {
    offset,
    length: before.length - same - offset,
    text: after.slice(offset, after.length - same),
  };
}
