import type { TextChange } from '../protocol/problems.ts';

/** The smallest one part in which two texts differ; of two halves that make one character there is never just one in it. */
export function differenceOf(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length);
  let offset = 0;
  while (offset < shorter && before[offset] === after[offset]) offset++;
  if (isFirstHalf(before, offset - 1)) offset--;
  let same = 0;
  while (same < shorter - offset && before.at(-1 - same) === after.at(-1 - same)) same++;
  if (isSecondHalf(before, before.length - same)) same--;
  return {
    offset,
    length: before.length - same - offset,
    text: after.slice(offset, after.length - same),
  };
}

function isFirstHalf(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit < 0xdc00;
}

function isSecondHalf(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit < 0xe000;
}
